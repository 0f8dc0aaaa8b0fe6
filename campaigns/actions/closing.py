"""Closing a campaign once it is over, and opening it again; what a closed one refuses."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from campaigns.models import Campaign
from campaigns.queries.closing import what_is_on_its_way
from core.models import User

REOPENS = "campaigns.reopen_campaign"


class ClosedCampaignError(ValidationError):
    """The campaign is closed, so its plan, its placements and its pages stay as they are."""


def refuse_if_closed(campaign: Campaign) -> None:
    """Refuse whatever would change ``campaign``, its plan, its placements or its pages once it is closed.

    The row is read anew, and locked inside a transaction: nobody closes it between the question and the change.

    Raises:
        ClosedCampaignError: it is closed.
    """
    if sentence := _rows().get(pk=campaign.pk).why_not_change():
        raise ClosedCampaignError(sentence, code="closed")


@transaction.atomic
def close_campaign(*, campaign: Campaign, by: User) -> Campaign:
    """Close ``campaign``: from now on it is only evaluated. Its page stays where it is.

    Raises:
        ValidationError: it is closed already, or one of its pages waits for approval or for its time.
    """
    campaign = _rows().get(pk=campaign.pk)
    if campaign.is_closed:
        raise ValidationError("This campaign is closed already.", code="closed")
    if pages := what_is_on_its_way(campaign):
        raise ValidationError(pages, code="on_its_way")
    campaign.closed_on, campaign.closed_by = timezone.localdate(), by
    campaign.save(update_fields=["closed_on", "closed_by"])
    log(instance=campaign, action="campaigns.close", user=by)
    return campaign


@transaction.atomic
def reopen_campaign(*, campaign: Campaign, by: User, reason: str) -> Campaign:
    """Let a closed campaign be changed again, and keep the reason in its history.

    Raises:
        PermissionDenied: ``by`` may not.
        ValidationError: it is not closed.
    """
    if not by.has_perm(REOPENS):
        raise PermissionDenied("Only a manager opens a closed campaign again.")
    campaign = _rows().get(pk=campaign.pk)
    if not campaign.is_closed:
        raise ValidationError("This campaign is not closed.", code="not_closed")
    campaign.closed_on = campaign.closed_by = None
    campaign.save(update_fields=["closed_on", "closed_by"])
    log(instance=campaign, action="campaigns.reopen", user=by, data={"reason": reason})
    return campaign


def _rows() -> QuerySet[Campaign]:
    rows = Campaign.objects.all()
    return rows.select_for_update() if connection.in_atomic_block else rows
