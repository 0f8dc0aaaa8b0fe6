"""How dates are written and read, by language, where Django writes them otherwise."""
