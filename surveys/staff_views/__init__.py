"""Where analysts check and exchange questionnaires, write them in other languages, and open, watch and close waves."""
