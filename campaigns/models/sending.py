"""How a mailing goes out: what is laid at Mailchimp, who asked for it to go, tests of it, and what became of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from campaigns.enums import TestState, Wish
from campaigns.models.mailings import Mailing
from core.privacy import Declaration
from reach.models import OfflineFigure


class MailingCopy(models.Model):
    """An email at Mailchimp that a mailing is laid in, found again by its title even where an answer was lost.

    It never changes whom it goes to: another audience or segment is another copy. Tests have one of their own, which
    is never asked to go to anybody else.
    """

    shown_on_pages = False

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="copies")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    is_test = models.BooleanField(default=False)
    audience_id = models.CharField(max_length=40)
    segment_id = models.PositiveBigIntegerField(null=True, help_text="Nothing: the whole audience.")
    remote_id = models.CharField(max_length=40, blank=True)
    content_digest = models.CharField(max_length=64, blank=True, help_text="Of the words as Mailchimp gave them back.")
    recipients = models.PositiveIntegerField(null=True, help_text="How many Mailchimp counted when it was compared.")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "mailing copies"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What staff see at Mailchimp, and what the copy is found by."""
        return f"{'TEST ' if self.is_test else ''}{self.mailing.code} {self.uuid}"


class SendRequest(models.Model):
    """That somebody asked for a mailing to go, at once or at a time.

    ``posted_at`` is committed before the one call that sends or schedules it: nobody ever makes that call again,
    whatever came of it. A mailing has one such row at a time; another may follow once this one ``is_over``, which says
    that nothing went by it.
    """

    shown_on_pages = False

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="requests")
    copy = models.ForeignKey(MailingCopy, on_delete=models.CASCADE, related_name="requests")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    due = models.DateTimeField(null=True, help_text="When Mailchimp shall send it; nothing: at once.")
    posted_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=1000, blank=True, help_text="Why Mailchimp certainly did not take it.")
    wish = models.CharField(max_length=10, choices=Wish, default=Wish.NONE, blank=True)
    wished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="stopped by"
    )
    is_over = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "requests to send a mailing"
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(fields=("mailing",), condition=Q(is_over=False), name="mailing_asked_for_once"),
            models.CheckConstraint(condition=Q(wish__in=Wish.values), name="send_request_wish_known"),
        ]

    class Privacy(Declaration):
        fields = ("by", "wished_by")
        purpose = "To show who asked for an email to be sent, and who stopped it."
        lawful_basis = "Public task, UK GDPR Article 6(1)(e)"
        recipients = "The council's communications officers and managers."
        retention = "Kept with the email. A name goes when the account is deleted."

    def __str__(self) -> str:
        return f"{self.mailing}, asked for at {self.at:%Y-%m-%d %H:%M}"


class MailingWork(models.Model):
    """That a worker is busy with a mailing: there is a row as long as one is, and only one."""

    shown_on_pages = False

    mailing = models.OneToOneField(Mailing, on_delete=models.CASCADE, related_name="work")
    token = models.UUIDField(default=uuid.uuid4, editable=False)
    worker = models.CharField(max_length=200)
    since = models.DateTimeField()
    doing = models.CharField(max_length=100, blank=True, help_text="What it is doing now, for whoever waits.")

    def __str__(self) -> str:
        return f"{self.mailing}: {self.worker}"


class MailingTest(models.Model):
    """A mailing as it is at one moment, sent to colleagues to look at. Once: what did not arrive is asked for anew."""

    __test__ = False  # no test of pytest's
    shown_on_pages = False

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="tests")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    to = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", verbose_name="sent to")
    state = models.CharField(max_length=10, choices=TestState, default=TestState.WAITING)
    problem = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = [models.CheckConstraint(condition=Q(state__in=TestState.values), name="mailing_test_state_known")]

    class Privacy(Declaration):
        fields = ("by", "to")
        purpose = "To show to which colleagues a test of an email went."
        lawful_basis = "Public task, UK GDPR Article 6(1)(e)"
        recipients = "The council's communications officers and managers; Mailchimp gets the addresses of the accounts."
        retention = "Kept with the email. A name goes when the account is deleted."

    def __str__(self) -> str:
        return f"Test of {self.mailing}, {self.at:%Y-%m-%d %H:%M}"


class MailingReport(models.Model):
    """What became of a mailing some hours after it was sent: sums as Mailchimp reports them, and nobody by name.

    ``opens_figure`` and ``clicks_figure`` are what the ledger of reach has of it, where those were tracked.
    """

    shown_on_pages = False

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="reports")
    hours = models.PositiveIntegerField(help_text="After how many hours it was due, or asked for.")
    read_at = models.DateTimeField(auto_now_add=True)
    emails_sent = models.PositiveIntegerField()
    hard_bounces = models.PositiveIntegerField(default=0)
    soft_bounces = models.PositiveIntegerField(default=0)
    syntax_errors = models.PositiveIntegerField(default=0)
    opens = models.PositiveIntegerField(null=True)
    unique_opens = models.PositiveIntegerField(null=True)
    proxy_excluded_opens = models.PositiveIntegerField(null=True)
    proxy_excluded_unique_opens = models.PositiveIntegerField(null=True)
    clicks = models.PositiveIntegerField(null=True)
    unique_clicks = models.PositiveIntegerField(null=True)
    unique_subscriber_clicks = models.PositiveIntegerField(null=True)
    unsubscribed = models.PositiveIntegerField(default=0)
    abuse_reports = models.PositiveIntegerField(default=0)
    opens_figure = models.ForeignKey(OfflineFigure, on_delete=models.SET_NULL, null=True, related_name="+")
    clicks_figure = models.ForeignKey(OfflineFigure, on_delete=models.SET_NULL, null=True, related_name="+")
    is_sample = models.BooleanField("sample data", default=False, help_text="Invented, for the demonstration.")

    class Meta:
        ordering = ("-hours",)
        constraints = [models.UniqueConstraint(fields=("mailing", "hours"), name="mailing_report_once_a_time")]

    def __str__(self) -> str:
        return f"{self.mailing} after {self.hours} hours"

    @property
    def after(self) -> str:
        """How long after it was sent, in words."""
        if not self.hours:
            return "less than an hour"
        in_days = self.hours > 24 and self.hours % 24 == 0
        number, unit = (self.hours // 24, "day") if in_days else (self.hours, "hour")
        return f"{number} {unit}{'' if number == 1 else 's'}"

    @property
    def bounces(self) -> int:
        """How many addresses it did not reach."""
        return self.hard_bounces + self.soft_bounces + self.syntax_errors

    @property
    def delivered(self) -> int:
        """How many it reached: those sent, less those that came back."""
        return max(0, self.emails_sent - self.bounces)

    @property
    def counted_opens(self) -> int | None:
        """How many were opened, each once, without what mail programs load by themselves where that is known."""
        return self.unique_opens if self.proxy_excluded_unique_opens is None else self.proxy_excluded_unique_opens
