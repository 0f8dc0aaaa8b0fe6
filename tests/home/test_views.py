"""Support, search, statements, and what robots read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.enums import SupportKind
from core.models import CouncilSettings, Organisation, SupportService, User
from home.models import ContentPage
from home.setup import publish_below
from reach.models import Count
from tests.home.test_models import content_page


@pytest.fixture
def owner(home) -> Organisation:
    return Organisation.objects.create(code="team", name="Strategy team")


def service(owner: Organisation, name: str, **fields) -> SupportService:
    given = {"description": "Listens.", "telephone": "0800 000 000", "last_checked": timezone.localdate()} | fields
    return SupportService.objects.create(name=name, owner=owner, **given)


def text(response) -> str:
    return response.content.decode()


def test_support_lists_emergency_then_reporting_then_support(owner, client):
    service(owner, "A support line")
    service(owner, "Police online", kind=SupportKind.REPORT)
    service(owner, "Ambulance", kind=SupportKind.EMERGENCY)
    html = text(client.get("/support/"))
    assert html.index("Ambulance") < html.index("Police online") < html.index("A support line")
    assert "This site does not take reports" in html
    assert '<a href="tel:999"><bdi dir="ltr">999</bdi></a>' in html


def test_support_shows_age_in_plain_sight(owner, client):
    day = timezone.localdate() - timedelta(days=184)
    service(owner, "Old line", last_checked=day)
    assert f"Not checked since {day:%B %Y}: ring before you travel." in text(client.get("/support/"))


def test_support_is_in_no_visitor_count(owner, client):
    client.get("/support/", headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"})
    assert Count.objects.count() == 0


SUPPORT_QUERIES = 6


def test_support_asks_as_much_for_three_services_as_for_one(owner, client, django_assert_num_queries):
    service(owner, "One")
    client.get("/support/")
    with django_assert_num_queries(SUPPORT_QUERIES):
        client.get("/support/")
    service(owner, "Two")
    service(owner, "Three", kind=SupportKind.REPORT)
    with django_assert_num_queries(SUPPORT_QUERIES):
        client.get("/support/")


def test_privacy_prints_what_the_code_declares(home, client):
    html = text(client.get("/privacy/"))
    assert "<h3>Staff accounts</h3>" in html
    assert User.Privacy.retention in html
    assert "Messages on their way" in html
    assert "Do not count my visits" in html


def test_accessibility_statement_says_who_answers_for_it_and_when_it_was_prepared(home, client):
    council = CouncilSettings.for_site(home.get_site())
    council.council_name, council.contact_email = "Anytown Council", "web@example.org"
    council.accessibility_prepared = timezone.localdate().replace(month=3, day=4)
    council.save()
    html = text(client.get("/accessibility/"))
    assert "Anytown Council" in html
    assert "mailto:web@example.org" in html
    assert f"prepared on 4 March {timezone.localdate().year}" in html
    assert "Equality and Human Rights Commission" in html


def test_accessibility_statement_admits_that_nobody_reviewed_it(home, client):
    assert "has not been reviewed by the council yet" in text(client.get("/accessibility/"))


def test_sitemap_lists_live_pages_and_no_draft(home, client):
    content_page(home, "open")
    publish_below(home, ContentPage(slug="closed", title="Closed", summary="s")).unpublish()
    past = timezone.now() - timedelta(seconds=1)
    publish_below(home, ContentPage(slug="closing", title="Closing", summary="s", expire_at=past))
    xml = text(client.get("/sitemap.xml"))
    assert "http://testserver/open/</loc>" in xml
    assert "/support/" not in xml
    assert "closed" not in xml
    assert "closing" not in xml


def test_a_demonstration_is_in_no_index(home, client):
    council = CouncilSettings.for_site(home.get_site())
    council.demonstration = True
    council.save()
    assert "<loc>" not in text(client.get("/sitemap.xml"))
    assert "Disallow: /\n" in text(client.get("/robots.txt"))
    html = text(client.get("/"))
    assert '<meta name="robots" content="noindex">' in html
    assert "This is a demonstration." in html


def test_robots_are_kept_from_the_admin_short_links_and_search_alone(home, client):
    assert text(client.get("/robots.txt")).splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /go/",
        "Disallow: /search/",
        "Sitemap: http://testserver/sitemap.xml",
    ]
