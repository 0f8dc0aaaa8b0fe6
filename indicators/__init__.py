"""The strategy and the numbers it is judged by."""
