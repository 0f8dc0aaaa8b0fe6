"""Search: the right thing first, nothing that is not public, an answer to whatever is typed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from core.approvals.keeping import publish_laid
from core.languages.trees import lay_trees
from core.models import Organisation, SupportService
from home.models import ContentPage, HomePage
from home.search.actions import refresh_search
from home.search.models import SearchEntry
from home.search.sources import everything
from home.search.words import split, terms
from home.setup import publish_below
from indicators.models import Strategy
from tests.factories.campaigns import make_live_page
from tests.factories.events import make_event, make_event_page, make_occurrence, make_venue
from tests.factories.indicators import indicator
from tests.factories.schools import make_pack, make_pack_page
from tests.home.test_models import content_page


@pytest.fixture
def owner(home) -> Organisation:
    return Organisation.objects.create(code="team", name="Strategy team")


def service(owner: Organisation, name: str, **fields) -> SupportService:
    given = {"description": "Listens.", "telephone": "0800 000 000", "last_checked": timezone.localdate()} | fields
    return SupportService.objects.create(name=name, owner=owner, **given)


def text(response) -> str:
    return response.content.decode()


def find(client, typed: str, **asked) -> str:
    """Search with an index that knows of everything so far."""
    refresh_search()
    return text(client.get("/search/", {"q": typed} | asked))


def titles(client, typed: str, **asked) -> list[str]:
    refresh_search()
    found = client.get("/search/", {"q": typed} | asked).context["found"]
    return [result.entry.title for result in found.results]


def test_pages_and_services_stand_in_one_list_that_says_what_they_are(owner, client):
    found = service(owner, "Lantern helpline")
    content_page(HomePage.objects.get(), "lantern")
    html = find(client, "lantern")
    assert "2 results for “<bdi>lantern</bdi>”" in html
    assert f'<a href="/support/#service-{found.pk}">Lantern helpline</a>' in html
    assert '<a href="/lantern/">Page lantern</a>' in html
    assert '<p class="meta">Support service</p>' in html
    assert '<p class="meta">Information</p>' in html


def test_packs_events_and_indicators_are_found_by_what_stands_on_their_rows(home, client):
    make_pack_page(make_pack(title="Fair play", key_stages=["ks3"], content_guidance="Talks about insults."))
    event = make_event(title="Tea")
    make_event_page(event)
    make_occurrence(event, venue=make_venue(name="Lantern Hall"))
    indicator("B7", title="Trust")
    assert titles(client, "year 8 insults") == ["Fair play"]
    assert titles(client, "lantern") == ["Tea"]
    assert titles(client, "B7") == ["Trust"]


def test_a_word_is_found_in_its_other_forms_but_the_title_weighs_most(home, client):
    publish_below(home, ContentPage(slug="one", title="Reading", summary="The lanterns of the town."))
    publish_below(home, ContentPage(slug="two", title="A lantern walk", summary="In the evening."))
    assert titles(client, "Lanterns") == ["A lantern walk", "Reading"]


def test_a_title_weighs_more_than_a_summary_and_that_more_than_the_body(home, client):
    in_body = ContentPage(slug="body", title="Body", summary="Nothing.")
    in_body.body = [("text", "<p>A lantern.</p>")]
    publish_below(home, in_body)
    publish_below(home, ContentPage(slug="summary", title="Summary", summary="A lantern."))
    publish_below(home, ContentPage(slug="title", title="Lantern", summary="Nothing."))
    assert titles(client, "lantern") == ["Lantern", "Summary", "Body"]


def test_kinds_are_counted_and_one_can_be_chosen(owner, client):
    service(owner, "Lantern helpline")
    content_page(HomePage.objects.get(), "lantern")
    make_live_page("lantern-week", title="Lantern week")
    html = find(client, "lantern", type="campaign")
    assert '<a href="?q=lantern&amp;type=campaign" aria-current="true">Campaigns (1)</a>' in html
    assert '<a href="?q=lantern&amp;type=information">Information (1)</a>' in html
    assert '<a href="?q=lantern">Everything</a>' in html
    assert "1 result for" in html
    assert titles(client, "lantern", type="campaign") == ["Lantern week"]
    assert "Nothing of this kind has these words." in find(client, "lantern", type="event")


@pytest.mark.parametrize("kind", ["moon", "", "'", "x" * 3000])
def test_a_kind_that_we_do_not_know_keeps_everything(home, client, kind):
    content_page(home, "lantern")
    assert titles(client, "lantern", type=kind) == ["Page lantern"]


def test_words_are_marked_in_an_extract_and_nothing_else_is_markup(home, client):
    page = ContentPage(slug="one", title="One", summary="Nothing here.")
    page.body = [("text", f"<p>{'Far away. ' * 40}</p><p>If 2 &lt; 3 the <b>lanterns</b> glow.</p>")]
    publish_below(home, page)
    html = find(client, "lantern")
    assert "If 2 &lt; 3 the <mark>lanterns</mark> glow." in html
    publish_below(home, ContentPage(slug="two", title="Two", summary="<script>alert(1)</script> lantern"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>lantern</mark>" in find(client, "lantern")


def test_a_draft_an_unpublished_an_expired_and_a_private_page_are_not_found(home, client):
    home.add_child(instance=ContentPage(slug="draft", title="Draft lantern", summary="s", live=False))
    closed = content_page(home, "lantern-closed")
    unpublished, expired = content_page(home, "lantern-down"), content_page(home, "lantern-expired")
    content_page(closed, "lantern-below")
    assert len(titles(client, "lantern")) == 4
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    Page.objects.filter(pk=unpublished.pk).update(live=False)
    Page.objects.filter(pk=expired.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    response = client.get("/search/", {"q": "lantern"})  # the index has not heard of any of it
    assert response.context["found"].results == []
    assert titles(client, "lantern") == []


def test_the_words_of_an_unpublished_version_are_not_found(home, client):
    page = content_page(home, "one")
    page.title = "Lantern"
    page.save_revision()
    assert titles(client, "lantern") == []


def test_numbers_of_a_strategy_that_is_still_written_are_not_found(home, client):
    indicator("B7", title="Lantern")
    Strategy.objects.update(status="draft")
    assert titles(client, "lantern") == []


def test_what_is_gone_is_forgotten(owner, client):
    found, page = service(owner, "Lantern helpline"), content_page(HomePage.objects.get(), "lantern")
    assert len(titles(client, "lantern")) == 2
    found.delete()
    page.delete()
    assert titles(client, "lantern") == []
    assert not SearchEntry.objects.filter(title__contains="antern").exists()


def test_another_tree_lists_a_thing_once_and_an_alias_by_its_english_words(home, client):
    lay_trees()
    page = content_page(home, "lanterns")
    page.title, page.slug = "Lanterns", "lanterns"
    publish_laid(page)
    refresh_search()
    entries = SearchEntry.objects.filter(title="Lanterns").order_by("language")
    trees = {(entry.language, entry.words_in) for entry in entries}
    assert {("en", "en"), ("ur", "en")} <= trees
    assert len(trees) == len(entries)
    assert titles(client, "lantern") == ["Lanterns"]
    assert len(SearchEntry.objects.visible("ur").filter(title="Lanterns")) == 1


def test_a_page_that_only_some_may_read_is_found_in_no_tree(home, client):
    lay_trees()
    page = content_page(home, "lanterns")
    page.title = "Lanterns"
    publish_laid(page)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    refresh_search()
    trees = [SearchEntry.objects.visible(code).filter(title="Lanterns").count() for code in ("en", "ur", "gu", "pl")]
    assert trees == [0, 0, 0, 0]


def test_words_in_another_script_are_found_whole(home, client):
    publish_below(home, ContentPage(slug="g", title="ગુજરાતી મદદ", summary="નફરત"))
    publish_below(home, ContentPage(slug="u", title="نفرت کے خلاف", summary="مدد"))
    assert titles(client, "ગુજરાતી") == ["ગુજરાતી મદદ"]
    assert titles(client, "نفرت") == ["نفرت کے خلاف"]


def test_an_index_that_is_up_to_date_is_left_alone(home):
    content_page(home, "lantern")
    refresh_search()
    before = list(SearchEntry.objects.order_by("pk").values())
    assert refresh_search() == 0
    assert list(SearchEntry.objects.order_by("pk").values()) == before


EVERYTHING_QUERIES = (
    20  # trees, pages of five kinds, approvals, strategy (2), signing up; services, indicators in four languages
)


def test_the_index_is_read_as_quickly_for_three_pages_as_for_one(home, django_assert_num_queries):
    lay_trees()
    for slugs in (["one"], ["two", "three"]):
        for slug in slugs:
            content_page(home, slug).save_revision().publish()
        with django_assert_num_queries(EVERYTHING_QUERIES):
            list(everything())


SEARCH_QUERIES = 7  # the words, who may see what, what is shown, its extracts; the site, its settings, its notice


def test_search_asks_as_much_for_three_results_as_for_one(owner, client, django_assert_num_queries):
    service(owner, "Lantern helpline")
    find(client, "lantern")
    with django_assert_num_queries(SEARCH_QUERIES):
        client.get("/search/", {"q": "lantern"})
    content_page(HomePage.objects.get(), "lantern")
    make_live_page("lantern-week", title="Lantern week")
    find(client, "lantern")
    with django_assert_num_queries(SEARCH_QUERIES):
        client.get("/search/", {"q": "lantern"})


def test_search_falls_back_to_some_of_the_words(home, client):
    content_page(home, "lantern")
    html = find(client, "lantern unheard")
    assert "Nothing has all of these words. These have some of them." in html
    assert "Page lantern" in html


def test_nothing_found_suggests_a_spelling_what_others_look_for_and_where_help_is(home, client):
    content_page(home, "lantern")
    html = find(client, "lanturn")
    assert "Nothing found for “<bdi>lanturn</bdi>”" in html
    assert 'Did you mean <a href="?q=lantern"><bdi>lantern</bdi></a>?' in html
    assert '<a href="/search/?q=report%20hate%20crime">report hate crime</a>' in html
    assert '<a href="/support/">Find who can help</a>' in html
    assert "Did you mean" not in find(client, "qqqqqqqq")


@pytest.mark.parametrize(
    "typed",
    [
        '"', '"""((', "'", "*", "a*", "AND", "NOT x", "a OR", "NEAR(", "-", "--", "%", "_", "\\", ":", "title:x", "^a",
        "{}", "{{ 7 }}", "<script>alert(1)</script>", "😀", "ہیلو", "a" * 10_000, "word " * 2_000, "😀" * 10_000,
        " ", "", "'; DROP", "&", "|", "!", "\u202e", "\ue000x\ue001", "e\u0301", "\u0301", "½", "ﷺ",
        "1 2 3 4 5 6 7 8 9", " ".join(f"racist{n} abuse lesson" for n in range(60)),
    ],
)  # fmt: skip
def test_search_answers_whatever_is_typed(home, client, typed):
    refresh_search()
    response = client.get("/search/", {"q": typed})
    assert response.status_code == 200
    assert "<script>alert" not in text(response)


def test_a_very_long_search_is_cut_and_says_so(home, client):
    assert "so we used the beginning." in find(client, "lantern " * 1250)
    assert "so we used the beginning." not in find(client, "lantern")


def test_search_for_nul_is_refused_with_a_page(home, client):
    response = client.get("/search/?q=a%00b")
    assert response.status_code == 400
    assert "<h1>We could not understand that</h1>" in text(response)


@pytest.mark.parametrize("number", ["0", "-1", "999999999999999999999", "two", "", "1e9", "😀", "1;2"])
def test_search_survives_any_page_number(home, client, number):
    content_page(home, "lantern")
    assert "Page lantern" in find(client, "lantern", page=number)


def test_search_pages_hold_ten_and_keep_words_and_kind(home, client):
    for number in range(11):
        content_page(home, f"lantern-{number}")
    html = find(client, "page lantern", type="information")
    assert html.count('<p class="meta">Information</p>') == 10
    assert 'href="?q=page+lantern&amp;type=information&amp;page=2"' in html


def test_search_sets_no_cookie_and_is_in_no_index(home, client):
    response = client.get("/search/")
    assert '<meta name="robots" content="noindex">' in text(response)
    assert not response.cookies


def test_words_are_split_the_way_people_write():
    assert split("Don\N{RIGHT SINGLE QUOTATION MARK}t STOP, it's 3rd-party! ગુજરાતી") == [
        "don",
        "t",
        "stop",
        "it",
        "s",
        "3rd",
        "party",
        "ગુજરાતી",
    ]
    assert [term.word for term in terms("What is the lesson for year 8? The lesson!")] == ["lesson", "year", "8"]


@pytest.mark.parametrize("wrong", [{"address": ""}, {"kind": "moon"}, {"key": "twice"}])
def test_an_entry_leads_somewhere_and_stands_once(home, wrong):
    given = {"language": "en", "words_in": "en", "kind": "support", "address": "/x/", "title": "T"}
    SearchEntry.objects.create(key="twice", **given)
    with pytest.raises(IntegrityError), transaction.atomic():
        SearchEntry.objects.create(**{"key": "other"} | given | wrong)
