"""The pages that every site begins with."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from campaigns.models import CampaignIndexPage
from core.approvals.keeping import publish_laid
from core.languages.trees import in_english
from events.models import EventIndexPage
from home.models import HomePage
from schools.models import SchoolsIndexPage
from surveys.models import SurveyIndexPage

HOME_WORDS = {
    "title": "Standing together against hate",
    "summary": "What is on, lessons for schools, surveys that hear you, and who can help.",
}
# (model, slug, title, summary): the fixed addresses that the navigation leads to.
PARTS: tuple[tuple[Any, str, str, str], ...] = (
    (CampaignIndexPage, "campaigns", "Campaigns", "What we are saying together, and how you can take part."),
    (SchoolsIndexPage, "schools", "Schools", "Lesson packs to teach with, free to download."),
    (EventIndexPage, "events", "Events", "Where people meet: what is coming, and where."),
    (SurveyIndexPage, "surveys", "Surveys", "Say how safe you feel and what should change. Nobody asks your name."),
)


@transaction.atomic
def lay_tree() -> HomePage:
    """Give the site its home page and the pages that list things; leave whatever stands already as it is."""
    home = in_english(HomePage.objects).first() or _make_home()
    for model, slug, title, summary in PARTS:
        if not model.objects.exists():
            publish_below(home, model(slug=slug, title=title, summary=summary))
    return home


def publish_below(parent: Page, page: Page) -> Page:
    """Add ``page`` under ``parent`` and publish it: an act of the system, with no author."""
    parent.refresh_from_db()
    parent.add_child(instance=page)
    publish_laid(page)
    return page


def _make_home() -> HomePage:
    """Make the home page, point the site to it, and take Wagtail's welcome page away."""
    root = Page.get_first_root_node()
    welcome = root.get_children().filter(slug="home", content_type__model="page").first()
    if welcome:
        Page.objects.filter(pk=welcome.pk).update(slug="welcome")
    home = HomePage(slug="home", locale=Locale.get_default(), **HOME_WORDS)
    publish_below(root, home)
    _point_site_to(home)
    if welcome:
        Page.objects.get(pk=welcome.pk).delete()
    return HomePage.objects.get(pk=home.pk)


def _point_site_to(home: HomePage) -> None:
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": address.hostname or "localhost",
            "port": port,
            "root_page": home,
            "site_name": settings.WAGTAIL_SITE_NAME,
        },
    )
