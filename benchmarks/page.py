"""Our campaign page, approved: drawn anew against a bare Wagtail page with the same text, kept against drawn anew."""

from datetime import date

from django.conf import settings
from django.test import Client
from wagtail.models import Page

from benchmarks.bare.models import BarePage
from benchmarks.measure import compare
from campaigns.models import Campaign, CampaignIndexPage, CampaignPage
from core.approvals.keeping import publish_laid
from core.languages.trees import in_english
from indicators.models import Objective, Strategy

TEXT = "<h2>What you can do</h2>" + "<p>If you see somebody being abused, stay safe and check on them.</p>" * 12
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def measure() -> None:
    """Print the lines `page` and `page-cached`; every view of ours is counted."""
    index = in_english(CampaignIndexPage.objects).get()
    strategy = Strategy.objects.create(code="bench", title="Bench", starts=date(2026, 1, 1), ends=date(2028, 12, 31))
    objective = Objective.objects.create(strategy=strategy, code="bench", title="Prevention")
    campaign = Campaign.objects.create(
        code="bench", title="Bench", objective=objective, starts=date(2026, 1, 1), ends=date(2027, 1, 1)
    )
    ours = index.add_child(
        instance=CampaignPage(title="Bench", summary="A page.", campaign=campaign, body=[("text", TEXT)], live=True)
    )
    publish_laid(ours)
    # As deep in the tree as ours: Wagtail looks up every level on the way.
    bare_index = Page.objects.get(pk=index.get_parent().pk).add_child(
        instance=BarePage(title="Bare", body=TEXT, live=True)
    )
    peer = bare_index.add_child(instance=BarePage(title="Bare", body=TEXT, live=True))
    client = Client(headers={"user-agent": BROWSER})

    def get(url: str, *, kept_for: int = 0) -> None:
        settings.PAGES_KEPT_FOR = kept_for
        if client.get(url).status_code != 200:
            raise SystemExit(f"{url} did not answer 200, so nothing was measured")

    compare("page", ours=lambda: get(ours.url), peer=lambda: get(peer.url), times=100, unit="pages/s")
    compare(
        "page-cached",
        ours=lambda: get(ours.url, kept_for=300),
        peer=lambda: get(ours.url),
        times=100,
        unit="pages/s",
    )
