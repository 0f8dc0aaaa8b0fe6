"""Addresses that belong to no page: what stands below them is answered before any page is looked for."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import URLResolver, get_resolver, reverse

from core.models.pages import RESERVED_SLUGS
from home.models import ContentPage

pytestmark = pytest.mark.django_db

# Below these stand addresses of the site beside pages, and a page of a kind of its own stands at each.
WITH_A_PAGE = {"schools", "events"}


def first_words() -> set[str]:
    """Return the first word of every address that is answered before pages are looked for, whatever the language."""
    found = set()
    for entry in get_resolver().url_patterns[:-1]:
        below = entry.url_patterns if isinstance(entry, URLResolver) and not str(entry.pattern) else [entry]
        found |= {str(pattern.pattern).lstrip("^").partition("/")[0] for pattern in below}
    return {word for word in found if word.isalpha()}


def test_every_address_outside_the_languages_is_reserved():
    assert {"go", "admin", "api", "documents"} <= first_words()
    assert first_words() - RESERVED_SLUGS - WITH_A_PAGE - {"healthz", "readyz"} == set()


@pytest.mark.parametrize("slug", ["go", "class", "admin", "ur"])
def test_no_page_stands_at_an_address_of_the_site_itself(home, slug):
    page = home.add_child(instance=ContentPage(title="Page", slug="page", summary="More."))
    page.slug = slug
    with pytest.raises(ValidationError) as error:
        page.full_clean()
    assert error.value.message_dict["slug"] == [
        f"/{slug}/ is an address of the site itself, so no page can stand there. Choose another."
    ]


def test_further_down_the_word_is_free(home):
    page = home.add_child(instance=ContentPage(title="Page", slug="page", summary="More."))
    page.add_child(instance=ContentPage(title="Go", slug="go", summary="More."))


def test_the_editor_says_so_beside_the_field(client, manager, home):
    client.force_login(manager)
    address = reverse("wagtailadmin_pages:add", args=["home", "contentpage", home.pk])
    body = {"title": "Go", "slug": "go", "summary": "More.", "body-count": "0", "versions-count": "0"}
    response = client.post(address, body)
    assert response.status_code == 200
    assert "/go/ is an address of the site itself" in str(response.context["form"].errors["slug"])
    assert not ContentPage.objects.exists()
