"""Timing two things in turn."""

import statistics
import time
from collections.abc import Callable

ROUNDS = 70
PART = 10  # of `times` in one round


def compare(name: str, *, ours: Callable[[], None], peer: Callable[[], None], times: int, unit: str) -> None:
    """Print one line: how often a second ours and the peer run, and the ratio of the two.

    Both run once to warm up, then in turn for seven times ``times`` calls. Rounds are short, and the ratio is the
    median of each round's own, so that what else the machine does falls on both.
    """
    ours()
    peer()
    rates = [(_rate(ours, max(1, times // PART)), _rate(peer, max(1, times // PART))) for _ in range(ROUNDS)]
    our_rate, peer_rate = (statistics.median(column) for column in zip(*rates, strict=True))
    ratio = statistics.median(our / their for our, their in rates)
    print(f"{name} | {our_rate:.0f} {unit} | {peer_rate:.0f} {unit} | {ratio:.2f}")


def _rate(work: Callable[[], None], times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        work()
    return times / (time.perf_counter() - start)
