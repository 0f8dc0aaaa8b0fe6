"""The pages that every site begins with."""

import pytest
from wagtail.models import Locale, Page, Site

from home.models import HomePage
from home.setup import lay_tree

pytestmark = pytest.mark.django_db


def test_every_language_of_the_settings_has_its_locale_after_migrate():
    assert sorted(Locale.objects.values_list("language_code", flat=True)) == ["en", "gu", "pl", "ur"]


def test_the_welcome_page_gives_way_to_the_home_page_and_its_parts():
    home = lay_tree()
    assert Site.objects.get().root_page_id == home.pk
    assert Site.objects.get().site_name == "Groundswell"
    assert set(home.get_children().live().values_list("slug", flat=True)) == {
        "campaigns",
        "schools",
        "events",
        "surveys",
    }
    assert list(Page.objects.filter(depth=2)) == [home.page_ptr]


def test_laying_again_changes_nothing():
    lay_tree()
    before = list(Page.objects.order_by("pk").values())
    lay_tree()
    assert list(Page.objects.order_by("pk").values()) == before


def test_words_that_a_council_wrote_stay():
    home = lay_tree()
    HomePage.objects.update(title="Our own words")
    lay_tree()
    assert HomePage.objects.get(pk=home.pk).title == "Our own words"


def test_every_part_answers(client):
    lay_tree()
    for address in ("/", "/campaigns/", "/schools/", "/events/", "/surveys/"):
        assert client.get(address).status_code == 200, address
