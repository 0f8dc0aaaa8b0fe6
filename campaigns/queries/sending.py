"""What is asked about mailings that are sent: how one stands, what waits, what a hold would stop."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from campaigns.enums import MailingState, TestState, Wish
from campaigns.models import Mailing, MailingCopy, MailingTest, SendRequest
from core.hold.queries import current_hold, released_keys
from core.hold.registry import Scheduled

MAILINGS = "campaigns.mailing"  # the name of mailings in a hold
# In these the worker has something to do or to look at.
CARRIED_ON = (
    MailingState.PUSHING,
    MailingState.SEND_REQUESTED,
    MailingState.SCHEDULED,
    MailingState.SENDING,
    MailingState.UNKNOWN,
)
HOURS = (1, 6, 24, 3 * 24, 7 * 24, 30 * 24)  # after sending, when its report is read
KNOWN_BY = timedelta(
    minutes=10
)  # Mailchimp ends every call after two minutes, so what has not begun by then never will
QUARTER, AHEAD = timedelta(minutes=15), timedelta(minutes=15)


def open_request(mailing: Mailing) -> SendRequest | None:
    """Return who asked for ``mailing`` to go, unless it is known that nothing went by it."""
    found = SendRequest.objects.filter(mailing=mailing, is_over=False)
    return found.select_related("mailing", "copy__mailing", "by", "wished_by").first()


def copy_at_mailchimp(mailing: Mailing) -> MailingCopy | None:
    """Return the email at Mailchimp that ``mailing`` goes out by; None where there is none."""
    request = open_request(mailing)
    if request:
        return request.copy
    return mailing.copies.filter(is_test=False).exclude(remote_id="").first()


def copy_laid(mailing: Mailing) -> MailingCopy | None:
    """Return the copy that is compared and ready, for the audience and the segment that were approved."""
    audience, segment = mailing.frozen["audience"], mailing.frozen["segment"]
    return mailing.copies.filter(
        is_test=False, audience_id=audience["id"], segment_id=segment["id"] if segment else None
    ).first()


def earliest(now: datetime) -> datetime:
    """Return the first quarter of an hour that a mailing can be scheduled for: at least 15 minutes ahead."""
    past = timedelta(minutes=now.minute % 15, seconds=now.second, microseconds=now.microsecond)
    return now + AHEAD - past + (QUARTER if past else timedelta())


def may_say_it_did_not_go(mailing: Mailing, now: datetime) -> bool:
    """Tell whether so much time passed since Mailchimp was asked that nothing of it can be on its way."""
    request = open_request(mailing)
    if mailing.state != MailingState.UNKNOWN or request is None or request.posted_at is None:
        return False
    return request.posted_at < now - KNOWN_BY and request.wish != Wish.AGAIN


def key_in_hold(request: SendRequest) -> str:
    """Return what a hold calls it: at another time it is another thing."""
    return f"{request.pk}-{request.due:%Y%m%d%H%M%S}" if request.due else str(request.pk)


def is_held_now(request: SendRequest) -> bool:
    """Tell whether a hold is on that ``request`` was not released from; nothing is locked."""
    hold = current_hold()
    return hold is not None and key_in_hold(request) not in released_keys(MAILINGS, hold.pk)


def going_out() -> Iterator[Scheduled]:
    """Go through the mailings that were asked to go and may still be stopped."""
    waiting = (MailingState.SEND_REQUESTED, MailingState.SCHEDULED)
    found = SendRequest.objects.filter(is_over=False, mailing__state__in=waiting).select_related("mailing")
    for request in found.order_by("pk"):
        yield Scheduled(
            key=key_in_hold(request),
            title=str(request.mailing),
            due=request.due or request.at,
            url=reverse("campaigns:mailing", args=[request.mailing_id]),
        )


def to_carry_on() -> list[int]:
    """Return the keys of the mailings that the worker has something to do for."""
    found = set(Mailing.objects.filter(state__in=CARRIED_ON).values_list("pk", flat=True))
    found |= set(Mailing.objects.exclude(report_asked_at=None).values_list("pk", flat=True))
    found |= set(MailingTest.objects.filter(state=TestState.WAITING).values_list("mailing", flat=True))
    found |= set(MailingTest.objects.filter(state=TestState.SENDING).values_list("mailing", flat=True))
    return sorted(found | {mailing.pk for mailing in _sent_of_late() if hours_due(mailing, timezone.now())})


def _sent_of_late() -> QuerySet[Mailing]:
    since = timezone.now() - timedelta(hours=HOURS[-1] + 7 * 24)
    return Mailing.objects.filter(state=MailingState.SENT, sent_at__gte=since)


def hours_due(mailing: Mailing, now: datetime) -> int:
    """Return after how many hours the report that is due now stands; 0 where none is due, or it was read."""
    passed = [hours for hours in HOURS if hours <= hours_since(mailing, now)]
    if not passed or mailing.reports.filter(hours__gte=passed[-1]).exists():
        return 0
    return passed[-1]


def hours_since(mailing: Mailing, now: datetime) -> int:
    """Return how many whole hours have passed since ``mailing`` was sent; 0 where its clock is ahead."""
    return max(0, (now - mailing.sent_at) // timedelta(hours=1)) if mailing.sent_at else 0
