"""Pictures: their records, how they come in, and how they go."""
