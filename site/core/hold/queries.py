"""Whether something is held, what is, and who may hold."""

from dataclasses import dataclass

from django.core.cache import cache

from core.approvals.duty import is_on_duty
from core.hold.models import Hold, Release, Switch
from core.hold.registry import Scheduled, holds
from core.models.accounts import User

MAY_HOLD = "core.add_hold"
BANNER = "hold-banner"
THE_SWITCH = 1


def may_hold(user: User) -> bool:
    """Tell whether ``user`` may hold everything and let it go, alone: managers, and who is on duty today."""
    return user.has_perm(MAY_HOLD) or is_on_duty(user)


def switch() -> Switch:
    """Return the switch, locked to the end of the transaction."""
    return Switch.objects.select_for_update().get_or_create(pk=THE_SWITCH)[0]


def is_held(kind: str, key: str) -> bool:
    """Tell whether the thing ``key`` of ``kind`` must wait. Asked in the transaction in which it would be done.

    The switch stays locked until that ends, so that no hold can come in between.
    """
    hold_id = switch().hold_id
    return hold_id is not None and not Release.objects.filter(hold=hold_id, kind=kind, key=key).exists()


def current_hold() -> Hold | None:
    """Return the hold that is on, for a screen: nothing is locked."""
    on = Switch.objects.filter(pk=THE_SWITCH).select_related("hold__by").first()
    return on.hold if on else None


def released_keys(kind: str, hold_id: int) -> set[str]:
    """Return the keys of what was let go of ``kind``."""
    return set(Release.objects.filter(hold=hold_id, kind=kind).values_list("key", flat=True))


@dataclass(frozen=True, kw_only=True)
class Line:
    """One scheduled thing as the screen lists it."""

    kind: str
    label: str
    thing: Scheduled
    release: Release | None


def lines(hold: Hold | None) -> list[Line]:
    """Return everything scheduled, the soonest first; with what was let go during ``hold`` and has not gone yet."""
    released = {(one.kind, one.key): one for one in hold.releases.select_related("by")} if hold else {}
    found = [
        Line(kind=name, label=kind.label, thing=thing, release=released.get((name, thing.key)))
        for name, kind in holds.items()
        for thing in kind.scheduled()
    ]
    return sorted(found, key=lambda line: (line.thing.due, line.kind, line.thing.key))


def find(kind: str, key: str) -> Scheduled | None:
    """Return what is scheduled under ``key``; None where nothing is (any more)."""
    things = holds[kind].scheduled() if kind in holds else []
    return next((thing for thing in things if thing.key == key), None)


def banner() -> str:
    """Return the reason of the hold that is on, for the head of every page of the admin; empty where none is.

    From the cache, so that no page of the admin asks the database for it: ``core.hold.actions.show_banner`` writes it
    with each change and once a minute.
    """
    return cache.get(BANNER) or ""
