"""What waits for those who run events."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from core.models import User
from core.waiting import MOST, Waiting, edit_address, waiting
from events.enums import State
from events.models import EventPage, Occurrence

SOON = timedelta(days=28)


@waiting.offer("events.dates")
def dates_that_nobody_can_find(user: User) -> Iterable[Waiting]:
    """Find dates of the next four weeks whose event has no published page."""
    if not user.has_perm("events.change_event"):
        return
    now = timezone.now()
    coming = Occurrence.objects.coming(now).filter(state=State.SCHEDULED, starts__lte=now + SOON)
    unseen = coming.exclude(event__in=EventPage.objects.live().values("event")).select_related("event")
    for date in unseen[:MOST]:
        yield Waiting(
            what="Event without a page",
            title=date.event.title,
            url=edit_address(date.event),
            when=f"{date.when}; its page is not published",
        )
