"""What counting costs: our campaign page with its views and visitors counted, against the same page without."""

from datetime import date

from django.conf import settings
from django.test import Client

from benchmarks.measure import compare
from benchmarks.page import BROWSER, TEXT
from campaigns.models import Campaign, CampaignIndexPage, CampaignPage
from core.approvals.keeping import publish_laid
from core.languages.trees import in_english
from indicators.models import Objective, Strategy
from reach.actions.waiting import write_waiting
from reach.models import Count

ASKED_NOT_TO_BE = {"user-agent": BROWSER, "dnt": "1"}


def measure() -> None:
    """Print the lines `reach-cost` (the page drawn anew) and `reach-cost-cached` (the page kept, which costs less)."""
    url = _page().url
    visitor, objecting = Client(headers={"user-agent": BROWSER}), Client(headers=ASKED_NOT_TO_BE)

    def get(client: Client, *, kept_for: int) -> None:
        settings.PAGES_KEPT_FOR = kept_for
        if client.get(url).status_code != 200:
            raise SystemExit(f"{url} did not answer 200, so nothing was measured")

    for name, kept_for, times in (("reach-cost", 0, 60), ("reach-cost-cached", 300, 400)):
        compare(
            name,
            ours=lambda kept_for=kept_for: get(visitor, kept_for=kept_for),  # type: ignore[misc]
            peer=lambda kept_for=kept_for: get(objecting, kept_for=kept_for),  # type: ignore[misc]
            times=times,
            unit="pages/s",
        )
    _see_that_it_was_counted()


def _page() -> CampaignPage:
    strategy = Strategy.objects.create(code="cost", title="Cost", starts=date(2026, 1, 1), ends=date(2028, 12, 31))
    objective = Objective.objects.create(strategy=strategy, code="cost", title="Prevention")
    campaign = Campaign.objects.create(
        code="cost", title="Cost", objective=objective, starts=date(2026, 1, 1), ends=date(2027, 1, 1)
    )
    page = CampaignPage(title="Cost", summary="A page.", campaign=campaign, body=[("text", TEXT)], live=True)
    in_english(CampaignIndexPage.objects).get().add_child(instance=page)
    publish_laid(page)
    return page


def _see_that_it_was_counted() -> None:
    write_waiting()
    # One to warm up and seven rounds, of each of the two.
    views = sum(Count.objects.filter(campaign_code="cost", metric="views").values_list("quantity", flat=True))
    if views != 2 + 7 * (60 + 400):
        raise SystemExit(f"{views} views were counted, so what was measured is not counting")
