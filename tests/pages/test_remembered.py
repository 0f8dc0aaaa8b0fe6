"""What many pages share, remembered by a process: drawn as if it were asked anew, and never behind a change."""

import json
import subprocess
import sys
from types import SimpleNamespace

import pytest
import time_machine
from django.conf import settings as site_settings
from django.test import Client
from wagtail.models import Locale, Page, PageViewRestriction, Site

from core import pagecache
from core.languages.models import CatalogueCheck
from core.languages.queries import catalogue_digest
from core.models import CouncilSettings, Organisation
from core.remembering import remembered
from home.models import HomePage
from home.setup import lay_tree
from tests.factories.campaigns import make_live_page
from tests.factories.schools import make_pack, make_pack_page

ADDRESSES = ("/", "/campaigns/no-place/", "/accessibility/")


@pytest.fixture(autouse=True)
def _remembering(settings, monkeypatch):
    """Remember, as a site does that people visit: the transaction around a test stands for none."""
    settings.REMEMBERED_FOR = 60
    monkeypatch.setattr("core.remembering.connection", SimpleNamespace(in_atomic_block=False))
    pagecache.renew()


@pytest.fixture
def site(db) -> Page:
    """Lay a site in every language, with a campaign and a lesson pack of it."""
    home = lay_tree()
    council = CouncilSettings.for_site(Site.objects.get())
    council.council_name = "Kirklees Council"
    council.save()
    campaign = make_live_page(title="No place for hate").campaign
    pack = make_pack_page(make_pack(code="words", title="Words that hurt", campaign=campaign))
    pack.save_revision().publish()  # and so it has its place in every language
    pagecache.renew()
    return home


@pytest.fixture
def committing(django_capture_on_commit_callbacks):
    """Return a function that does something and has it committed."""

    def commit(act) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            act()

    return commit


def shown(address: str, **headers: str) -> str:
    response = Client(headers=headers).get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def everywhere() -> dict[str, str]:
    """Return what stands at some addresses in every language, each read once and then again."""
    prefixes = ("", "/ur", "/gu", "/pl")
    places = [prefix + address for address in ADDRESSES for prefix in prefixes]
    return {place: shown(place) for place in [*places, *reversed(places)]}


def test_what_is_remembered_looks_as_if_it_were_drawn_anew_at_every_address_in_every_language(site, settings):
    from_memory = everywhere()
    settings.REMEMBERED_FOR = 0
    assert everywhere() == from_memory


def test_a_second_page_asks_for_nothing_that_it_shares_with_the_first(site, client, django_assert_num_queries):
    client.get("/schools/words/")
    # The way to the page, itself, whether it is closed, its approval; and what campaigns share: the way back (3), and
    # whether people can sign up for news.
    with django_assert_num_queries(10):
        html = client.get("/campaigns/no-place/").content.decode()
    assert "Run by Kirklees Council." in html
    assert 'href="/schools/words/">Words that hurt' in html


def rename_the_council() -> None:
    council = CouncilSettings.for_site(Site.objects.get())
    council.council_name = "Another council"
    council.save()


def test_a_change_to_the_council_stands_on_every_page_at_once(site, committing):
    assert all("Kirklees Council" in shown(address) for address in ADDRESSES)
    committing(rename_the_council)
    assert [address for address in ADDRESSES if "Kirklees Council" in shown(address)] == []


def test_words_are_called_unchecked_until_a_check_is_recorded(site, make_user, committing):
    warning = "have not yet been checked by a speaker"
    assert warning in shown("/ur/campaigns/")
    checker = Organisation.objects.create(code="speakers", name="Speakers")
    committing(
        lambda: CatalogueCheck.objects.create(language="ur", digest=catalogue_digest("ur"), organisation=checker)
    )
    assert warning not in shown("/ur/campaigns/")
    assert warning in shown("/gu/campaigns/")


def pack_page() -> Page:
    return Page.objects.get(slug="words", locale__language_code="en").specific


def close() -> None:
    PageViewRestriction.objects.create(page=pack_page(), restriction_type=PageViewRestriction.LOGIN)


def rename() -> None:
    page = pack_page()
    page.title = "Words that heal"
    page.save_revision().publish()


@pytest.mark.parametrize(
    "change",
    [close, rename, lambda: pack_page().unpublish(), lambda: pack_page().delete()],
    ids=["closed", "renamed", "taken down", "deleted"],
)
def test_a_page_that_is_closed_or_gone_is_named_beside_no_other(site, committing, change):
    assert all("Words that hurt" in shown(f"{place}/campaigns/no-place/") for place in ("", "/ur"))
    committing(change)
    assert [place for place in ("", "/ur") if "Words that hurt" in shown(f"{place}/campaigns/no-place/")] == []


def test_a_list_that_gets_another_address_takes_the_pages_below_it_along_at_once(site, client, committing):
    def move() -> None:
        page = Page.objects.get(slug="campaigns", locale__language_code="en").specific
        page.slug = "what-we-say"
        page.save_revision().publish()

    shown("/campaigns/no-place/")
    committing(move)
    assert "No place for hate" in shown("/what-we-say/no-place/")
    assert client.get("/campaigns/no-place/").status_code == 301


def test_whether_a_page_is_closed_is_never_remembered(site, client):
    shown("/schools/words/")
    restriction = PageViewRestriction(page=pack_page(), restriction_type=PageViewRestriction.LOGIN)
    PageViewRestriction.objects.bulk_create([restriction])  # tells nobody: the version of the site stays
    assert client.get("/schools/words/").status_code == 302
    assert client.get("/ur/schools/words/").status_code == 302


def test_two_sites_of_one_installation_each_show_their_own_council(site, settings):
    other_home = site.get_parent().add_child(
        instance=HomePage(title="Other", slug="other", summary="Other.", locale=Locale.get_default())
    )
    other = Site.objects.create(hostname="other.example.org", port=80, root_page=other_home)
    CouncilSettings.objects.create(site=other, council_name="Calderdale Council")
    pagecache.renew()
    for _ in range(2):
        assert "Run by Kirklees Council." in shown("/indicators/")
        assert "Run by Calderdale Council." in shown("/indicators/", host="other.example.org")


WORKER = """
import json, sys
from django.conf import settings
settings.configure(CACHES=json.loads(sys.argv[1]))
from core import pagecache
pagecache.renew()
"""


def test_what_another_process_changes_is_seen_by_this_one(site):
    shown("/campaigns/")
    CouncilSettings.objects.update(council_name="Another council")  # sends no signal, as if it were not done here
    assert "Kirklees Council" in shown("/campaigns/")
    stores = json.dumps(site_settings.CACHES, default=str)
    subprocess.run([sys.executable, "-c", WORKER, stores], check=True, cwd=site_settings.REPOSITORY)
    assert "Run by Another council." in shown("/campaigns/")


@pytest.fixture
def made(db, rf):
    """Return a function that asks for a thing and gives how often it has been made so far."""
    times = []

    def ask() -> int:
        remembered("a thing", lambda: times.append(None), request=rf.get("/"))
        return len(times)

    return ask


def test_a_thing_is_made_once(made):
    assert [made(), made()] == [1, 1]


def test_inside_a_transaction_nothing_is_remembered_or_recalled(made, monkeypatch):
    made()
    monkeypatch.setattr("core.remembering.connection", SimpleNamespace(in_atomic_block=True))
    assert [made(), made()] == [2, 3]
    monkeypatch.setattr("core.remembering.connection", SimpleNamespace(in_atomic_block=False))
    assert made() == 3


def test_without_a_cache_that_answers_nothing_is_remembered(made, monkeypatch):
    monkeypatch.setattr("core.pagecache.version", lambda: None)
    assert [made(), made()] == [1, 2]


def test_a_thing_is_forgotten_after_a_minute_and_at_midnight(made, monkeypatch):
    clock = SimpleNamespace(monotonic=lambda: clock.now, now=1000.0)
    monkeypatch.setattr("core.remembering.time", clock)
    with time_machine.travel("2026-03-28 23:59:59Z", tick=False):
        made()
        clock.now += 60
        assert made() == 1
        clock.now += 1
        assert [made(), made()] == [2, 2]
    with time_machine.travel("2026-03-29 00:00:00Z", tick=False):
        assert [made(), made()] == [3, 3]


def test_what_fails_is_not_remembered(db, rf):
    def fail() -> None:
        raise RuntimeError

    for _ in range(2):
        with pytest.raises(RuntimeError):
            remembered("a thing", fail, request=rf.get("/"))
    assert remembered("a thing", lambda: "made", request=rf.get("/")) == "made"
