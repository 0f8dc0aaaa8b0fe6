"""Handing over to Mailchimp: what people signed up to, and what they changed. The rows are the truth.

A row that waits is claimed, committed, handed over and settled. All that is asked of Mailchimp here may be asked
twice, so what a dead worker held is tried again. Where Mailchimp is down, each run asks once whether it is back.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

import structlog
from django.db import models, transaction
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone

from campaigns.actions.updates.mailchimp import OF_ALL, AudienceError, Door, of_audience, open_door, subscribe
from campaigns.actions.updates.preferences import end_old_links, hand_over_change, look_up
from campaigns.actions.updates.signing_up import BY_MACHINE
from campaigns.mailchimp.adapter import mailchimp
from campaigns.mailchimp.errors import Invalid, MailchimpError
from campaigns.models.signups import PreferencesRequest, SignUp
from campaigns.models.updates import UpdatesSettings
from campaigns.queries.updates import audience as chosen_audience
from campaigns.updates.enums import HandOver, Preferences
from campaigns.updates.nudging import HAND_OVER, nudge

log = structlog.get_logger(__name__)

# How long a row waits before each further attempt; then the last, so that it goes within an hour of what is mended.
BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]
LEASE = timedelta(minutes=5)  # longer than any call
SECONDS = 40  # of one run; the sweeper comes again each minute
AT_ONCE = 500
MOST_IN_A_DAY = 3  # times that one address is handed over
TOO_OFTEN = "The same address was given more than three times on that day."
UNFORESEEN = (
    "Something went wrong that nobody foresaw ({}). It is tried again; if it stays, tell whoever runs the site."
)

R = TypeVar("R", SignUp, PreferencesRequest)


def hand_over_waiting() -> int:
    """Hand over what is due, for some seconds at most, oldest first; return how many rows got through.

    What concerns the audience as a whole stops the run, and is written down for staff.
    """
    let_go_of_lost()
    end_old_links()
    refuse_what_came_too_often()
    audience = chosen_audience()
    waiting: list[SignUp | PreferencesRequest] = [
        *_due(SignUp, HandOver.WAITING),
        *_due(PreferencesRequest, Preferences.WANTED, Preferences.ASKED),
    ]
    if audience is None or not waiting:
        return 0
    until, done = time.monotonic() + SECONDS, 0
    try:
        door = open_door(mailchimp(), audience)
        for row in waiting:
            if time.monotonic() > until:
                break
            done += _one(row, door)
    except MailchimpError as error:
        _tell(str(error))
    else:
        _tell("")
    return done


def _due(model: type[R], *states: models.TextChoices) -> list[R]:
    return list(
        model._meta.base_manager.filter(state__in=states, due__lte=timezone.now()).order_by("due", "pk")[:AT_ONCE]
    )


def _one(row: SignUp | PreferencesRequest, door: Door) -> bool:
    """Hand one row over; tell whether it got through.

    Raises:
        MailchimpError: nothing else would get through either; the row waits again.
    """
    if isinstance(row, SignUp):
        return _claimed(row, HandOver.HANDING, lambda: _sign_up(row, door))
    if row.state == Preferences.ASKED:
        return _claimed(row, Preferences.ASKED, lambda: look_up(row, door))
    return _claimed(row, Preferences.HANDING, lambda: hand_over_change(row, door))


def _claimed(row: SignUp | PreferencesRequest, state: models.TextChoices, work: Callable[[], dict[str, Any]]) -> bool:
    """Claim ``row``, do ``work``, and write down what it returns; what failed is written down as well."""
    was = row.state
    if not _claim(row, state):
        return False
    try:
        settled = work()
    except (*OF_ALL, AudienceError) as error:
        _wait(row, was, str(error))
        raise
    except Invalid as error:
        if of_audience(error):
            _wait(row, was, str(error))
            raise
        _settle(row, state=HandOver.REFUSED, address="", problem=str(error)[:500])
        return False
    except MailchimpError as error:
        _wait(row, was, str(error))
        return False
    except Exception as error:  # noqa: BLE001  (one row that breaks keeps no other waiting)
        # A traceback could show the address.
        log.error("not handed over", model=type(row).__name__, row=row.pk, error=type(error).__name__)  # noqa: TRY400
        _wait(row, was, UNFORESEEN.format(type(error).__name__))
        return False
    _settle(row, problem="", **settled)
    return True


@transaction.atomic(durable=True)
def _claim(row: SignUp | PreferencesRequest, state: models.TextChoices) -> bool:
    """Take ``row`` for this process, committed before a word is said to Mailchimp."""
    now = timezone.now()
    free = type(row)._meta.base_manager.filter(pk=row.pk, state=row.state, due__lte=now)
    # A row that is looked up keeps its state, so its time is what keeps it from others.
    due = {"due": now + LEASE} if state == row.state else {"claimed_at": now}
    if not free.update(state=state, attempts=F("attempts") + 1, **due):
        return False
    row.refresh_from_db()
    return True


def _wait(row: SignUp | PreferencesRequest, state: str, problem: str) -> None:
    due = timezone.now() + BACK_OFF[min(row.attempts, len(BACK_OFF)) - 1]
    _settle(row, state=state, due=due, problem=problem[:500])


def _settle(row: SignUp | PreferencesRequest, **written: Any) -> None:
    """Write down what came of this attempt, unless the row was let go of and taken up by another meanwhile."""
    held = type(row)._meta.base_manager.filter(pk=row.pk, state=row.state, attempts=row.attempts)
    held.update(claimed_at=None, **written)


def _sign_up(row: SignUp, door: Door) -> dict[str, Any]:
    subscribe(door, row.address, language=row.language, interests=[interest["key"] for interest in row.interests])
    return {
        "state": HandOver.DONE,
        "address": "",
        "audience": door.audience,
        "must_confirm": door.confirms,
        "handed_over_at": timezone.now(),
    }


def let_go_of_lost() -> int:
    """Let what a worker was handing over when it died wait again; return how many."""
    lost = Q(claimed_at__lt=timezone.now() - LEASE)
    sign_ups = SignUp.objects.filter(lost, state=HandOver.HANDING)
    changes = PreferencesRequest.objects.filter(lost, state=Preferences.HANDING)
    return sign_ups.update(state=HandOver.WAITING, claimed_at=None) + changes.update(
        state=Preferences.WANTED, claimed_at=None
    )


def refuse_what_came_too_often() -> int:
    """Refuse what waits for an address that was given ``MOST_IN_A_DAY`` times before on the same day; return how many.

    Who gives somebody else's address again and again would have Mailchimp write to them as often. What machines filled
    in does not count, so that a machine keeps nobody from signing up.
    """
    before = (
        SignUp.objects.filter(digest=OuterRef("digest"), agreed_at__date=OuterRef("day"), pk__lt=OuterRef("pk"))
        .exclude(problem=BY_MACHINE)
        .order_by()
        .values("digest")
        .annotate(times=Count("pk"))
        .values("times")
    )
    waiting = SignUp.objects.filter(state=HandOver.WAITING).annotate(day=TruncDate("agreed_at"))
    too_often = waiting.filter(GreaterThanOrEqual(Subquery(before), MOST_IN_A_DAY))
    return too_often.update(state=HandOver.REFUSED, address="", problem=TOO_OFTEN)


def _tell(problem: str) -> None:
    """Write down for staff what keeps everything waiting, with its beginning; or that nothing does any more."""
    row = UpdatesSettings.objects.filter(pk=1)
    if problem:
        row.filter(problem="").update(problem_since=timezone.now(), problem=problem[:500])
        row.exclude(problem="").update(problem=problem[:500])
    else:
        row.exclude(problem="").update(problem="", problem_since=None)


@transaction.atomic
def try_again() -> int:
    """Let everything that waits be due now, because somebody mended what was wrong; return how many rows."""
    now = timezone.now()
    due = SignUp.objects.filter(state=HandOver.WAITING, due__gt=now).update(due=now)
    asked = PreferencesRequest.objects.filter(state__in=[Preferences.ASKED, Preferences.WANTED], due__gt=now)
    due += asked.update(due=now)
    nudge(HAND_OVER)
    return due
