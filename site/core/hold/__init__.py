"""Hold everything: what would happen by itself waits, until somebody lets it go."""
