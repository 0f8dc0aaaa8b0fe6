"""The demonstration's three lessons: their words, and how these become files."""
