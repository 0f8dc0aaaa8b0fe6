"""Timing two things in turn."""

import statistics
import time
from collections.abc import Callable

ROUNDS = 7


def compare(name: str, *, ours: Callable[[], None], peer: Callable[[], None], times: int, unit: str) -> None:
    """Print one line: how often a second ours and the peer run, and the ratio of the two.

    Both run once to warm up, then in turn, ``times`` calls a round; medians of seven rounds.
    """
    ours()
    peer()
    rates = [(_rate(ours, times), _rate(peer, times)) for _ in range(ROUNDS)]
    our_rate, peer_rate = (statistics.median(column) for column in zip(*rates, strict=True))
    print(f"{name} | {our_rate:.0f} {unit} | {peer_rate:.0f} {unit} | {our_rate / peer_rate:.2f}")


def _rate(work: Callable[[], None], times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        work()
    return times / (time.perf_counter() - start)
