"""Where a campaign stands, from its draft to its evaluation. Worked out from what there is; no row keeps it."""

from typing import Any

from django.db.models import Case, Exists, OuterRef, Value, When

from campaigns.enums import ReviewState, Stage
from campaigns.models import Campaign, CampaignPage, CampaignQuerySet, Evaluation


def with_stages(campaigns: CampaignQuerySet) -> CampaignQuerySet:
    """Return ``campaigns`` each with its ``stage``, without a query of its own for any."""
    pages = CampaignPage.objects.filter(campaign=OuterRef("pk"), alias_of=None)
    is_out = Exists(pages.filter(live=True))
    is_approved = Exists(pages.annotate_approved_schedule().filter(_approved_schedule=True))
    is_evaluated = Exists(Evaluation.objects.filter(campaign=OuterRef("pk"), state=ReviewState.APPROVED))
    return campaigns.annotate(
        stage=Case(
            When(is_evaluated, closed_on__isnull=False, then=Value(Stage.EVALUATED)),
            When(closed_on__isnull=False, then=Value(Stage.CLOSED)),
            When(is_out, then=Value(Stage.LIVE)),
            When(is_approved, then=Value(Stage.APPROVED)),
            default=Value(Stage.DRAFT),
        )
    )


def stage_of(campaign: Campaign) -> Stage:
    """Return where ``campaign`` stands now."""
    found: Any = with_stages(Campaign.objects.filter(pk=campaign.pk)).get()
    return Stage(found.stage)
