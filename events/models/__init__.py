"""Events with their dates and places, and the pages that show them."""

from events.models.pages import EventIndexPage, EventPage
from events.models.rows import Event, Occurrence, OccurrenceQuerySet, Venue

__all__ = ["Event", "EventIndexPage", "EventPage", "Occurrence", "OccurrenceQuerySet", "Venue"]
