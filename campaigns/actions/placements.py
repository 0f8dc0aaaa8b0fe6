"""What is done to placements: they are added, changed, and led elsewhere. None is ever deleted: it may be printed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page, Site

from campaigns.actions.closing import refuse_if_closed
from campaigns.models import Placement, PlacementTarget
from core.languages.trees import in_english
from core.models import User
from core.models.pages import closed_to_some


@transaction.atomic
def add_placement(*, placement: Placement, page: Page, by: User | None) -> Placement:
    """Keep a new ``placement`` that leads to ``page``, both or neither.

    Raises:
        ClosedCampaignError: its campaign is closed.
        ValidationError: a field is wrong, or the page is none of this site's that anybody may read.
    """
    change_placement(placement=placement, by=by)
    lead_to(placement=placement, page=page, by=by)
    return placement


@transaction.atomic
def change_placement(*, placement: Placement, by: User | None) -> Placement:
    """Keep what was changed of ``placement``.

    Raises:
        ClosedCampaignError: its campaign is closed.
        ValidationError: a field is wrong.
    """
    refuse_if_closed(placement.campaign)
    is_new = placement.pk is None
    placement.full_clean()
    placement.save()
    log(
        instance=placement.campaign,
        action="campaigns.keep_placement",
        user=by,
        data={"code": placement.code, "is_new": is_new},
    )
    return placement


@transaction.atomic
def lead_to(*, placement: Placement, page: Page, by: User | None) -> PlacementTarget:
    """Let ``placement`` lead to ``page`` from now on; where it led before stays on record.

    A page of another language's tree stands for the English one: the language is the placement's.

    Raises:
        ClosedCampaignError: its campaign is closed.
        ValidationError: the page is none of this site's that anybody may read.
    """
    refuse_if_closed(placement.campaign)
    goal = in_english(Page.objects.filter(translation_key=page.translation_key)).first()
    refuse_unfit_goal(goal)
    now = placement.targets.first()
    if now is not None and now.page_id == goal.pk:
        return now
    target = PlacementTarget(placement=placement, page=goal, title=goal.get_admin_display_title(), by=by)
    target.full_clean()
    target.save()
    data = {"code": placement.code, "page": target.title}
    log(instance=placement.campaign, action="campaigns.lead_placement", user=by, data=data)
    return target


def refuse_unfit_goal(page: Page | None) -> None:
    """Refuse a page that the site's address does not lead to, or that only some may read.

    Raises:
        ValidationError: beside the field ``page``.
    """
    home = Site.objects.get(is_default_site=True).root_page
    if page is None or not Page.objects.descendant_of(home, inclusive=True).filter(pk=page.pk).exists():
        raise ValidationError({"page": "A placement leads to a page of this site. Choose one of its pages."})
    if Page.objects.filter(closed_to_some(), pk=page.pk).exists():
        raise ValidationError({"page": "Only some people may read this page. Choose one that anybody may read."})
