"""How the site looks: colours that can be read, the council's own brand, and the gallery of components."""
