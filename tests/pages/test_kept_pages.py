"""Pages kept for anonymous visitors: the same as fresh ones, counted all the same, never behind what was published."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, Page, PageViewRestriction, Site, get_page_models

from core import pagecache
from core.caches import PatientFileCache, PatientRedisCache
from core.models import CouncilSettings, Image, Organisation, SupportService
from core.tasks import publish_scheduled
from events.actions import amend
from home.models import ContentPage
from indicators.actions import enter
from indicators.charts import draw_for
from indicators.models import Definition
from indicators.registry import Reading
from reach.models import Count
from schools.actions import classify
from surveys.actions import close_wave, open_wave
from surveys.models import Response
from tests.factories.campaigns import make_live_page
from tests.factories.surveys import make_wave

PERSON = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


@pytest.fixture(autouse=True)
def _keeping(settings):
    """Keep pages, as a site does that people visit, from an empty cache on."""
    settings.PAGES_KEPT_FOR = 300
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def site(laid_pages, db) -> None:
    """Have a page of every kind, and the settings that the first page which asks for them would make."""
    CouncilSettings.for_site(Site.objects.get())


def is_kept(response) -> bool:
    """Tell whether the cache answered, or has the answer now."""
    return response["Cache-Control"] == "no-cache" if "Cache-Control" in response else False


def test_every_public_page_is_answered_again_without_asking_the_database_anything(
    site, client, django_assert_num_queries
):
    pages = Page.objects.live().filter(depth__gt=1).specific()
    assert {type(page) for page in pages} == set(get_page_models()) - {Page}
    # What is in no visitor count, surveys above all, is in no cache either.
    counted = [page.url for page in pages if page.counted_as()]
    for address in [*counted, "/indicators/", "/indicators/B5/", "/accessibility/"]:
        fresh = client.get(address)
        with django_assert_num_queries(0):
            kept = client.get(address)

        assert (kept.status_code, kept.content) == (200, fresh.content), address
        assert {**kept.headers, "X-Request-ID": ""} == {**fresh.headers, "X-Request-ID": ""}, address
        assert (kept["Cache-Control"], kept.cookies) == ("no-cache", {}), address
        assert "Content-Security-Policy" in kept
        assert "Cookie" not in kept.get("Vary", "")


def test_a_kept_page_is_counted_like_a_fresh_one(site, client):
    for _ in range(3):
        client.get("/campaigns/no-place/", headers=PERSON)
    client.get("/campaigns/no-place/", headers=PERSON | {"dnt": "1"})

    assert sorted(Count.objects.values_list("metric", "campaign_code", "quantity")) == [
        ("daily_visitors", "no-place", 1),
        ("views", "no-place", 3),
    ]


def test_a_browser_that_has_the_page_hears_so_and_is_counted(site, client):
    fresh = client.get("/campaigns/no-place/", headers=PERSON)
    again = client.get("/campaigns/no-place/", headers=PERSON | {"if-none-match": fresh["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert Count.objects.get(metric="views").quantity == 2


def test_head_is_answered_from_the_same_page(site, client, django_assert_num_queries):
    fresh = client.get("/campaigns/")
    with django_assert_num_queries(0):
        head = client.head("/campaigns/")

    assert (head.status_code, head.content, head["ETag"]) == (200, b"", fresh["ETag"])


NOT_KEPT = [
        "/support/", "/search/", "/search/?q=hate", "/privacy/", "/surveys/local-voice/start/",
        "/surveys/local-voice/done/", "/surveys/local-voice/?ended", "/admin/login/", "/api/v1/indicators", "/healthz",
        "/nowhere/", "/campaigns/?junk=1", "/schools/?stage=ks2&junk=1", "/schools/?stage=none", "/schools/?page=99",
        "/events/?when=never", "/schools/?" + "&".join(["stage=ks2"] * 40),
]  # fmt: skip


def test_what_differs_by_visitor_or_by_junk_in_its_address_is_not_kept(site, client):
    assert [address for address in NOT_KEPT if is_kept(client.get(address))] == []


@pytest.mark.parametrize("host", ["testserver:81", "any.example.org", "testserver."])
def test_a_page_is_kept_under_the_names_of_the_site_alone(site, client, settings, host):
    settings.ALLOWED_HOSTS = ["testserver", ".example.org"]
    assert is_kept(client.get("/campaigns/", headers={"host": "testserver"}))
    response = client.get("/campaigns/", headers={"host": host})
    assert (response.status_code, is_kept(response)) == (200, False)


def test_a_list_is_not_kept_for_every_combination_of_what_it_understands(site, client):
    assert is_kept(client.get("/schools/?stage=ks2&stage=ks3&page=1"))
    assert not is_kept(client.get("/schools/?stage=ks2&stage=ks3&stage=ks4&page=1"))


def test_a_list_is_kept_for_each_choice_that_it_understands(site, client):
    for address in ("/schools/?stage=ks2", "/events/?when=past&audience=everyone"):
        whole = client.get(address.partition("?")[0])
        fresh, kept = client.get(address), client.get(address)

        assert is_kept(kept), address
        assert fresh.content == kept.content != whole.content
    assert is_kept(client.get("/schools/?page=1"))


def test_somebody_signed_in_always_gets_a_fresh_page(site, client, make_user):
    client.get("/campaigns/")
    client.force_login(make_user("olive"))

    assert not is_kept(client.get("/campaigns/"))


def test_a_page_behind_a_password_asks_everybody(site, client):
    PageViewRestriction.objects.create(
        page=Page.objects.get(slug="what-it-is"), restriction_type="password", password="open"
    )
    for _ in range(2):
        asked = client.get("/what-it-is/")
        assert 'type="password"' in asked.content.decode()
        assert not is_kept(asked)


def test_a_preview_is_not_kept(site):
    page = Page.objects.get(slug="what-it-is").specific
    page.title = "A draft title"
    previewed = page.make_preview_request()

    assert "A draft title" in previewed.content.decode()
    assert "A draft title" not in Client().get("/what-it-is/").content.decode()


def kept_answer(view, **headers) -> bool:
    """Tell whether the answer of ``view``, which says that it may be kept, is kept."""

    def willing(request):
        pagecache.may_be_kept(request)
        return view(request)

    return is_kept(pagecache.KeepPages(willing)(RequestFactory().get("/", headers=headers)))


def with_cookie(_):
    response = HttpResponse("")
    response.set_cookie("a", "b")
    return response


@pytest.mark.parametrize(
    "view",
    [
        with_cookie,
        lambda _: HttpResponse('<form METHOD="post">'),
        lambda _: HttpResponse("", headers={"Vary": "Cookie"}),
        lambda _: HttpResponse("", headers={"Cache-Control": "private"}),
        lambda _: HttpResponse("", headers={"Cache-Control": "max-age=0, no-store"}),
        lambda _: HttpResponse("", status=410),
    ],
    ids=["cookie", "form", "vary", "private", "no-store", "gone"],
)
def test_an_answer_that_is_for_one_visitor_is_not_kept_though_its_page_is_willing(view):
    assert not kept_answer(view)
    assert kept_answer(lambda _: HttpResponse("<p>Hello"))


def test_who_says_who_they_are_gets_an_answer_of_their_own():
    assert not kept_answer(lambda _: HttpResponse(""), authorization="Basic xyz")


def test_another_day_has_pages_of_its_own(site, client):
    with time_machine.travel("2026-03-28 23:59:59Z", tick=False):
        client.get("/")
        evening = client.get("/")
    with time_machine.travel("2026-03-29 00:00:00Z", tick=False), pytest.raises(AssertionError):
        _costs_nothing(client)
    assert is_kept(evening)


def _costs_nothing(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    assert len(asked) == 0


def one(label):
    return apps.get_model(label).objects.first()


def save(label, **fields):
    row = one(label)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


def content_page() -> ContentPage:
    return ContentPage.objects.get(slug="what-it-is")


def publish_by_the_clock():
    page = content_page()
    page.title, page.go_live_at = "Later", timezone.now() + timedelta(minutes=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    with time_machine.travel(page.go_live_at + timedelta(seconds=1)):
        publish_scheduled()


def expire_by_the_clock():
    page = content_page()
    page.expire_at = timezone.now() + timedelta(minutes=1)
    page.save_revision().publish()
    with time_machine.travel(page.expire_at + timedelta(seconds=1)):
        publish_scheduled()


def move():
    home = Page.objects.get(slug="home")
    content_page().move(home.add_child(instance=ContentPage(title="Other", summary="Other.")), "last-child")


def move_a_date():
    date = one("events.Occurrence")
    date.ends += timedelta(hours=1)
    amend(occurrence=date)


def open_the_next_wave():
    wave = one("surveys.Wave")
    close_wave(wave=wave)
    open_wave(wave=make_wave(survey=wave.survey, questionnaire=wave.questionnaire, number=2))


def enter_a_number():
    day = timezone.localdate()
    limits = {"lower": 30.0, "upper": 50.0, "n": 200, "n_eff": 150.0, "se": 5.0}
    enter(
        indicator=one("indicators.Indicator"),
        reading=Reading(period_start=day, period_end=day, value=40.0, source="Us", **limits),
    )


def define():
    today = timezone.localdate()
    Definition.objects.create(code="hate", term="Hate", text="What it is.", source="Us", valid_from=today)


def list_a_service():
    owner = Organisation.objects.create(code="y", name="Y")
    SupportService.objects.create(name="Helpline", telephone="999", owner=owner, last_checked=timezone.localdate())


def rename_the_council():
    council = CouncilSettings.for_site(Site.objects.get())
    council.council_name = "Another council"
    council.save()


CHANGES = {
    "a page goes live at its time": publish_by_the_clock,
    "a page expires at its time": expire_by_the_clock,
    "a page is taken down": lambda: content_page().unpublish(),
    "a page moves": move,
    "a page is deleted": lambda: content_page().delete(),
    "a page is closed": lambda: PageViewRestriction.objects.create(page=content_page(), restriction_type="login"),
    "a campaign changes": lambda: save("campaigns.Campaign", ends=timezone.localdate() + timedelta(days=900)),
    "an objective changes": lambda: save("indicators.Objective", title="Another"),
    "a pack changes": lambda: save("schools.LessonPack", duration=30),
    "a pack suits others": lambda: classify(pack=one("schools.LessonPack"), key_stages=["ks3"], subjects=["pshe"]),
    "a file goes": lambda: one("schools.LessonFile").delete(),
    "an event changes": lambda: save("events.Event", contact="us@example.org"),
    "a date moves": move_a_date,
    "a venue changes": lambda: save("events.Venue", name="Another"),
    "a survey changes": lambda: save("surveys.Survey", minutes=9),
    "a wave closes": lambda: close_wave(wave=one("surveys.Wave")),
    "a wave opens": open_the_next_wave,
    "an indicator changes": lambda: save("indicators.Indicator", title="Another"),
    "a number is entered": enter_a_number,
    "a chart is drawn": lambda: draw_for(one("indicators.Indicator")),
    "a word is defined": define,
    "a service is listed": list_a_service,
    "the council changes": rename_the_council,
    "the site changes": lambda: Site.objects.get().save(),
    "a language is added": lambda: Locale.objects.create(language_code="fr"),
}


@pytest.fixture
def renewing(django_capture_on_commit_callbacks):
    """Return a function that does a thing, tells whether it gave the site a new version, and undoes it."""

    def renews(act) -> bool:
        before = pagecache.version()
        with transaction.atomic():
            with django_capture_on_commit_callbacks(execute=True):
                act()
            transaction.set_rollback(True)
        return pagecache.version() not in {before, None}

    return renews


def test_every_change_that_pages_may_show_ends_every_kept_page(site, renewing):
    assert [name for name, change in CHANGES.items() if not renewing(change)] == []


def answer_a_survey():
    visitor = Client()
    visitor.get("/surveys/local-voice/start/")
    for key, answer in (("cnf01", "agree"), ("hc08", []), ("cnf06", "1"), ("opn01", "More.")):
        visitor.post(f"/surveys/local-voice/{key}/", {"answer": answer})
    visitor.post("/surveys/local-voice/check/")
    assert Response.objects.count() == 1


def save_a_draft():
    page = content_page()
    page.title = "Not yet"
    page.save_revision()


QUIET = {
    "somebody answers a survey": answer_a_survey,
    "a view is counted": lambda: Client().get("/campaigns/no-place/", headers=PERSON),
    "a draft is saved": save_a_draft,
    "a colleague signs in": lambda: Client().force_login(one("core.User")),
    "a picture is drawn smaller": lambda: one("core.Image").get_rendition("max-10x10"),
}


def test_what_no_page_shows_leaves_kept_pages_alone(site, make_user, renewing):
    make_user("olive")
    Image.objects.create(title="Waves", file=get_test_image_file())

    assert [name for name, act in QUIET.items() if renewing(act)] == []


def test_a_change_that_is_taken_back_leaves_kept_pages_alone(site, django_capture_on_commit_callbacks):
    before = pagecache.version()
    with django_capture_on_commit_callbacks(execute=True) as waiting, transaction.atomic():
        save("events.Venue", name="Another")
        transaction.set_rollback(True)

    assert (waiting, pagecache.version()) == ([], before)


def test_what_is_published_stands_on_its_page_and_in_lists_at_once(site, client, django_capture_on_commit_callbacks):
    today = timezone.localdate()
    page = make_live_page("soon", title="Coming soon", starts=today, ends=today)
    for address in ("/", "/campaigns/", "/campaigns/soon/"):
        client.get(address)
    page.title = page.listing_title = "Here already"
    page.go_live_at = timezone.now() - timedelta(seconds=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    assert "Here already" not in client.get("/campaigns/").content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        publish_scheduled()

    for address in ("/", "/campaigns/", "/campaigns/soon/"):
        assert "Here already" in client.get(address).content.decode(), address


WORKER = """
import json, sys
from django.conf import settings
settings.configure(CACHES=json.loads(sys.argv[1]))
from core import pagecache
pagecache.renew()
print(pagecache.version())
"""


def test_what_another_process_publishes_is_seen_by_this_one(site, client):
    client.get("/campaigns/")
    before = pagecache.version()
    stores = json.dumps(settings.CACHES, default=str)
    told = subprocess.run(
        [sys.executable, "-c", WORKER, stores], capture_output=True, text=True, check=True, cwd=settings.REPOSITORY
    )

    assert told.stdout.strip() == pagecache.version() != before


def _on_a_file(folder: Path) -> PatientFileCache:
    store = PatientFileCache(folder / "store", {})
    (folder / "store").rmdir()
    (folder / "store").write_text("no folder")
    return store


class _Nonsense(PatientFileCache):
    def _key_to_file(self, key, version=None):
        file = Path(super()._key_to_file(key, version))
        file.write_bytes(b"nonsense")
        return str(file)


BROKEN = {
    "no server": lambda _: PatientRedisCache("redis://127.0.0.1:1/0", {}),
    "no folder": _on_a_file,
    "no sense": lambda folder: _Nonsense(folder, {}),
}


def test_a_broken_cache_costs_nobody_the_page(site, client, tmp_path, monkeypatch):
    for name, broken in BROKEN.items():
        (tmp_path / name).mkdir()
        with monkeypatch.context() as patch:
            patch.setattr("django.core.cache.caches._connections.default", broken(tmp_path / name), raising=False)
            assert cache.get("x", "nothing") == "nothing"
            for _ in range(2):
                response = client.get("/campaigns/no-place/")
                assert (response.status_code, is_kept(response)) == (200, False), name
            assert client.get("/readyz").json()["cache"] != "ok"
