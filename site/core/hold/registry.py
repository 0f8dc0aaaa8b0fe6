"""What rooms would do by themselves, so that a hold can stop it and show it.

A room offers, in its ``holds.py``, each kind of such things under its name, and asks ``core.hold.queries.is_held``
with that name and the thing's key in the transaction in which it does it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from core.registry import Registry


@dataclass(frozen=True, kw_only=True)
class Scheduled:
    """One thing that will happen by itself. ``key`` names it with its time: put to another time it is another thing."""

    key: str
    title: str
    due: datetime
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of such things: what will happen in words, which there are, and the task that does what is due."""

    label: str
    scheduled: Callable[[], Iterable[Scheduled]]
    task: str


holds: Registry[Kind] = Registry("holds")
