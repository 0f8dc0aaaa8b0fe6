"""Closed lists of the campaigns room."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class When(TextChoices):
    """Where today falls in a campaign's dates, in the order of the list."""

    NOW = "now", _("On now")
    COMING = "coming", _("Coming up")
    PAST = "past", _("Past campaigns")


class Level(TextChoices):
    """What a line of an evaluation tells of, from what was put in to what changed (GCS Evaluation Cycle)."""

    INPUT = "input", "Inputs"
    OUTPUT = "output", "Outputs"
    OUTTAKE = "outtake", "Outtakes"
    OUTCOME = "outcome", "Outcomes"


class Stage(TextChoices):
    """How far a campaign has come, in the order in which it goes."""

    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved"  # its page waits for its time
    LIVE = "live", "Live"
    CLOSED = "closed", "Closed"
    EVALUATED = "evaluated", "Evaluated"


class InputKind(TextChoices):
    """What goes into a campaign."""

    COST = "cost", "Cost in pounds"
    HOURS = "hours", "Hours of work"


class InputState(TextChoices):
    """Whether it is gone already."""

    PLANNED = "planned", "Planned"
    SPENT = "spent", "Spent"


class Degree(IntegerChoices):
    """How likely a risk is, and how bad it would be."""

    LOW = 1, "Low"
    MEDIUM = 2, "Medium"
    HIGH = 3, "High"


class EvaluationState(TextChoices):
    """How far an evaluation has come."""

    DRAFT = "draft", "Being written"
    SUBMITTED = "submitted", "Waits for a colleague"
    APPROVED = "approved", "Approved"


class LessonKind(TextChoices):
    """What a lesson tells, in the order of the report."""

    WORKED = "worked", "What worked"
    DID_NOT = "did-not", "What did not"
    NEXT = "next", "What we do next time"
