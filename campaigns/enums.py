"""Closed lists of the campaigns room."""

from decimal import Decimal

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from core.numbers import number


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

    def in_words(self, amount: Decimal) -> str:
        """Return ``amount`` of it as people write it: £1,250.50, 7.5 hours."""
        if self == InputKind.COST:
            return f"£{number(float(amount), 2)}"
        written = number(float(amount), 2).removesuffix(".00")
        return f"{written} hour{'' if amount == 1 else 's'}"


class InputState(TextChoices):
    """Whether it is gone already."""

    PLANNED = "planned", "Planned"
    SPENT = "spent", "Spent"


class Degree(IntegerChoices):
    """How likely a risk is, and how bad it would be."""

    LOW = 1, "Low"
    MEDIUM = 2, "Medium"
    HIGH = 3, "High"


class ReviewState(TextChoices):
    """How far something has come that one person writes and another approves."""

    DRAFT = "draft", "Being written"
    SUBMITTED = "submitted", "Waits for a colleague"
    APPROVED = "approved", "Approved"


class MailingState(TextChoices):
    """How far a mailing has come: written and approved as everything is, then sent once.

    ``UNKNOWN`` means that nobody can tell yet whether it went out: then nothing is tried again by itself.
    """

    DRAFT = ReviewState.DRAFT.value, ReviewState.DRAFT.label
    SUBMITTED = ReviewState.SUBMITTED.value, ReviewState.SUBMITTED.label
    APPROVED = ReviewState.APPROVED.value, ReviewState.APPROVED.label
    PUSHING = "pushing", "Being laid at Mailchimp"
    READY = "ready", "Ready to be sent"
    SEND_REQUESTED = "send_requested", "Asked to be sent"
    SCHEDULED = "scheduled", "Scheduled at Mailchimp"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    UNKNOWN = "unknown", "Not known"
    CANCELLED = "cancelled", "Cancelled"


class Wish(TextChoices):
    """What somebody wants of an email that Mailchimp was asked to send, for the worker to see to."""

    NONE = "", "Nothing"
    STOP = "stop", "Take it off the schedule"
    AGAIN = "again", "It did not go: try again"
    LEAVE = "leave", "Leave it as it is"


class TestState(TextChoices):
    """How far a test of a mailing is: sent to a few colleagues, once, whatever comes of it."""

    __test__ = False  # no test of pytest's

    WAITING = "waiting", "Waits for the worker"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Not sent"
    UNKNOWN = "unknown", "Not known"


class FileKind(TextChoices):
    """What a file of an artwork is."""

    PNG = "png", "PNG"
    PDF = "pdf", "PDF"

    @property
    def media_type(self) -> str:
        """How HTTP names it."""
        return "application/pdf" if self is FileKind.PDF else "image/png"


class LessonKind(TextChoices):
    """What a lesson tells, in the order of the report."""

    WORKED = "worked", "What worked"
    DID_NOT = "did-not", "What did not"
    NEXT = "next", "What we do next time"


class SegmentKind(TextChoices):
    """How a segment of an audience at Mailchimp is made up."""

    SAVED = "saved", "By conditions"
    STATIC = "static", "By name"
