"""What waits for somebody on their admin home: each room offers in its own ``waiting.py``."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from core.models import User
from core.registry import Registry


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One thing that waits: its title, where to do it, and the day it is due or how many there are, if any."""

    title: str
    url: str
    due: date | None = None
    count: int | None = None


# Given a user, each offer returns what waits for that user and for nobody else's sake.
waiting: Registry[Callable[[User], list[Waiting]]] = Registry("waiting")


def waiting_for(user: User) -> list[Waiting]:
    """Return everything that waits for ``user``: what is due first, then the rest in the order of the rooms' names."""
    found = [thing for _, offer in waiting.items() for thing in offer(user)]
    return sorted(found, key=lambda thing: thing.due or date.max)
