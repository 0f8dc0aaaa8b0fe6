"""Mailings: one email each, written in a campaign, approved by a colleague, and sent once."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from wagtail.fields import StreamField
from wagtail.models import Page

from campaigns.enums import MailingState
from campaigns.mailings.blocks import MailingBody
from campaigns.mailings.steps import refuse_illegal
from campaigns.models.audiences import MailchimpAudience, MailchimpSegment
from campaigns.models.campaigns import Campaign
from campaigns.models.placements import SHAPE, Placement
from campaigns.models.reviewed import Reviewed
from core.models.accounts import languages
from core.privacy import Declaration

LONGEST_LINE = 150  # what Mailchimp takes as a subject line or preview text
LONGEST_CODE = 36  # a placement's code is this and a number
YEARS_EVENTS_ARE_KEPT = 6


class Mailing(Reviewed):
    """One email of a campaign in one language.

    ``frozen`` is all that goes out, from the moment it is sent in: words, HTML, plain text, addresses, audience,
    segment, expected number, ceiling and tracking. ``digest`` is that of what was approved. ``code`` stands in the
    address of the web version and of the placements that its links lead through, so it stays as it was first given.
    """

    shown_on_pages = False
    approved_with = "campaigns.approve_mailing"

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="mailings")
    name = models.CharField(max_length=100, help_text="What staff call it, such as: Newsletter, October.")
    code = models.CharField(max_length=LONGEST_CODE, unique=True, editable=False)
    language = models.CharField(max_length=10, choices=languages, default="en")
    subject = models.CharField("subject line", max_length=LONGEST_LINE, blank=True)
    preview_text = models.CharField(max_length=LONGEST_LINE, blank=True)
    body = StreamField(MailingBody(required=False), blank=True)
    audience = models.ForeignKey(MailchimpAudience, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    segment = models.ForeignKey(MailchimpSegment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to_whole_audience = models.BooleanField(default=False)
    saved_at = models.DateTimeField(null=True, editable=False, help_text="When what it says was last changed.")
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    expected_recipients = models.PositiveIntegerField(null=True, blank=True)
    ceiling = models.PositiveIntegerField("never to more than", null=True, blank=True)
    track_opens = models.BooleanField(default=False)
    track_clicks = models.BooleanField(default=False)
    tracking_reason = models.CharField("why", max_length=500, blank=True)
    tracking_decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    tracking_decided_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=MailingState, default=MailingState.DRAFT)
    digest = models.CharField(max_length=64, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=1000, blank=True, editable=False, help_text="What is in the way, and the mend.")
    looked_at = models.DateTimeField(
        null=True, editable=False, help_text="When Mailchimp was last asked how it stands."
    )
    sent_at = models.DateTimeField(null=True, editable=False)
    emails_sent = models.PositiveIntegerField(null=True, editable=False)
    report_asked_at = models.DateTimeField(
        null=True, editable=False, help_text="When somebody asked for its report; nothing once it was read."
    )
    begun_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-begun_at", "-pk")
        permissions = [("approve_mailing", "Can approve a mailing")]
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=f"^{SHAPE}$"), name="mailing_code_shape"),
            models.CheckConstraint(condition=Q(state__in=MailingState.values), name="mailing_state_known"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(state="cancelled") | Q(submitted_at__isnull=False) & ~Q(frozen={}),
                name="mailing_sent_in_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "submitted", "cancelled"))
                | Q(approved_at__isnull=False) & ~Q(digest=""),
                name="mailing_approved_is_bound",
            ),
            models.CheckConstraint(
                condition=Q(track_opens=False, track_clicks=False)
                | ~Q(tracking_reason="") & Q(tracking_decided_at__isnull=False),
                name="mailing_tracked_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(audience=None, segment=None, to_whole_audience=False)
                | Q(audience__isnull=False, segment=None, to_whole_audience=True)
                | Q(audience__isnull=False, segment__isnull=False, to_whole_audience=False),
                name="mailing_whole_audience_by_choice",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "cancelled"))
                | Q(audience__isnull=False, expected_recipients__isnull=False, ceiling__isnull=False),
                name="mailing_sent_in_says_to_whom",
            ),
            models.CheckConstraint(condition=Q(ceiling=None) | Q(ceiling__gte=1), name="mailing_ceiling_not_zero"),
        ]

    class Privacy(Declaration):
        fields = ("writers", "saved_by", "approved_by", "tracking_decided_by", "tracking_reason")
        purpose = "To show who wrote and who approved an email, and who decided that opens or clicks were counted."
        lawful_basis = "Public task, UK GDPR Article 6(1)(e)"
        recipients = "The council's communications officers and managers."
        retention = "Kept with the email. A name goes when the account is deleted."

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the row.

        Raises:
            IllegalStepError: its state cannot follow the one that the database has.
        """
        if before := Mailing.objects.filter(pk=self.pk).values_list("state", flat=True).first():
            refuse_illegal(before, self.state)
        super().save(*args, **kwargs)

    @property
    def stamp(self) -> str:
        """What its form carries from the moment that it is opened: another save gives it another one."""
        return self.saved_at.isoformat() if self.saved_at else ""

    @property
    def is_tracked(self) -> bool:
        """Whether opens or clicks are counted."""
        return self.track_opens or self.track_clicks


class AppendOnlyError(TypeError):
    """Somebody tried to change what is only ever added to."""


class MailingEvent(models.Model):
    """One line of a mailing's history. Lines are added and never changed; the newest stands first."""

    shown_on_pages = False

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Nobody, where the site did it by itself.",
    )
    from_state = models.CharField(max_length=20, choices=MailingState, blank=True)
    to_state = models.CharField(max_length=20, choices=MailingState)
    words = models.CharField(max_length=1000)

    class Meta:
        ordering = ("-at", "-pk")
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="mailing_event_says_something"),
            models.CheckConstraint(
                condition=Q(from_state__in=["", *MailingState.values]) & Q(to_state__in=MailingState.values),
                name="mailing_event_states_known",
            ),
        ]

    class Privacy(Declaration):
        fields = ("by", "words")
        purpose = "To show who did what with an email, and when, up to its sending."
        lawful_basis = "Public task, UK GDPR Article 6(1)(e)"
        recipients = "The council's communications officers and managers."
        retention = (
            f"Names go {YEARS_EVENTS_ARE_KEPT} years after the step, or when the account is deleted; what happened "
            "stays with the email."
        )

        @classmethod
        def purge(cls, now: datetime) -> int:
            """Take the names off steps that old."""
            before = now - timedelta(days=round(365.25 * YEARS_EVENTS_ARE_KEPT))
            return MailingEvent.objects.filter(at__lt=before, by__isnull=False).update(by=None)

    def __str__(self) -> str:
        return self.words

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the line.

        Raises:
            AppendOnlyError: it stands already.
        """
        if self.pk:
            raise AppendOnlyError("A line of a mailing's history is never changed. Add another one.")
        super().save(*args, **kwargs)


class MailingLink(models.Model):
    """The placement by which one page of ours is reached from a mailing, made when that is first sent in."""

    shown_on_pages = False

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="links")
    page = models.ForeignKey(Page, on_delete=models.SET_NULL, null=True, related_name="+")
    placement = models.OneToOneField(Placement, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=("mailing", "page"), name="mailing_link_one_a_page")]

    def __str__(self) -> str:
        return f"{self.mailing}, by {self.placement.path}"
