"""Holding everything, letting one thing go, and ending the hold."""

from celery import current_app
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log as log_action

from core.hold.models import Hold, Release
from core.hold.queries import BANNER, current_hold, find, switch
from core.hold.registry import holds
from core.models.accounts import User


@transaction.atomic
def hold_everything(*, reason: str, by: User) -> Hold:
    """Hold everything scheduled from now on.

    Raises:
        ValidationError: everything is held already.
    """
    row = switch()
    if row.hold:
        raise ValidationError("Everything is held already. The reason given stands below.", code="on")
    row.hold = hold = Hold.objects.create(reason=reason, by=by)
    row.save(update_fields=["hold"])
    log_action(instance=hold, action="core.hold.start", user=by, data={"reason": reason})
    transaction.on_commit(show_banner, robust=True)
    return hold


@transaction.atomic
def release(*, kind: str, key: str, by: User) -> Release:
    """Let one thing go: at its time, or at once where that has passed.

    Raises:
        ValidationError: no hold is on, or no such thing is scheduled any more.
    """
    row = switch()
    if row.hold is None:
        raise ValidationError("Nothing is held any more.", code="off")
    if find(kind, key) is None:
        raise ValidationError("This is no longer scheduled, or its time was changed. Look at the list.", code="gone")
    released, is_new = Release.objects.get_or_create(hold=row.hold, kind=kind, key=key, defaults={"by": by})
    if is_new:
        log_action(instance=row.hold, action="core.hold.release", user=by, data={"kind": kind, "key": key})
    _nudge({holds[kind].task})
    return released


@transaction.atomic
def end_hold(*, by: User) -> Hold:
    """Let everything go: each at its time, or at once where that has passed.

    Raises:
        ValidationError: no hold is on.
    """
    row = switch()
    if row.hold is None:
        raise ValidationError("Nothing is held any more.", code="off")
    hold = row.hold
    row.hold = None
    row.save(update_fields=["hold"])
    hold.ended, hold.ended_by = timezone.now(), by
    hold.save(update_fields=["ended", "ended_by"])
    log_action(instance=hold, action="core.hold.end", user=by)
    transaction.on_commit(show_banner, robust=True)
    _nudge({kind.task for _, kind in holds.items()})
    return hold


def show_banner() -> None:
    """Let the pages of the admin say whether a hold is on, as the database has it now."""
    on = current_hold()
    if on:
        cache.set(BANNER, on.reason, None)
    else:
        cache.delete(BANNER)


def _nudge(tasks: set[str]) -> None:
    """Have what is due done after the commit; where the nudge is lost, beat comes within minutes."""

    def send() -> None:
        for task in sorted(tasks):
            current_app.send_task(task, retry=False)

    transaction.on_commit(send, robust=True)
