"""Questions about the account at Mailchimp, answered from what is kept of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from campaigns.mailchimp import NotSetUp
from campaigns.models import (
    MailchimpAudience,
    MailchimpConnection,
    MailchimpInterest,
    MailchimpSegment,
)

TOO_LONG_AGO = timedelta(hours=1)


@dataclass(frozen=True)
class Standing:
    """Whether something of Mailchimp's works, in a sentence with the mend."""

    is_well: bool
    words: str


def standing() -> Standing:
    """Say where the connection stands."""
    connection = MailchimpConnection.objects.first()
    if not settings.MAILCHIMP_API_KEY:
        return Standing(False, NotSetUp.sentence)
    if connection is None:
        return Standing(False, "Mailchimp has not been asked yet. The worker asks within a minute of its start.")
    if connection.looked_at < timezone.now() - TOO_LONG_AGO:
        words = f"Mailchimp was last asked on {_moment(connection.looked_at)}. Ask whoever runs this site to see why."
        return Standing(False, words)
    if connection.problem:
        return Standing(False, connection.problem)
    return Standing(True, f"The connection stands. Mailchimp last answered on {_moment(connection.looked_at)}.")


def audiences() -> QuerySet[MailchimpAudience]:
    """Return the audiences that are there, with their segments and interests that are there, and their webhooks."""
    return MailchimpAudience.objects.filter(is_gone=False).prefetch_related(
        Prefetch("segments", MailchimpSegment.objects.filter(is_gone=False)),
        Prefetch("interests", MailchimpInterest.objects.filter(is_gone=False)),
        "webhooks",
    )


def webhook_standing(audience: MailchimpAudience) -> Standing:
    """Say whether Mailchimp tells us what the members of ``audience`` do."""
    newest = next(iter(audience.webhooks.all()), None)
    if newest is None:
        return Standing(False, "Not set up: this site does not hear who unsubscribes at Mailchimp.")
    if newest.problem:
        return Standing(False, newest.problem)
    if newest.made_at is None:
        return Standing(False, "Being set up. Look again in a minute.")
    return Standing(True, f"Set up on {_moment(newest.made_at)}.")


def _moment(moment: datetime) -> str:
    return date_format(localtime(moment), "j F Y, H:i")
