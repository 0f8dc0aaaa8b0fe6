"""Nothing goes out that only its author has seen."""
