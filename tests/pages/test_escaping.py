"""Words of staff are shown as words: no page and no listing runs what stands in a title, a hint or a name."""

import pytest
from django.apps import apps
from django.db.models import CharField, QuerySet, TextField
from django.urls import get_resolver, reverse
from wagtail.models import Page, Site, get_page_models

from core.models import Approval, SupportService
from home.models import ContentPage
from home.setup import lay_tree
from indicators.models import Strategy
from schools.models import LessonPack
from surveys import actions
from surveys.enums import SampleType
from surveys.models import Collector, Item, Option, Section, Wave
from tests.factories.campaigns import make_live_page
from tests.factories.events import make_event_page, make_occurrence
from tests.factories.rows import make_one_of_each
from tests.factories.schools import make_pack_page
from tests.factories.surveys import make_survey_page, sign_off

pytestmark = pytest.mark.django_db

EVIL = "\"'><script>alert(1)</script>"
RUNS = "<script>alert(1)"
OURS = ("campaigns", "core", "events", "home", "indicators", "schools", "surveys")
# What is held to a shape or a list of values, or leads somewhere, cannot carry it.
SHAPED = {
    "code",
    "key",
    "slug",
    "username",
    "password",
    "theme",
    "urn",
    "wording_id",
    "area_code",
    "digest",
    "token_digest",
    "sha256",
}


def poison() -> None:
    """Write the script into every free text of every row, past every form."""
    Approval.objects.all().delete()  # or visitors would read what was approved
    LessonPack.objects.update(nothing_to_warn_of=False)  # or the database keeps their guidance empty
    for model in apps.get_models():
        if model._meta.app_label not in OURS or model._meta.proxy:
            continue
        names = [field.name for field in model._meta.local_fields if is_free(field)]
        for row in model._default_manager.all() if names else ():
            for name in set(names) - closed_to_words(row):
                text = f"{EVIL}{row.pk}"[: model._meta.get_field(name).max_length]
                QuerySet(model).filter(pk=row.pk).update(**{name: text})
    Page.objects.filter(depth__gt=1).update(title=EVIL, draft_title=EVIL, seo_title=EVIL, search_description=EVIL)


def closed_to_words(row) -> set[str]:
    """Return the texts that the database keeps empty.

    An item that asks a question informs of nothing; a sample that is not random has no stratum.
    """
    if isinstance(row, Item) and row.wording_id:
        return {"information", "information_title"}
    if isinstance(row, Collector) and row.sample_type != SampleType.RANDOM:
        return {"stratum"}
    return set()


def is_free(field) -> bool:
    return type(field) in {CharField, TextField} and not field.choices and field.name not in SHAPED


@pytest.fixture
def poisoned(campaign_index, make_user):
    """Lay a site with a page of every kind, all of whose words are scripts."""
    lay_tree()
    make_one_of_each()
    Strategy.objects.update(status="current")
    Section.objects.get().items.create(information_title="Read this", information="In plain words.", order=99)
    sign_off(Wave.objects.get())
    wave = actions.open_wave(wave=Wave.objects.get())
    make_live_page("evil")
    make_event_page(make_occurrence().event)
    make_pack_page()
    make_survey_page(wave.survey)
    Site.objects.get(is_default_site=True).root_page.add_child(
        instance=ContentPage(title="What it is", slug="what-it-is", summary="In plain words.")
    )
    poison()
    assert Option.objects.first().label.startswith(EVIL)
    assert SupportService.objects.first().name.startswith(EVIL)


def test_no_public_page_runs_what_staff_wrote(client, poisoned):
    home = Site.objects.get(is_default_site=True).root_page
    pages = home.get_descendants(inclusive=True).live().specific()
    assert {type(page) for page in pages} == set(get_page_models()) - {Page}
    addresses = [*(page.url for page in pages), "/indicators/", "/indicators/B5/", "/support/", "/search/?q=script"]
    for address in [*addresses, "/surveys/local-voice/start/", f"/search/?q={EVIL}"]:
        response = client.get(address, follow=True)
        assert response.status_code == 200, address
        assert RUNS not in response.content.decode(), address


def test_no_listing_of_the_admin_runs_what_staff_wrote(client, poisoned, make_user):
    client.force_login(make_user("root", is_superuser=True))
    listings = [
        reverse(f"{space}:{name}")
        for space, (_, inner) in get_resolver().namespace_dict.items()
        for name in {"index", "list", "history"} & {key for key in inner.reverse_dict if isinstance(key, str)}
        if not inner.reverse_dict.getlist(name)[0][0][0][1] and f"{space}:{name}" != "wagtailadmin_api:index"
    ]
    shown = 0
    for address in [*listings, "/admin/", "/admin/pages/", "/admin/reports/site-history/"]:
        response = client.get(address)
        text = response.content.decode() if not response.streaming else ""
        assert response.status_code in {200, 302}, address
        assert RUNS not in text, address
        shown += "&lt;script&gt;" in text
    assert shown > 15
