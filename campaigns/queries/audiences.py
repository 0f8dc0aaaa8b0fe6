"""Questions about the account at Mailchimp, answered from what is kept of it."""

from django.db.models import Prefetch, QuerySet

from campaigns.models import MailchimpAudience, MailchimpInterest, MailchimpSegment, MailchimpWebhook


def webhook_secrets() -> dict[str, str]:
    """Return the signing secret of each webhook that was asked for, by the secret in its path.

    One that Mailchimp is still making has an empty signing secret: its address answers a GET, and takes no delivery.
    """
    return dict(MailchimpWebhook.objects.values_list("path_secret", "signing_secret"))


def audiences() -> QuerySet[MailchimpAudience]:
    """Return the audiences that are there, with their segments and interests that are there."""
    return MailchimpAudience.objects.filter(is_gone=False).prefetch_related(
        Prefetch("segments", MailchimpSegment.objects.filter(is_gone=False)),
        Prefetch("interests", MailchimpInterest.objects.filter(is_gone=False)),
    )
