"""Closed lists of the strategy's numbers."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from indicators.registry import Kind


class KindChoice(TextChoices):
    """What sort of number an indicator is, in words for the person who sets it up."""

    SURVEY = Kind.SURVEY.value, "Survey estimate"
    PROPORTION = Kind.PROPORTION.value, "Percentage of a number"
    COUNT = Kind.COUNT.value, "Count"
    RATE = Kind.RATE.value, "Rate"
    PLAIN = Kind.PLAIN.value, "Plain number: no interval, no target, no direction"


class Polarity(TextChoices):
    """Which way the strategy wants the number to go; it belongs to the use here, not to the number."""

    HIGHER = "higher", _("Higher is better")
    LOWER = "lower", _("Lower is better")
    NONE = "none", _("Neither: it is context")


class Frequency(TextChoices):
    """How often a new value is expected."""

    MONTHLY = "monthly", _("Every month")
    QUARTERLY = "quarterly", _("Every quarter")
    YEARLY = "yearly", _("Every year")
    WAVE = "wave", _("When a survey closes")


class Status(TextChoices):
    """Where a strategy stands."""

    DRAFT = "draft", "Being written"
    CURRENT = "current", "In force"
    PAST = "past", "Ended"


class Marker(TextChoices):
    """The Government Statistical Service's shorthand, shown in square brackets."""

    CONFIDENTIAL = "c", _("withheld, because it could point to a person")
    UNRELIABLE = "u", _("too uncertain to show")
    BREAK = "b", _("break in the series: not to be compared with earlier values")
    NOT_AVAILABLE = "x", _("not available")
    NOT_APPLICABLE = "z", _("not applicable")
    PROVISIONAL = "p", _("provisional: it may still change")
    REVISED = "r", _("revised since it was first published")
    ESTIMATED = "e", _("estimated")


class SampleType(TextChoices):
    """How the people who answered were found."""

    NONE = "", "Not a survey"
    RANDOM = "random", "Random sample"
    OPEN = "open", "Open link: anybody could answer"


class RefreshState(TextChoices):
    """Where one round of refreshing stands."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Done, with problems"
