"""Counts to the nearest five."""

BASE = 5


def rounded(count: int, *, base: int = BASE) -> int:
    """Return ``count`` to the nearest multiple of ``base``."""
    return base * round(count / base)
