"""Campaigns and their pages."""

from datetime import date

from wagtail.models import Page, Site

from campaigns.actions import start_campaign
from campaigns.models import Campaign, CampaignIndexPage, CampaignPage
from core.models import User
from home.models import HomePage
from indicators.models import Objective, Strategy


def make_objective(code: str = "prevention", title: str = "Prevention") -> Objective:
    """Return an objective of the one strategy that tests use."""
    strategy, _ = Strategy.objects.get_or_create(
        code="strategy", defaults={"title": "The strategy", "starts": date(2024, 4, 1), "ends": date(2028, 3, 31)}
    )
    return Objective.objects.get_or_create(strategy=strategy, code=code, defaults={"title": title})[0]


def make_home() -> HomePage:
    """Return a home page that the site's address leads to."""
    page = HomePage(title="Home", slug="home-page", summary="Welcome.")
    Page.get_first_root_node().add_child(instance=page)
    Site.objects.update(root_page=page)
    return page


def make_campaign_index(home: Page) -> CampaignIndexPage:
    """Return the live list of campaigns under ``home``."""
    index = CampaignIndexPage(title="Campaigns", slug="campaigns", summary="What we say and do.")
    return home.add_child(instance=index)


def unsaved_campaign(
    code: str = "no-place",
    *,
    starts: date = date(2026, 10, 10),
    ends: date = date(2026, 10, 17),
    title: str = "",
    objective: Objective | None = None,
) -> Campaign:
    """Return a campaign that nothing keeps yet."""
    return Campaign(
        code=code,
        title=title or f"Campaign {code}",
        objective=objective or make_objective(),
        aim="Everybody knows where to turn.",
        starts=starts,
        ends=ends,
    )


def make_draft_page(code: str = "no-place", *, by: User | None = None, **fields) -> CampaignPage:
    """Return the draft page of a new campaign, started the way the admin starts one."""
    return start_campaign(by=by, campaign=unsaved_campaign(code, **fields))


def make_live_page(code: str = "no-place", **fields) -> CampaignPage:
    """Return the live page of a new campaign."""
    page = make_draft_page(code, **fields)
    page.get_latest_revision().publish()
    return CampaignPage.objects.get(pk=page.pk)
