"""Closed lists of the strategy's numbers."""

from django.db.models import TextChoices

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

    HIGHER = "higher", "Higher is better"
    LOWER = "lower", "Lower is better"
    NONE = "none", "Neither: it is context"


class Frequency(TextChoices):
    """How often a new value is expected."""

    MONTHLY = "monthly", "Every month"
    QUARTERLY = "quarterly", "Every quarter"
    YEARLY = "yearly", "Every year"
    WAVE = "wave", "When a survey closes"


class Status(TextChoices):
    """Where a strategy stands."""

    DRAFT = "draft", "Being written"
    CURRENT = "current", "In force"
    PAST = "past", "Ended"


class Marker(TextChoices):
    """The Government Statistical Service's shorthand, shown in square brackets."""

    CONFIDENTIAL = "c", "withheld, because it could point to a person"
    UNRELIABLE = "u", "too uncertain to show"
    BREAK = "b", "break in the series: not to be compared with earlier values"
    NOT_AVAILABLE = "x", "not available"
    NOT_APPLICABLE = "z", "not applicable"
    PROVISIONAL = "p", "provisional: it may still change"
    REVISED = "r", "revised since it was first published"
    ESTIMATED = "e", "estimated"


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
