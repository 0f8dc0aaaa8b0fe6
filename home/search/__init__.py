"""Search over everything that a visitor can open: one index of our own, the same answers on both databases."""
