"""A message's way: put, claimed, settled, and sent again when a person says so."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import structlog
from celery import current_app
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from wagtail.log_actions import log as log_action

from core.hold.queries import current_hold, is_held, released_keys
from core.hold.registry import Scheduled
from core.outbox.delivery import Outcome, hand_over
from core.outbox.letters import row_of
from core.outbox.models import FINISHED, SENT_AGAIN_FROM, OutboxMessage, State
from core.outbox.workers import is_gone, this_worker

log = structlog.get_logger(__name__)

# How long a refused message waits before each further attempt: about a day in all.
BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 480, 720)]
# Longer than any conversation: core.outbox.tasks ends one after four minutes.
LEASE = timedelta(minutes=5)
SWEEP_SECONDS = 25


WRITTEN = ("message_id", "sender", "recipients", "subject", "mime", "due", "to_public")
LISTED = ("pk", "subject", "due")
MAIL = "core.mail"  # the name of these messages in a hold


def put(message: EmailMessage, *, key: str = "", due: datetime | None = None, to_public: bool = False) -> OutboxMessage:
    """Put ``message`` into the outbox; it goes once what is being done now is committed.

    With a ``key``, one message ever goes under it: a second call returns the first row and sends nothing.

    ``to_public`` is for what goes out by itself, or to many, outside the council: a hold keeps it waiting
    (``core.hold``). Mail to staff, links to sign in, and replies that somebody asked for just now are not: they pass.

    Raises:
        ValueError: an address is none, or the message is too large.
        BadHeaderError: a header holds a line break.
    """
    row = row_of(message, key=key)
    row.due, row.to_public = due or timezone.now(), to_public
    if not key:
        row.save()
        nudge(row)
        return row
    fields = {name: getattr(row, name) for name in WRITTEN}
    kept, is_new = OutboxMessage.objects.get_or_create(key=key, defaults=fields)
    if is_new:
        nudge(kept)
    return kept


def nudge(row: OutboxMessage) -> None:
    """Tell a worker of ``row`` after the commit; a nudge that is lost costs half a minute, until the sweeper comes."""
    if row.due > timezone.now():
        return

    def send_task() -> None:
        current_app.send_task("core.outbox.deliver", args=[row.pk], retry=False)

    transaction.on_commit(send_task, robust=True)


def deliver(message_id: int) -> State | None:
    """Send the message if it is waiting and due; return where it stands then, None where there was nothing to do."""
    row = _claim(message_id)
    if row is None:
        return None
    outcome = hand_over(row)
    _settle(row, outcome)
    return outcome.state


def _claim(message_id: int) -> OutboxMessage | None:
    """Take the message for this process, committed before a word is said to the server.

    None where another has it, or where it is held: that is asked in the same transaction, so that whoever holds
    everything knows afterwards that nothing more goes.
    """
    now = timezone.now()
    with transaction.atomic(durable=True):
        if OutboxMessage.objects.filter(pk=message_id, to_public=True).exists() and is_held(MAIL, str(message_id)):
            return None
        claimed = OutboxMessage.objects.filter(pk=message_id, state=State.WAITING, due__lte=now).update(
            state=State.SENDING, sending_since=now, worker=this_worker(), attempts=F("attempts") + 1
        )
    return OutboxMessage.objects.get(pk=message_id) if claimed else None


def _settle(row: OutboxMessage, outcome: Outcome) -> None:
    """Write down what came of this attempt, also where it took so long that the sweeper put it in doubt."""
    now = timezone.now()
    state, problem, due = outcome.state, outcome.problem, row.due
    if state == State.WAITING and row.attempts > len(BACK_OFF):
        state, problem = State.FAILED, f"Given up after {row.attempts} attempts. {problem}"
    elif state == State.WAITING:
        due = now + BACK_OFF[row.attempts - 1]
    OutboxMessage.objects.filter(pk=row.pk, attempts=row.attempts, state__in=[State.SENDING, State.IN_DOUBT]).update(
        state=state,
        problem=problem,
        due=due,
        sending_since=None,
        worker="",
        finished=now if state in FINISHED else None,
    )
    if state != State.SENT:
        log.warning("message not sent", outbox=row.pk, state=state.value, attempts=row.attempts)


def put_lost_in_doubt() -> int:
    """Put in doubt what a worker was sending when it died or lost its time; return how many."""
    now = timezone.now()
    sending = OutboxMessage.objects.filter(state=State.SENDING)
    dead = [row.pk for row in sending.only("worker") if row.worker and is_gone(row.worker)]
    return sending.filter(Q(pk__in=dead) | Q(sending_since__lt=now - LEASE)).update(
        state=State.IN_DOUBT,
        problem="The worker stopped while it was sending. Nobody knows whether the mail server took the message.",
        sending_since=None,
        worker="",
        finished=now,
    )


def sweep() -> int:
    """Send what is due and was forgotten, for half a minute at most, oldest first; return how many were tried."""
    put_lost_in_doubt()
    until = time.monotonic() + SWEEP_SECONDS
    due = _without_held(OutboxMessage.objects.filter(state=State.WAITING, due__lte=timezone.now()))
    tried = 0
    for message_id in list(due.order_by("due", "pk").values_list("pk", flat=True)[:1000]):
        if time.monotonic() > until:
            break
        tried += deliver(message_id) is not None
    return tried


def _without_held(messages: QuerySet[OutboxMessage]) -> QuerySet[OutboxMessage]:
    """Leave out what a hold keeps waiting, however much it is: it takes nobody's place in the queue."""
    hold = current_hold()
    return messages.exclude(Q(to_public=True) & ~Q(pk__in=released_keys(MAIL, hold.pk))) if hold else messages


def held_messages() -> Iterator[Scheduled]:
    """Go through the messages to the public that wait, by subject: whom they go to is for administrators."""
    for row in OutboxMessage.objects.filter(to_public=True, state=State.WAITING).order_by("due", "pk").only(*LISTED):
        yield Scheduled(key=str(row.pk), title=str(row), due=row.due)


@transaction.atomic
def send_again(*, row: OutboxMessage, user: Any) -> bool:
    """Let ``row``, in doubt or failed, wait once more, because ``user`` says so; False where it is neither (any more).

    The same message with the same Message-ID: a recipient who has it already can tell.
    """
    again = OutboxMessage.objects.filter(pk=row.pk, state__in=SENT_AGAIN_FROM).update(
        state=State.WAITING, due=timezone.now(), finished=None, problem=""
    )
    if not again:
        return False
    log_action(instance=row, action="core.outbox.send_again", user=user, data={"was": row.state})
    row.refresh_from_db()
    nudge(row)
    return True
