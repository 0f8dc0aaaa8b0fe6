"""The address decides the language, each language has a whole tree, and words that are not in it are marked."""

import re

import pytest
from django.test import Client
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Page, PageViewRestriction

from core.approvals.keeping import publish_laid
from core.languages.actions import record_check
from core.languages.queries import catalogue_digest
from core.languages.trees import in_english, lay_trees
from core.models import Organisation
from core.models.pages import closed_to_some
from home.models import ContentPage, HomePage
from home.setup import publish_below

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("laid_article")]
OTHERS = ("ur", "gu", "pl")


@pytest.fixture(scope="module")
def laid_article(laid_tree, lay_once) -> None:
    """Lay a live English page on a site with its trees."""

    def lay():
        lay_trees()
        page = ContentPage(slug="what-is-hate-crime", title="What is hate crime?", summary="In short.")
        publish_below(in_english(HomePage.objects).get(), page)

    lay_once(lay)


@pytest.fixture
def site(laid_article, db) -> HomePage:
    """Return the English home page of a site with its trees."""
    return in_english(HomePage.objects).get()


@pytest.fixture
def article(laid_article, db) -> ContentPage:
    """Return a live English page."""
    return in_english(ContentPage.objects).get(slug="what-is-hate-crime")


def shown(address: str, **headers) -> str:
    return Client(headers=headers).get(address).content.decode()


def there(page: Page, code: str) -> Page:
    return Page.objects.get(translation_key=page.translation_key, locale__language_code=code)


@pytest.mark.parametrize(
    ("address", "opening"),
    [
        ("/", '<html lang="en" dir="ltr">'),
        ("/ur/", '<html lang="ur" dir="rtl">'),
        ("/gu/", '<html lang="gu" dir="ltr">'),
        ("/pl/support/", '<html lang="pl" dir="ltr">'),
        ("/ur/indicators/", '<html lang="ur" dir="rtl">'),
        ("/ur/nowhere/", '<html lang="ur" dir="rtl">'),
    ],
)
def test_the_address_decides_the_language_and_its_direction(site, address, opening):
    assert opening in shown(address)


def test_nothing_but_the_address_decides(site):
    client = Client(headers={"accept-language": "ur"})
    client.cookies["django_language"] = "ur"
    response = client.get("/")
    assert '<html lang="en"' in response.content.decode()
    assert "Vary" not in response.headers
    assert not response.cookies


@pytest.mark.parametrize("address", ["/xx/", "/en/", "/ur-pk/", "/UR/", "/ur/ur/", "/gu/pl/", "/xx/events/", "/u%00r/"])
def test_a_language_that_we_do_not_have_is_a_page_of_ours_that_is_not_there(site, address):
    response = Client().get(address)
    assert response.status_code == (400 if "%00" in address else 404)
    assert "site-header" in response.content.decode()


@pytest.mark.parametrize("address", ["/ur/api/v1/indicators/", "/ur/healthz/", "/ur/admin/", "/ur/events/calendar.ics"])
def test_what_machines_and_staff_ask_for_has_one_address(site, address):
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("code", OTHERS)
def test_an_untranslated_page_stands_in_each_language_as_an_english_article_that_says_so(article, code):
    html = shown(f"/{code}/what-is-hate-crime/")
    assert 'tabindex="-1" lang="en" dir="ltr">' in html
    assert 'class="wrap language-note"' in html
    assert f'href="/{code}/support/"' in html
    assert 'href="/support/"' not in html


def test_links_inside_an_english_article_stay_in_the_language_of_the_address(site):
    main = shown("/ur/").partition("<main")[2].partition("</main>")[0]
    assert 'href="/ur/support/"' in main
    assert 'href="/support/"' not in main


def test_an_english_page_carries_no_note(article):
    html = shown("/what-is-hate-crime/")
    assert "language-note" not in html
    assert "not yet been checked" not in html


def test_the_switch_leads_to_this_very_page_in_each_language(article):
    html = shown("/ur/what-is-hate-crime/?from=poster")
    assert '<a href="/what-is-hate-crime/?from=poster" lang="en" hreflang="en" dir="ltr">English</a>' in html
    assert '<span aria-current="true" lang="ur" dir="rtl">اردو</span>' in html
    assert '<a href="/gu/what-is-hate-crime/?from=poster" lang="gu" hreflang="gu" dir="ltr">ગુજરાતી</a>' in html


def test_search_engines_are_told_of_every_language(article):
    html = shown("/pl/what-is-hate-crime/")
    for code, address in (("en", "/"), ("ur", "/ur/"), ("gu", "/gu/"), ("pl", "/pl/"), ("x-default", "/")):
        assert f'<link rel="alternate" hreflang="{code}" href="http://testserver{address}what-is-hate-crime/">' in html


def test_a_page_that_goes_live_stands_in_every_tree(article):
    assert {page.locale.language_code for page in Page.objects.filter(alias_of=article)} == set(OTHERS)
    assert [there(article, code).slug for code in OTHERS] == ["what-is-hate-crime"] * 3


def test_a_change_to_a_live_page_shows_in_every_language(article):
    article.title, article.slug = "Hate crime", "hate-crime"
    publish_laid(article)
    assert "<h1>Hate crime</h1>" in shown("/gu/hate-crime/")
    assert Client().get("/gu/what-is-hate-crime/").status_code == 404


def test_a_page_taken_down_is_down_in_every_language(article):
    article.unpublish()
    assert [Client().get(f"/{code}/what-is-hate-crime/").status_code for code in OTHERS] == [404, 404, 404]


def test_a_page_moved_is_moved_in_every_language(site, article):
    above = publish_below(site, ContentPage(slug="about", title="About", summary="About."))
    article.move(above, pos="last-child")
    assert [Client().get(f"/{code}/about/what-is-hate-crime/").status_code for code in OTHERS] == [200, 200, 200]


def test_a_page_moved_below_a_draft_stands_in_no_other_tree_until_that_is_live(site, article):
    above = site.add_child(instance=ContentPage(slug="above", title="Above", summary="Above.", live=False))
    article.move(above, pos="last-child")
    assert [Client().get(f"/{code}/what-is-hate-crime/").status_code for code in OTHERS] == [404, 404, 404]
    ContentPage.objects.get(pk=above.pk).save_revision().publish()
    assert [Client().get(f"/{code}/above/what-is-hate-crime/").status_code for code in OTHERS] == [200, 200, 200]


def test_a_page_moved_from_below_a_draft_gets_its_place_in_every_tree(site):
    above = site.add_child(instance=ContentPage(slug="above", title="Above", summary="Above.", live=False))
    below = publish_below(above, ContentPage(slug="below", title="Below", summary="Below."))
    Page.objects.get(pk=below.pk).move(site, pos="last-child")
    assert [Client().get(f"/{code}/below/").status_code for code in OTHERS] == [200, 200, 200]


def test_a_page_deleted_is_gone_in_every_language(article):
    key = article.translation_key
    article.delete()
    assert not Page.objects.filter(translation_key=key).exists()


def test_deleting_what_stands_above_takes_every_language_with_it(site, article):
    publish_below(article, ContentPage(slug="more", title="More", summary="More."))
    ContentPage.objects.get(pk=article.pk).delete()
    assert not Page.objects.filter(slug__in=["what-is-hate-crime", "more"]).exists()


def test_laying_the_trees_again_changes_nothing(article):
    before = list(Page.objects.order_by("path").values_list("path", "translation_key"))
    lay_trees()
    assert list(Page.objects.order_by("path").values_list("path", "translation_key")) == before


def test_a_draft_stands_in_no_other_tree(site):
    site.add_child(instance=ContentPage(slug="draft", title="Draft", summary="Draft.", live=False))
    lay_trees()
    assert Page.objects.filter(slug="draft").count() == 1


def test_pages_that_went_live_below_a_draft_follow_it_into_every_tree(site):
    above = site.add_child(instance=ContentPage(slug="above", title="Above", summary="Above.", live=False))
    below = publish_below(above, ContentPage(slug="below", title="Below", summary="Below."))
    publish_below(below, ContentPage(slug="lowest", title="Lowest", summary="Lowest."))
    assert Page.objects.filter(slug__in=["above", "below", "lowest"]).count() == 3
    ContentPage.objects.get(pk=above.pk).save_revision().publish()
    assert [Client().get(f"/{code}/above/below/lowest/").status_code for code in OTHERS] == [200, 200, 200]


@pytest.mark.parametrize("address", ["//example.org/", "/ur//example.org/", "/ur///example.org/"])
def test_no_address_makes_the_switch_lead_away_from_this_site(site, address):
    html = shown(address)
    assert 'class="languages"' in html
    assert 'href="//' not in html


@pytest.fixture
def record(make_user):
    """Return a function that records the Polish words as checked."""

    def record() -> None:
        house = Organisation.objects.create(code="polish", name="Polish house")
        speaker = make_user("ewa", organisation=house)
        record_check(language="pl", digest=catalogue_digest("pl"), organisation=house, by=speaker)

    return record


def test_help_is_told_in_english_until_a_speaker_has_checked_the_words(site, record):
    html = shown("/pl/support/")
    assert '<div lang="en" dir="ltr">' in html
    assert html.count("The Polish words of this site have not yet been checked by a speaker.") >= 1
    record()
    html = shown("/pl/support/")
    assert '<div lang="en" dir="ltr">' not in html
    assert "not yet been checked" not in html


def test_a_check_speaks_only_for_the_words_that_were_read(site, record, monkeypatch):
    record()
    monkeypatch.setattr("core.languages.queries.catalogue_digest", lambda _: "0" * 64)
    assert '<div lang="en" dir="ltr">' in shown("/pl/support/")


def test_what_only_some_may_read_is_listed_in_no_tree(site, article):
    """A restriction stands on the English page; what stands for it in other trees has none of its own."""
    above = publish_below(site, ContentPage(slug="about", title="About", summary="About."))
    below = publish_below(above, ContentPage(slug="inside", title="Inside", summary="Inside."))
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    PageViewRestriction.objects.create(page=above, restriction_type=PageViewRestriction.LOGIN)
    assert Client().get("/ur/about/inside/").status_code == 302
    closed = Page.objects.filter(closed_to_some())
    for page in (article, above, below):
        assert closed.filter(translation_key=page.translation_key).count() == 1 + len(OTHERS)
    assert closed.count() == 3 * (1 + len(OTHERS))


def test_what_was_closed_before_its_aliases_were_made_opens_in_every_tree(site):
    """Wagtail gives such an alias a restriction of its own, which stays behind when the page's is lifted."""
    page = site.add_child(instance=ContentPage(slug="inside", title="Inside", summary="Inside.", live=False))
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    page.save_revision().publish()
    addresses = ["/inside/", "/ur/inside/"]
    assert [Client().get(address).status_code for address in addresses] == [302, 302]
    page.view_restrictions.all().delete()
    assert [Client().get(address).status_code for address in addresses] == [200, 200]
    assert list(Page.objects.filter(closed_to_some())) == []


def test_only_one_tree_has_the_pages_that_a_language_lists(article):
    assert HomePage.objects.count() == 4
    for code in OTHERS:
        assert f'href="/{code}/campaigns/"' in shown(f"/{code}/")


def test_the_map_lists_a_page_once_for_each_language_that_has_words_for_it_and_names_every_other(site, article):
    def listed() -> dict[str, dict[str, str]]:
        found = {}
        for entry in re.findall("<url>(.*?)</url>", shown("/sitemap.xml"), re.DOTALL):
            place = re.search("<loc>https?://[^/]+(.*)</loc>", entry)[1]
            found[place] = dict(re.findall('hreflang="(.*?)" href="https?://[^/]+(.*?)"', entry))
        return {place: others for place, others in found.items() if "hate-crime" in place}

    everywhere = {"en": "/what-is-hate-crime/"} | {code: f"/{code}/what-is-hate-crime/" for code in OTHERS}
    assert listed() == {"/what-is-hate-crime/": everywhere}

    urdu = there(article, "ur").specific
    ConvertAliasPageAction(urdu).execute(skip_permission_checks=True)
    urdu.refresh_from_db()
    urdu.title = "نفرت پر مبنی جرم کیا ہے؟"
    urdu.save_revision().publish()
    assert listed() == {"/what-is-hate-crime/": everywhere, "/ur/what-is-hate-crime/": everywhere}

    there(article, "gu").unpublish()
    del everywhere["gu"]
    assert listed() == {"/what-is-hate-crime/": everywhere, "/ur/what-is-hate-crime/": everywhere}
