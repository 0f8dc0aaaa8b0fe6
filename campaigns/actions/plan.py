"""Changing a plan."""

from django.db import transaction
from django.forms.models import BaseModelFormSet
from wagtail.log_actions import log

from campaigns.actions.closing import refuse_if_closed
from campaigns.models import Campaign
from core.models import User


@transaction.atomic
def save_plan_rows(*, campaign: Campaign, rows: BaseModelFormSet, kind: str, by: User) -> None:
    """Keep the ``rows`` of one ``kind`` in the plan of ``campaign``, all or none, and log who did.

    Raises:
        ClosedCampaignError: the campaign is closed, so its plan stays as it is.
    """
    refuse_if_closed(campaign)
    rows.save()
    log(instance=campaign, action="wagtail.edit", user=by, data={"plan": kind})
