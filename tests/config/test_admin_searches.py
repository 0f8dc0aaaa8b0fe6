"""The search of every list and chooser of the admin, whatever is typed: an answer, or a refusal with a page."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse

from core.models import SupportService
from tests.factories.rows import make_one_of_each

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(client, make_user, campaign_index):
    """Sign somebody in who sees every list, with a row of everything to find."""
    make_one_of_each()
    client.force_login(make_user("root", is_superuser=True))


def searches(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """Yield the address from which each list of the admin fetches what is found."""
    for name in resolver.reverse_dict:
        if isinstance(name, str) and name.endswith("results"):
            try:
                yield reverse(space + name)
            except NoReverseMatch:
                continue  # The history of one row, which has no search.
    for name, (_, inner) in resolver.namespace_dict.items():
        yield from searches(inner, f"{space}{name}:")


@pytest.mark.parametrize(("typed", "status"), [('"', 200), ('"""((', 200), ('a "b', 200), ("\0", 400)])
def test_every_list_answers_whatever_is_searched_for(client, root, campaign_index, typed, status):
    client.raise_request_exception = False
    below_pages = reverse("wagtailadmin_explore_results", args=[campaign_index.pk])
    lists = {*searches(get_resolver()), below_pages, reverse("wagtailadmin_choose_page_search")}
    answers = {address: client.get(address, {"q": typed}).status_code for address in lists}

    assert {address: got for address, got in answers.items() if got != status} == {}
    assert len(answers) > 50


@pytest.mark.parametrize("typed", ['Say "no', '"no"', 'no"', '"together" say', "no"])
def test_a_search_with_a_quotation_mark_finds_the_words_beside_it(client, root, typed):
    SupportService.objects.update(name='Say "no" together')
    call_command("wagtail_update_index", verbosity=0)
    found = client.get(reverse("wagtailsnippets_core_supportservice:list"), {"q": typed})

    assert [row.name for row in found.context["object_list"]] == ['Say "no" together']


def test_pages_are_found_by_the_beginning_of_a_word_in_quotation_marks(client, root, campaign_index):
    campaign_index.title = 'All "lanterns" here'
    campaign_index.save()
    found = client.get(reverse("wagtailadmin_explore_results", args=[1]), {"q": '"lant'})

    assert [page.title for page in found.context["pages"]] == ['All "lanterns" here']
