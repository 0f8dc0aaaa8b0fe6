"""What can be done with events and their dates."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.languages.trees import in_english
from core.models import User
from events.models import Event, EventIndexPage, EventPage, Occurrence, Venue

# A calendar must hear of a change in any of these (RFC 5545, SEQUENCE).
TOLD_TO_CALENDARS = ("starts", "ends", "venue_id", "online_address", "state")


@transaction.atomic
def start_event(*, event: Event, owner: User | None = None) -> EventPage:
    """Make the draft page of a new event, to be written and approved.

    Raises:
        EventIndexPage.DoesNotExist: the site has no events page yet.
    """
    index = in_english(EventIndexPage.objects).order_by("path")[:1].get()
    page = EventPage(title=event.title, summary=event.title, event=event, owner=owner, live=False)
    index.add_child(instance=page)
    page.save_revision(user=owner)
    return page


@transaction.atomic
def schedule(
    *,
    event: Event,
    starts: datetime,
    ends: datetime,
    venue: Venue | None = None,
    online_address: str = "",
    **fields: Any,
) -> Occurrence:
    """Add a date to an event.

    Raises:
        ValidationError: it ends before it starts, or is nowhere or in two places, or was entered before.
    """
    now = timezone.now()
    occurrence = Occurrence(
        event=event,
        starts=starts,
        ends=ends,
        venue=venue,
        online_address=online_address,
        created=now,
        modified=now,
        **fields,
    )
    occurrence.full_clean()
    occurrence.save()
    return occurrence


@transaction.atomic
def amend(*, occurrence: Occurrence) -> Occurrence:
    """Save a date that was changed in memory; its sequence rises once where time, place or state changed.

    The row is locked and compared with what stands, so that two people who change it are both noticed.
    """
    before = Occurrence.objects.select_for_update().get(pk=occurrence.pk)
    if any(getattr(before, name) != getattr(occurrence, name) for name in TOLD_TO_CALENDARS):
        occurrence.sequence = before.sequence + 1
        occurrence.modified = timezone.now()
    else:
        occurrence.sequence, occurrence.modified = before.sequence, before.modified
    occurrence.save()
    return occurrence
