"""Answers: a draft while somebody is answering, and the response that stays, with nothing about who sent it."""

import uuid
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.privacy import Declaration
from surveys.enums import WaveState
from surveys.models.collecting import Collector
from surveys.models.fieldwork import Wave
from surveys.models.instruments import Instrument

GRACE = timedelta(hours=20)  # WCAG 2.2.1 asks for no way to extend a limit that is longer than that
KEPT_UNDER_CODE = timedelta(days=30)


def oldest_draft_day(now: datetime) -> date:
    """Return the oldest day of which drafts are still kept at ``now``: nobody loses theirs within 20 hours."""
    return timezone.localdate(now - GRACE)


class Draft(models.Model):
    """Answers in progress. The form's cookie holds a random token; only the token's digest stands here.

    One that was closed on every device, and waits under a code alone, has no token.
    """

    shown_on_pages = False

    token_digest = models.CharField(max_length=64, unique=True, null=True)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="drafts")
    collector = models.ForeignKey(Collector, on_delete=models.CASCADE, related_name="drafts")
    answers = models.JSONField(default=dict)
    language = models.CharField(max_length=10, default="en", help_text="Of the page that was last saved.")
    day = models.DateField(help_text="The day it was last saved or come back to; no time is kept.")
    saves = models.PositiveIntegerField(default=0)
    hurried = models.PositiveIntegerField(default=0, help_text="Pages answered faster than anybody reads them.")
    again = models.JSONField(
        default=list, help_text="Keys of questions that were corrected after they were answered: they are asked again."
    )

    class Privacy(Declaration):
        """Answers that are not sent yet."""

        fields = ("answers", "language", "day", "hurried")
        purpose = "To let people go back and change an answer before they send it, and finish on another day."
        lawful_basis = "Public task, UK GDPR Article 6(1)(e)"
        condition = "Substantial public interest, equality of opportunity: DPA 2018, Schedule 1, paragraph 8"
        recipients = "Nobody. Staff cannot see drafts."
        retention = (
            "Deleted when the answers are sent or the survey closes, and otherwise in the second night after they were "
            "last saved, or 30 days after that where somebody asked for a code to come back with. While "
            "a survey is paused they wait for it to go on."
        )

        @classmethod
        def purge(cls, now: datetime) -> int:
            """Delete the drafts that nobody came back to."""
            without_code = Q(codes=None, day__lt=oldest_draft_day(now))
            under_code = Q(day__lt=timezone.localdate(now) - KEPT_UNDER_CODE)
            old = Draft.objects.filter(without_code | under_code).exclude(wave__state=WaveState.PAUSED).values("pk")
            return Draft.objects.filter(pk__in=old).delete()[1].get("surveys.Draft", 0)

    def __str__(self) -> str:
        return f"Draft for {self.wave}"


class ComeBackCode(models.Model):
    """A code that leads back to a draft from any device: only its digest. Each one that was given goes on holding."""

    shown_on_pages = False

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)

    class Privacy(Declaration):
        """Codes to come back to answers that are not sent yet."""

        fields = ("digest",)
        purpose = "To let people finish on another day or on another device."
        lawful_basis = "Public task, UK GDPR Article 6(1)(e)"
        recipients = "Nobody. The code itself is shown once, to whoever asked for it, and kept nowhere."
        retention = "Deleted together with the answers that it leads to."

    def __str__(self) -> str:
        return f"Code for {self.draft}"


class ResponseQuerySet(models.QuerySet["Response"]):
    """Responses. Everything that reads answers starts with :meth:`readable`."""

    def readable(self) -> "ResponseQuerySet":
        """Return the shuffled responses of closed waves: the only ones that may be read, counted or exported.

        Those that an analyst excluded for a mark are kept, and not among them.
        """
        return self.filter(rewritten=True, excluded=False, wave__state=WaveState.CLOSED)


class Response(models.Model):
    """One person's answers: which wave, which way in, what was asked, the language and the month, and nothing else.

    A new response is replaced by a copy with another key, in shuffled order, when its wave closes: neither its key
    nor its place in the table says when it came.
    """

    shown_on_pages = False

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="responses")
    collector = models.ForeignKey(Collector, on_delete=models.PROTECT, related_name="responses")
    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, related_name="+", help_text="What was asked when the answers were sent."
    )
    language = models.CharField(max_length=10, default="en")
    month = models.DateField(help_text="The first day of the month.")
    answers = models.JSONField()
    marks = models.JSONField(default=list, help_text="Words of surveys.enums.Mark, as they are set in the shuffle.")
    rewritten = models.BooleanField(default=False)
    excluded = models.BooleanField(default=False, help_text="By an analyst's decision on one of its marks.")

    objects = ResponseQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(month__day=1), name="response_month_is_a_first_day")]
        indexes = [models.Index(fields=("wave", "rewritten"), name="response_by_wave")]

    class Privacy(Declaration):
        """Answers to surveys."""

        fields = ("answers", "language", "month", "collector", "marks")
        purpose = "To learn how safe people feel and how far they trust those who act against hate crime."
        lawful_basis = "Public task, UK GDPR Article 6(1)(e)"
        condition = "Substantial public interest, equality of opportunity: DPA 2018, Schedule 1, paragraph 8"
        recipients = (
            "Nobody while a survey is open, but for what is written in boxes. Afterwards the council's survey "
            "analysts, as totals and as files that are logged."
        )
        retention = (
            "Deleted when the years are over that the survey's first page names, counted from the day the wave closed: "
            "three, if nothing else was decided. Published results stay."
        )

        @classmethod
        def purge(cls, now: datetime) -> int:
            """Delete the answers of waves whose time of keeping is over."""
            over = Wave.objects.past_keeping(timezone.localdate(now))
            return Response.objects.filter(wave__in=over).delete()[0]

    def __str__(self) -> str:
        return f"Response to {self.wave}"
