"""Caches: the sizes of pictures are written once, and a store that is down costs a picture nothing."""

from pathlib import Path

import pytest
from django.core.cache import caches
from django.template import Context, Template
from wagtail.images.tests.utils import get_test_image_file

from core.caches import RenditionFileCache, RenditionRedisCache
from core.models import Image

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
