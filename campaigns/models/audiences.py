"""What is known of the account at Mailchimp: kept here, so that no page ever waits for Mailchimp."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from campaigns.enums import SegmentKind

PATH_SECRET_BYTES = 32


def path_secret() -> str:
    """Return what nobody guesses, to stand in the address of a webhook."""
    return secrets.token_urlsafe(PATH_SECRET_BYTES)


class MailchimpConnection(models.Model):
    """Where the connection stands, as of the last time that the account was looked at. There is one row."""

    shown_on_pages = False

    looked_at = models.DateTimeField(help_text="When Mailchimp was last asked.")
    answered_at = models.DateTimeField(null=True, blank=True, help_text="When it last answered everything.")
    problem = models.CharField(max_length=600, blank=True, help_text="What was wrong, in a sentence; empty if nothing.")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="mailchimp_connection_one_row")]

    def __str__(self) -> str:
        return "The connection to Mailchimp"


class Seen(models.Model):
    """Something at Mailchimp, as it was last seen there."""

    shown_on_pages = False

    name = models.CharField(max_length=255)
    seen_at = models.DateTimeField()
    is_gone = models.BooleanField(default=False, help_text="It is no longer there.")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class MailchimpAudience(Seen):
    """An audience: people who agreed to get email, with the address that it comes from."""

    remote_id = models.CharField(max_length=32, unique=True)
    web_id = models.BigIntegerField()
    double_optin = models.BooleanField("asks twice", help_text="Who signs up has to confirm by email.")
    member_count = models.PositiveIntegerField(help_text="Those who get its email.")
    from_name = models.CharField(max_length=255, blank=True)
    from_email = models.CharField(max_length=320, blank=True)
    language = models.CharField(max_length=20, blank=True)
    merge_fields = models.JSONField(default=list, help_text="What it keeps of each member: tag, name, type, required.")

    class Meta:
        ordering = ("is_gone", "name", "pk")
        permissions = [("set_up_mailchimp", "Can set up Mailchimp")]

    @cached_property
    def required_fields(self) -> list[str]:
        """What it insists on knowing of each member, by name."""
        return [field["name"] for field in self.merge_fields if field["required"]]


class MailchimpSegment(Seen):
    """A part of an audience."""

    audience = models.ForeignKey(MailchimpAudience, on_delete=models.CASCADE, related_name="segments")
    remote_id = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=SegmentKind)
    member_count = models.PositiveIntegerField()

    class Meta:
        ordering = ("is_gone", "name", "pk")
        constraints = [
            models.UniqueConstraint(fields=("audience", "remote_id"), name="mailchimp_segment_once"),
            models.CheckConstraint(condition=Q(kind__in=SegmentKind.values), name="mailchimp_segment_kind_known"),
        ]


class MailchimpInterest(Seen):
    """An area of news that members of an audience may tick."""

    audience = models.ForeignKey(MailchimpAudience, on_delete=models.CASCADE, related_name="interests")
    remote_id = models.CharField(max_length=32)
    category_id = models.CharField(max_length=32)
    category_name = models.CharField(max_length=255)
    subscriber_count = models.PositiveIntegerField()

    class Meta:
        ordering = ("is_gone", "category_name", "name", "pk")
        constraints = [models.UniqueConstraint(fields=("audience", "remote_id"), name="mailchimp_interest_once")]


class MailchimpWebhook(models.Model):
    """Where Mailchimp tells us what members of an audience do: asked for, then made there, then in use.

    The secrets are shown nowhere: with both of them anybody could tell us what Mailchimp never said.
    """

    shown_on_pages = False

    audience = models.ForeignKey(MailchimpAudience, on_delete=models.CASCADE, related_name="webhooks")
    remote_id = models.CharField(max_length=32, blank=True)
    path_secret = models.CharField(max_length=64, unique=True, default=path_secret, editable=False)
    signing_secret = models.CharField(max_length=255, blank=True, editable=False)
    asked_at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=600, blank=True)

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(made_at=None) | ~Q(remote_id="") & ~Q(signing_secret=""),
                name="mailchimp_webhook_made_with_its_secret",
            )
        ]

    def __str__(self) -> str:
        return f"Webhook of {self.audience}"
