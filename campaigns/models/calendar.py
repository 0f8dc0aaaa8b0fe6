"""What the calendar keeps of its own: restricted periods and decisions, keys to the feed."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from campaigns.calendar.entries import days_in_words
from campaigns.calendar.enums import EntryKind, PeriodKind
from campaigns.models.awareness import ORDER
from core.privacy import Declaration

YEARS_DECISIONS_ARE_KEPT = 6
KEYS_UNUSED_FOR = timedelta(days=365)


class RestrictedPeriodQuerySet(models.QuerySet["RestrictedPeriod"]):
    """Restricted periods by time."""

    def touching(self, first: date, last: date) -> "RestrictedPeriodQuerySet":
        """Return those that have a day between ``first`` and ``last``, both included."""
        return self.filter(starts__lte=last, ends__gte=first).order_by("starts", "pk")


class RestrictedPeriod(models.Model):
    """Days on which nothing goes out unless somebody decides so by name: before an election, in mourning."""

    shown_on_pages = False

    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=10, choices=PeriodKind)
    starts = models.DateField("first day")
    ends = models.DateField("last day")
    restricts = models.TextField(
        "what it restricts", max_length=1000, help_text="What may not be said, published or sent, in plain words."
    )
    source = models.CharField(
        max_length=200, help_text="Who says so: the notice of election, the monitoring officer, a national protocol."
    )
    source_url = models.URLField("address of the source", blank=True)
    is_sample = models.BooleanField("sample data", default=False, editable=False)

    objects = RestrictedPeriodQuerySet.as_manager()

    class Meta:
        ordering = ("-starts", "name")
        permissions = [("view_calendar", "Can see the calendar")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")),
                name="restricted_period_ends_after_it_starts",
                violation_error_message=ORDER,
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(restricts="") & ~Q(source=""), name="restricted_period_says_what_and_why"
            ),
            models.CheckConstraint(condition=Q(kind__in=PeriodKind.values), name="restricted_period_kind_known"),
            models.UniqueConstraint(
                fields=("name", "starts"),
                name="restricted_period_once",
                violation_error_message="A restricted period of this name begins on this day already. Mend that one.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def days(self) -> str:
        """Its days in words."""
        return days_in_words(self.starts, self.ends)

    def clean(self) -> None:
        """Say beside the field that the days are the wrong way round."""
        super().clean()
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": ORDER})


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions by whether they hold."""

    def standing(self) -> "DecisionQuerySet":
        """Return those that nobody took back."""
        return self.filter(withdrawn=None)


class Decision(models.Model):
    """That something may be live, or go out, inside a restricted period: who decided, why, and about what.

    What it is about stands as the kind and key of an entry of the calendar: rooms above this one keep the rows.
    A decision is never changed; one that was wrong is withdrawn, and stays on record.
    """

    shown_on_pages = False

    period = models.ForeignKey(RestrictedPeriod, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=10, choices=EntryKind)
    key = models.CharField(max_length=120)
    title = models.CharField(max_length=255, help_text="What it was called on that day.")
    reason = models.TextField(max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made = models.DateTimeField(default=timezone.now)
    withdrawn = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ("-made", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("period", "kind", "key"), condition=Q(withdrawn=None), name="decision_stands_once"
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(key="") & ~Q(title=""), name="decision_says_about_what_and_why"
            ),
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="decision_kind_known"),
            models.CheckConstraint(
                condition=Q(withdrawn=None) | Q(withdrawn__gte=F("made")), name="decision_withdrawn_after_it_was_made"
            ),
        ]

    class Privacy(Declaration):
        fields = ("reason", "by", "withdrawn_by")
        purpose = "To show who decided that something may go out in a restricted period, and why."
        lawful_basis = "Public task, UK GDPR Article 6(1)(e)"
        recipients = "Staff who see the calendar."
        retention = f"{YEARS_DECISIONS_ARE_KEPT} years after the restricted period ends, then deleted."

        @classmethod
        def purge(cls, now: datetime) -> int:
            """Delete what was decided about periods that ended so long ago."""
            before = now.date() - timedelta(days=round(365.25 * YEARS_DECISIONS_ARE_KEPT))
            return Decision.objects.filter(period__ends__lt=before).delete()[0]

    def __str__(self) -> str:
        return f"{self.title}, in {self.period}"


class FeedKey(models.Model):
    """One person's key to the calendar as a feed. Only a digest of it is kept, so it is shown once."""

    shown_on_pages = False

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField(default=timezone.now)
    last_used = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(digest=""), name="feed_key_has_a_digest")]

    class Privacy(Declaration):
        fields = ("user", "digest", "made", "last_used")
        purpose = "To let a member of staff read the calendar in a calendar program of their own."
        lawful_basis = "Public task, UK GDPR Article 6(1)(e)"
        recipients = "Nobody. A person sees when their own key was made and last used."
        retention = "Until its owner ends it or the account is switched off, or a year after it was last used."

        @classmethod
        def purge(cls, now: datetime) -> int:
            """End the keys of accounts that are switched off, and those that nobody used for a year."""
            idle = Q(last_used__lt=(now - KEYS_UNUSED_FOR).date()) | Q(last_used=None, made__lt=now - KEYS_UNUSED_FOR)
            return FeedKey.objects.filter(idle | Q(user__is_active=False)).delete()[0]

    def __str__(self) -> str:
        return f"A key to the calendar, made {self.made:%-d %B %Y}"
