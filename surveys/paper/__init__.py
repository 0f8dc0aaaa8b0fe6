"""Questionnaires on paper: how they are printed, and how what people ticked is typed in."""
