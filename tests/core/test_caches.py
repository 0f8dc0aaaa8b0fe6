"""Caches: the sizes of pictures are written once, and a store that is down costs a picture nothing."""

from pathlib import Path

import pytest
from django.core.cache import caches
from django.template import Context, Template
from wagtail.images.tests.utils import get_test_image_file

from core.caches import DayFileCache, RenditionFileCache, RenditionRedisCache
from core.models import Image
from core.tasks import forget_expired

PICTURES = Template("{% load wagtailimages_tags %}{% image one fill-64x36 %}{% srcset_image one width-{32,48} %}")


def draw(image: Image) -> str:
    """Draw a page with pictures, as another visitor's request does: what an earlier one found is not at hand."""
    return PICTURES.render(Context({"one": Image.objects.get(pk=image.pk)}))


def written(folder: Path) -> dict[str, tuple[int, int]]:
    """Return for each file of the cache what changes when it is written."""
    return {str(file): (file.stat().st_ino, file.stat().st_mtime_ns) for file in folder.rglob("*.djcache")}


@pytest.fixture
def image(db) -> Image:
    return Image.objects.create(title="One", file=get_test_image_file())


def keep_renditions_in(settings, store: dict) -> None:
    settings.CACHES = settings.CACHES | {"renditions": store}


def test_a_second_view_of_pictures_reads_their_sizes_from_the_cache_and_writes_nothing(
    image, settings, tmp_path, django_assert_num_queries
):
    keep_renditions_in(settings, {"BACKEND": "core.caches.RenditionFileCache", "LOCATION": tmp_path})
    first = draw(image)
    kept = written(tmp_path)
    assert len(kept) == 3

    with django_assert_num_queries(1):  # the picture itself
        assert draw(image) == first
    assert written(tmp_path) == kept


def test_a_size_that_is_gone_is_made_and_kept_anew(image, settings, tmp_path):
    keep_renditions_in(settings, {"BACKEND": "core.caches.RenditionFileCache", "LOCATION": tmp_path})
    draw(image)
    image.renditions.all().delete()
    assert written(tmp_path) == {}

    draw(image)
    assert len(written(tmp_path)) == image.renditions.count() == 3


def test_pictures_are_drawn_while_their_cache_is_down(image, settings):
    keep_renditions_in(settings, {"BACKEND": "core.caches.RenditionRedisCache", "LOCATION": "redis://127.0.0.1:1/0"})
    for _ in range(2):
        assert draw(image).count("<img") == 2


def test_the_site_keeps_sizes_in_such_a_cache():
    assert isinstance(caches["renditions"], RenditionFileCache | RenditionRedisCache)


@pytest.fixture
def of_the_day(settings, tmp_path) -> DayFileCache:
    settings.CACHES = settings.CACHES | {"day": {"BACKEND": "core.caches.DayFileCache", "LOCATION": tmp_path / "day"}}
    return caches["day"]


def test_what_is_added_to_a_cache_of_the_day_is_there_once(of_the_day):
    assert of_the_day.add("one", 1, timeout=60)
    assert not of_the_day.add("one", 2, timeout=60)
    assert of_the_day.get("one") == 1


def test_of_several_who_add_the_same_at_once_one_succeeds(of_the_day, monkeypatch):
    """As if all had looked before any wrote, which is how it goes where they come at the same moment."""
    monkeypatch.setattr(DayFileCache, "has_key", lambda *_, **__: False)

    assert [of_the_day.add("one", number, timeout=60) for number in range(5)] == [True, False, False, False, False]
    assert of_the_day.get("one") == 0


def test_what_is_over_in_a_cache_of_the_day_can_be_added_again_and_is_deleted_by_the_clock(
    of_the_day, tmp_path, time_machine
):
    time_machine.move_to("2026-11-02 23:59", tick=False)
    of_the_day.add("salt", 1, timeout=60)
    of_the_day.add("longer", 1, timeout=600)
    time_machine.shift(61)
    assert of_the_day.add("salt", 2, timeout=60)
    time_machine.shift(61)
    assert len(written(tmp_path)) == 2

    forget_expired()
    assert len(written(tmp_path)) == 1
    assert of_the_day.get("longer") == 1
