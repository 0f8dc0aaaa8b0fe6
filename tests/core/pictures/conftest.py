"""A picture on every place of an approved page."""

import pytest

from campaigns.models import CampaignPage
from core.approvals.keeping import publish_laid
from core.models import Image
from home.setup import lay_tree
from tests.factories.campaigns import make_draft_page
from tests.factories.pictures import picture


@pytest.fixture
def held() -> Image:
    """Return the picture."""
    return picture("Hands", credit="By the council")


def show(page: CampaignPage, shown: Image) -> None:
    """Put ``shown`` on every place of ``page``, in memory."""
    page.hero_image = page.social_image = shown
    page.hero_alternative_text = "Two hands."
    block = {"image": shown.pk, "alternative_text": "Two hands, again.", "decorative": False, "caption": "Ann and Bo."}
    waves = block | {"alternative_text": "", "decorative": True, "caption": ""}
    stream = page.body.stream_block
    page.body = stream.to_python(
        [
            {"type": "quotation", "value": {"quotation": "We belong.", "who": "A teacher"}},
            {"type": "picture", "value": block},
            {"type": "picture", "value": waves},
        ]
    )


@pytest.fixture
def page(officer, manager, held) -> CampaignPage:
    """Return a live approved page that holds the picture in four places."""
    lay_tree()
    page = make_draft_page("hands", by=officer)
    show(page, held)
    publish_laid(page)
    return CampaignPage.objects.get(pk=page.pk)
