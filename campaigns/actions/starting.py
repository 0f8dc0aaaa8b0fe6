"""A new campaign, and the draft of its page."""

from django.db import transaction
from wagtail.models import Page

from campaigns.models import Campaign, CampaignIndexPage, CampaignPage
from core.languages.trees import in_english
from core.models import User


class NoCampaignIndexError(Exception):
    """There is no list of campaigns under which a page could stand."""


@transaction.atomic
def start_campaign(*, by: User | None, campaign: Campaign) -> CampaignPage:
    """Keep a new ``campaign`` and make the draft of its page, both or neither; ``by`` is the draft's author.

    Raises:
        ValidationError: a field of the campaign, or its short name as the page's address, is wrong or taken.
        NoCampaignIndexError: the site has no list of campaigns yet.
    """
    index = in_english(CampaignIndexPage.objects).first()
    if index is None:
        raise NoCampaignIndexError
    campaign.full_clean()
    campaign.save()
    page = CampaignPage(
        title=campaign.title, slug=campaign.code, summary=campaign.aim, campaign=campaign, owner=by, live=False
    )
    index.add_child(instance=page)
    page.save_revision(user=by, log_action="wagtail.create")
    return page


def address_is_taken(code: str) -> bool:
    """Tell whether another page under the list of campaigns already stands at the address ``code``."""
    index = in_english(CampaignIndexPage.objects).first()
    return index is not None and Page.objects.child_of(index).filter(slug=code).exists()
