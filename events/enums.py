"""Closed lists of the events room."""

from django.db.models import TextChoices


class State(TextChoices):
    """Whether a date of an event stands."""

    SCHEDULED = "scheduled", "Going ahead"
    CANCELLED = "cancelled", "Cancelled"
    POSTPONED = "postponed", "Postponed"


class Audience(TextChoices):
    """For whom an event is meant."""

    EVERYONE = "everyone", "Everyone"
    FAMILIES = "families", "Families"
    YOUNG_PEOPLE = "young-people", "Young people"
    PROFESSIONALS = "professionals", "People at work"


class Setting(TextChoices):
    """Where one takes part."""

    IN_PERSON = "in-person", "In person"
    ONLINE = "online", "Online"
