"""The demonstration: each room offers its share in its own ``demo.py``; ``load_demo`` plays them in order."""

from collections.abc import Callable
from dataclasses import dataclass

from core.registry import Registry


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """One room's share of the demonstration.

    ``load`` makes the content, or leaves it alone where it already stands, and calls what it is given once for
    each of its ``steps`` with a few words; ``remove`` takes all of it away again and nothing else. Chapters load
    in ascending ``order`` (the room's floor) and are removed in descending order.
    """

    order: int
    steps: int
    load: Callable[[Callable[[str], None]], None]
    remove: Callable[[], None]


chapters: Registry[Chapter] = Registry("demo")
