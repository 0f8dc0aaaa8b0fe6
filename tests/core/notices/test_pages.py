"""The notice on every public page: kept ones, in each language, and gone at its time by itself."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from core import pagecache
from core.notices.actions import end, put_up
from core.notices.models import UrgentNotice
from tests.pages.test_weight import LARGEST_VISIT, OTHERS, weigh  # noqa: F401  (a fixture)

OWN = (
    "/indicators/",
    "/support/",
    "/search/",
    "/privacy/",
    "/accessibility/",
    "/surveys/local-voice/start/",
    "/nowhere/",
)


def shown(address: str) -> str:
    return Client().get(address, follow=True).content.decode()


def region(html: str) -> str:
    """Return the notice of a page; empty where there is none."""
    return html.partition('aria-labelledby="urgent-notice-')[2].partition("</section>")[0]


@pytest.fixture
def _keeping(settings):
    settings.PAGES_KEPT_FOR = 300
    cache.clear()
    yield
    cache.clear()


def test_it_stands_above_the_content_of_every_page_of_ours_errors_too(notice):
    pages = [page.url for page in Page.objects.live().filter(depth__gt=1)]
    for address in [*pages, *OWN]:
        html = shown(address)
        assert "Attack in Dewsbury" in region(html) or "ڈیوزبری" in region(html), address
        assert html.index('aria-labelledby="urgent-notice-') < html.index('<main id="main"')
        assert 'role="alert"' not in region(html)


def test_a_language_shows_its_own_words_and_another_the_english_ones_marked_so(notice):
    urdu, polish = region(shown("/ur/campaigns/")), region(shown("/pl/campaigns/"))
    assert '<h2 id="urgent-notice-ur">ڈیوزبری میں حملہ</h2>' in urdu
    assert "دور رہیں۔" in urdu  # noqa: RUF001  (Urdu's own full stop)
    assert '<h2 id="urgent-notice-en" lang="en" dir="ltr">Attack in Dewsbury</h2>' in polish
    assert "To ogłoszenie jest po angielsku." in polish
    assert "This notice is in English." not in region(shown("/campaigns/"))


def test_it_leads_to_the_services_chosen_and_says_which_are_old(notice, service):
    assert '<a href="tel:0800000000">' in region(shown("/"))
    service.last_checked = timezone.localdate() - timedelta(days=200)
    service.review_by = timezone.localdate() - timedelta(days=10)
    service.save()
    assert "not checked since" in region(shown("/"))


def test_what_is_typed_is_words_and_never_markup(notice):
    notice.heading, notice.text = "<b>A</b>", "<script>x</script> call 0800 000 000"
    notice.save()
    assert "&lt;b&gt;A&lt;/b&gt;" in region(shown("/"))
    assert "<script>" not in region(shown("/"))


def test_a_first_visit_stays_light_with_the_longest_notice(notice, weigh):  # noqa: F811
    notice.heading, notice.text = "w" * 80, "Words of all kinds, none alike 0123456789. " * 6
    notice.save()
    visits = {address: weigh(address)[0] for address in ["/", "/ur/", *OTHERS]}
    assert {address: weight for address, weight in visits.items() if weight > LARGEST_VISIT} == {}


@pytest.mark.usefixtures("_keeping")
def test_a_kept_page_shows_a_notice_at_once_and_loses_it_when_it_is_ended(
    martha, service, django_capture_on_commit_callbacks
):
    assert region(shown("/campaigns/")) == region(shown("/campaigns/")) == ""
    with django_capture_on_commit_callbacks(execute=True):
        put_up(
            words={"en": ("Attack", "Away.")}, services=[service], ends=timezone.now() + timedelta(hours=1), by=martha
        )
    assert "Attack" in region(shown("/campaigns/"))
    with django_capture_on_commit_callbacks(execute=True):
        end(by=martha)
    assert region(shown("/campaigns/")) == ""


@pytest.mark.usefixtures("_keeping")
def test_a_kept_page_loses_it_at_its_time_without_anybody_doing_anything(notice, settings):
    # Redis has a clock of its own, which a test cannot move.
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    with time_machine.travel(notice.ends - timedelta(seconds=20), tick=False) as clock:
        fresh = Client().get("/campaigns/")
        assert fresh["Cache-Control"] == "no-cache"
        assert "Attack" in region(fresh.content.decode())
        clock.shift(18)
        assert "Attack" in region(shown("/campaigns/"))
        clock.shift(3)
        assert region(shown("/campaigns/")) == ""
    assert UrgentNotice.objects.get().is_on  # nobody wrote anything: the time alone ended it


@pytest.mark.usefixtures("_keeping")
def test_a_page_with_a_notice_that_ends_far_off_is_kept_as_long_as_any_other(notice, monkeypatch):
    lengths = []
    keep = cache.set

    def note(key, value, *rest, **options):
        if isinstance(value, pagecache.Kept):
            lengths.append(rest[0])
        keep(key, value, *rest, **options)

    monkeypatch.setattr(pagecache.cache, "set", note)
    shown("/campaigns/")
    assert lengths == [300]


def test_what_a_process_remembers_ends_with_it_too(notice, settings, monkeypatch):
    settings.REMEMBERED_FOR = 60
    monkeypatch.setattr("core.remembering.connection", SimpleNamespace(in_atomic_block=False))
    pagecache.renew()
    with time_machine.travel(notice.ends - timedelta(seconds=2), tick=False) as clock:
        assert "Attack" in region(shown("/support/"))
        clock.shift(3)
        assert region(shown("/support/")) == ""
