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
    assert f"Not checked since {day:%-d %B %Y}." in text(client.get("/support/"))


def test_support_is_in_no_visitor_count(owner, client):
    client.get("/support/", headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"})
    assert Count.objects.count() == 0


SUPPORT_QUERIES = 3


def test_support_asks_as_much_for_three_services_as_for_one(owner, client, django_assert_num_queries):
    service(owner, "One")
    client.get("/support/")
    with django_assert_num_queries(SUPPORT_QUERIES):
        client.get("/support/")
    service(owner, "Two")
    service(owner, "Three", kind=SupportKind.REPORT)
    with django_assert_num_queries(SUPPORT_QUERIES):
        client.get("/support/")


def test_search_finds_pages_and_services_and_says_what_they_are(owner, client):
    found = service(owner, "Lantern helpline")
    content_page(owner_home(), "lantern")
    html = text(client.get("/search/", {"q": "lantern"}))
    assert "2 results for “lantern”" in html
    assert f'<a href="/support/#service-{found.pk}">Lantern helpline</a>' in html
    assert '<a href="/lantern/">Page lantern</a>' in html
    assert "Support service</p>" in html
    assert "Information</p>" in html


def owner_home():
    from home.models import HomePage

    return HomePage.objects.get()


def test_search_shows_no_draft(home, client):
    home.add_child(instance=ContentPage(slug="secret", title="Secret lantern", summary="s", live=False))
    assert "Nothing found for “lantern”" in text(client.get("/search/", {"q": "lantern"}))


def test_search_falls_back_to_some_of_the_words(home, client):
    content_page(home, "lantern")
    html = text(client.get("/search/", {"q": "lantern unheard"}))
    assert "Nothing has all of these words. These have some of them." in html
    assert "Page lantern" in html


@pytest.mark.parametrize(
    "typed",
    [
        '"', '"""((', "'", "*", "a*", "AND", "NOT x", "a OR", "NEAR(", "-", "--", "%", "_", "\\", ":", "title:x", "^a",
        "{}", "{{ 7 }}", "<script>alert(1)</script>", "😀", "ہیلو", "a" * 10_000, "word " * 2_000,
        " ", "", "'; DROP", "&", "|", "!",
    ],
)  # fmt: skip
def test_search_answers_whatever_is_typed(home, client, typed):
    response = client.get("/search/", {"q": typed})
    assert response.status_code == 200
    assert "<script>alert" not in text(response)


def test_search_for_nul_is_refused_with_a_page(home, client):
    response = client.get("/search/?q=a%00b")
    assert response.status_code == 400
    assert "<h1>We could not understand that</h1>" in text(response)


@pytest.mark.parametrize("number", ["0", "-1", "999999999999999999999", "two", "", "1e9", "😀", "1;2"])
def test_search_survives_any_page_number(home, client, number):
    content_page(home, "lantern")
    assert "Page lantern" in text(client.get("/search/", {"q": "lantern", "page": number}))


def test_search_pages_hold_ten_and_keep_the_words(home, client):
    for number in range(11):
        content_page(home, f"lantern-{number}")
    html = text(client.get("/search/", {"q": "page lantern"}))
    assert html.count('<p class="meta">Information</p>') == 10
    assert 'href="?q=page+lantern&amp;page=2"' in html


def test_search_is_in_no_index(home, client):
    assert '<meta name="robots" content="noindex">' in text(client.get("/search/"))


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
    xml = text(client.get("/sitemap.xml"))
    assert "http://testserver/open/</loc>" in xml
    assert "http://testserver/support/</loc>" in xml
    assert "closed" not in xml


def test_a_demonstration_is_in_no_index(home, client):
    council = CouncilSettings.for_site(home.get_site())
    council.demonstration = True
    council.save()
    assert "<loc>" not in text(client.get("/sitemap.xml"))
    assert "Disallow: /\n" in text(client.get("/robots.txt"))
    html = text(client.get("/"))
    assert '<meta name="robots" content="noindex">' in html
    assert "This is a demonstration." in html


def test_robots_are_kept_from_the_admin_and_search_alone(home, client):
    assert text(client.get("/robots.txt")).splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/",
        "Sitemap: http://testserver/sitemap.xml",
    ]
