"""One worker at a time for each mailing, and what it writes down."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from celery import current_app
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns.actions.mailings import record
from campaigns.enums import MailingState
from campaigns.models import Mailing, MailingWork
from core.models import User
from core.outbox.workers import is_gone, this_worker

# Longer than a task may run (CELERY_TASK_TIME_LIMIT), and than what is done between two words of a worker takes.
LEASE = timedelta(minutes=11)


class LostWorkError(Exception):
    """Somebody else works on the mailing, or a person changed it meanwhile: what was found out is not kept."""


def nudge(mailing_id: int) -> None:
    """Tell a worker of the mailing after the commit; a nudge that is lost costs a minute."""

    def send_task() -> None:
        current_app.send_task("campaigns.carry_mailing", args=[mailing_id], retry=False)

    transaction.on_commit(send_task, robust=True)


@contextmanager
def at_work(mailing_id: int) -> Iterator[MailingWork | None]:
    """Hold the mailing for this worker; None where another one has it.

    Whoever is killed leaves the row behind. The next who comes takes it over once that process is gone.
    """
    work = _take(mailing_id)
    # No `finally`: what ends the process itself (SystemExit, KeyboardInterrupt) may come in the middle of a call to
    # Mailchimp. The row then stays until the process is gone, so that nobody begins while that call is under way.
    try:
        yield work
    except Exception:
        _leave(work)
        raise
    _leave(work)


def _take(mailing_id: int) -> MailingWork | None:
    with transaction.atomic(durable=True):
        held = MailingWork.objects.select_for_update(of=("self",)).filter(mailing=mailing_id).first()
        if held and (is_gone(held.worker) or held.since < timezone.now() - LEASE):
            held.delete()
        elif held:
            return None
        try:
            with transaction.atomic():
                return MailingWork.objects.create(mailing_id=mailing_id, worker=this_worker(), since=timezone.now())
        except IntegrityError:
            return None


def _leave(work: MailingWork | None) -> None:
    if work:
        MailingWork.objects.filter(token=work.token).delete()


def doing(work: MailingWork, words: str) -> None:
    """Tell whoever waits what is done now, and that this worker is still at it."""
    MailingWork.objects.filter(token=work.token).update(doing=words, since=timezone.now())


@transaction.atomic
def go_on(
    work: MailingWork,
    mailing: Mailing,
    *,
    to: MailingState,
    words: str,
    by: User | None = None,
    fault: str = "",
    **changed: Any,
) -> Mailing:
    """Let ``mailing`` go on to the state ``to``, with a line of its history; ``changed`` is kept with it.

    Raises:
        LostWorkError: it is not as it was when the work began.
    """
    held = hold(work, mailing)
    for name, value in {**changed, "fault": fault[:1000]}.items():
        setattr(held, name, value)
    record(held, words=words, by=by, to=to)
    return held


@transaction.atomic
def note(work: MailingWork, mailing: Mailing, **changed: Any) -> Mailing:
    """Write something down about ``mailing``, which stays in its state.

    Raises:
        LostWorkError: it is not as it was when the work began.
    """
    held = hold(work, mailing)
    for name, value in changed.items():
        setattr(held, name, value[:1000] if isinstance(value, str) else value)
    held.save(update_fields=list(changed))
    return held


def hold(work: MailingWork, mailing: Mailing) -> Mailing:
    """Return ``mailing`` locked to the end of the transaction, as it still is.

    Raises:
        LostWorkError: it went on, or the work is somebody else's by now.
    """
    held = Mailing.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=mailing.pk)
    if held.state != mailing.state or not MailingWork.objects.filter(token=work.token).exists():
        raise LostWorkError
    return held
