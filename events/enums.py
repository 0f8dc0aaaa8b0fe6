"""Closed lists of the events room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Whether a date of an event stands."""

    SCHEDULED = "scheduled", _("Going ahead")
    CANCELLED = "cancelled", _("Cancelled")
    POSTPONED = "postponed", _("Postponed")


class Audience(TextChoices):
    """For whom an event is meant."""

    EVERYONE = "everyone", _("Everyone")
    FAMILIES = "families", _("Families")
    YOUNG_PEOPLE = "young-people", _("Young people")
    PROFESSIONALS = "professionals", _("People at work")


class Setting(TextChoices):
    """Where one takes part."""

    IN_PERSON = "in-person", _("In person")
    ONLINE = "online", _("Online")
