"""A page in other versions, and pages about getting help."""

import pytest
from django.core.files.base import ContentFile
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.rich_text import RichText

from core.approvals.keeping import publish_laid
from core.blocks import VersionsBlock
from core.models import Document
from home.models import ContentPage
from home.setup import publish_below
from reach.enums import Metric
from reach.models import Count
from tests.factories.campaigns import make_live_page
from tests.home.test_models import content_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

TRANSCRIPT = RichText("<p>Everything that is signed.</p>")
ELSEWHERE = {
    "document": None,
    "address": "https://video.example.org/1",
    "length": "2 minutes",
    "transcript": TRANSCRIPT,
}


def document(name: str) -> Document:
    return Document.objects.create(title=name, file=ContentFile(b"film", name=name))


def check(*versions):
    """Clean a page's versions as its form would."""
    block = VersionsBlock()
    return block.clean(block.normalize(list(versions)))


def test_a_page_offers_its_versions_in_one_line_and_fetches_no_film(home, client):
    easy, page = content_page(home, "easy"), content_page(home, "plain")
    page.versions = [("easy_read", {"page": easy, "document": None}), ("bsl", ELSEWHERE)]
    publish_laid(page)
    html = client.get("/plain/").content.decode()
    assert '<a href="/easy/">Easy Read</a>' in html
    assert '<a href="#bsl">British Sign Language (video)</a>' in html
    assert 'id="bsl"' in html
    assert '<a class="button secondary" href="https://video.example.org/1" rel="noreferrer">' in html
    assert "Everything that is signed." in html
    easy.unpublish()
    assert "/easy/" not in client.get("/plain/").content.decode()


def test_a_campaign_offers_a_film_of_our_own_that_loads_by_a_click(home, client):
    page = make_live_page()
    page.versions = [
        ("easy_read", {"page": None, "document": document("easy.pdf")}),
        ("bsl", ELSEWHERE | {"document": document("film.mp4"), "address": ""}),
    ]
    page.save_revision().publish()
    html = client.get(page.url).content.decode()
    assert 'preload="none"' in html
    assert 'type="video/mp4"' in html
    assert "Easy Read" in html
    assert "(PDF" in html


def test_a_page_without_versions_says_nothing_of_them(home, client):
    content_page(home, "plain")
    assert "This page in" not in client.get("/plain/").content.decode()


@pytest.mark.parametrize(
    "versions",
    [
        [("easy_read", {"page": None, "document": None})],
        [("bsl", ELSEWHERE | {"address": ""})],
        [("bsl", ELSEWHERE | {"transcript": RichText("")})],
        [("bsl", ELSEWHERE), ("bsl", ELSEWHERE)],
    ],
    ids=["neither page nor file", "no film", "no transcript", "two films"],
)
def test_a_version_that_leads_nowhere_is_refused(versions):
    with pytest.raises(StreamBlockValidationError):
        check(*versions)


def test_a_film_that_browsers_do_not_play_and_two_of_one_are_refused(home):
    film = document("film.avi")
    for wrong in (
        ("bsl", ELSEWHERE | {"document": film, "address": ""}),
        ("bsl", ELSEWHERE | {"document": document("film.mp4")}),
        ("easy_read", {"page": home, "document": film}),
    ):
        with pytest.raises(StreamBlockValidationError):
            check(wrong)
    check(("bsl", ELSEWHERE), ("easy_read", {"page": home, "document": None}))


def test_a_page_about_getting_help_lets_people_leave_and_is_counted_kept_and_shared_nowhere(home, client):
    page = ContentPage(slug="how-to-report", title="How to report", summary="Where.", sensitive=True)
    publish_below(home, page)
    person = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}
    for _ in range(2):
        response = client.get("/how-to-report/", headers=person)
        html = response.content.decode()
        assert "no-store" in response["Cache-Control"]
        assert 'href="/exit/"' in html
        assert "og:" not in html
    assert not Count.objects.exists()
    content_page(home, "plain")
    client.get("/plain/", headers=person)
    assert set(Count.objects.values_list("metric", flat=True)) == {Metric.VIEWS, Metric.DAILY_VISITORS}
