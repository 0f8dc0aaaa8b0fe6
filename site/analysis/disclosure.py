"""Which counts of people would give somebody away, and what else has to stay hidden for their sake."""

from collections.abc import Sequence

FEWEST = 10
BASE = 5


def withheld(counts: Sequence[int], *, fewest: int = FEWEST) -> list[bool]:
    """Tell of each of ``counts``, which together make a known total, whether it has to be hidden.

    Hidden is what lies below ``fewest``, zeros included, since "nobody" says something of everybody. One hidden count
    could be worked out from the total; so the smallest others are hidden too, until two or more are, which together
    are ``fewest`` or more. Source: the ONS "10-5 rule" with complementary suppression.
    """
    hidden = [count < fewest for count in counts]
    for place in sorted(range(len(counts)), key=lambda place: counts[place]):
        together = [count for count, is_hidden in zip(counts, hidden, strict=True) if is_hidden]
        if not together or (len(together) > 1 and sum(together) >= fewest):
            break
        hidden[place] = True
    return hidden


def rounded(count: int, *, base: int = BASE) -> int:
    """Return ``count`` to the nearest multiple of ``base``."""
    return base * round(count / base)
