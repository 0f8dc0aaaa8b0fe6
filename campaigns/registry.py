"""What other rooms offer to campaigns: pages that belong to one, what is known of the change it made, and dates.

A room offers, in its ``related.py``, a function from a campaign to a condition on pages: which of its own belong to
the campaign, whatever their state and language. Who may see them is asked here, once for all rooms. A condition and
not a queryset: Django spends twice the time on a query made of queries.

In its ``evidence.py`` a room offers a function from a campaign to what it knows of what people took from it (outtakes)
and of what changed (outcomes).

There it also offers, as ``corrections``, a function from the names that evidence rests on to those of them that were
corrected since, each with its :class:`Correction`.

In its ``calendar_entries.py`` a room offers a function from two days to its entries of the calendar that touch the time
between them, both included, in a number of queries that does not grow with what is found.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from campaigns.calendar.entries import Entry
from campaigns.enums import Level
from core.registry import Registry

if TYPE_CHECKING:
    from campaigns.models import Campaign


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One thing that is known of what people took from a campaign, or of what changed, as the public may see it.

    ``value`` and its limits are rounded and in ``unit``, ``n`` is the base to the nearest five; a value that is
    withheld is None. ``marker`` says why, as it is printed ([c]), or what to mind beside a value ([u]). Where there is
    no number at all, ``sentence`` stands by itself. It is what may be said of the number and no more; ``method`` how it
    was made, ``source`` of what, ``url`` where it is shown. ``rests_on`` names what it is taken from, as the room
    calls it when it takes that back (``campaigns.actions.take_out``).
    """

    level: Level
    label: str
    sentence: str
    method: str
    source: str
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    unit: str = ""
    n: int | None = None
    url: str = ""
    marker: str = ""
    is_sample: bool = False
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Correction:
    """That something which a number rests on was replaced by a correction: when, and where the newer one is shown."""

    on: date
    url: str = ""


related: "Registry[Callable[[Campaign], Q]]" = Registry("related")
evidence: "Registry[Callable[[Campaign], Iterable[Evidence]]]" = Registry("evidence")
corrections: Registry[Callable[[Collection[str]], Mapping[str, Correction]]] = Registry("evidence")
calendar_entries: Registry[Callable[[date, date], Iterable[Entry]]] = Registry("calendar_entries")
