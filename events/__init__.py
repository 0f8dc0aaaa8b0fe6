"""Events and their dates."""
