"""A speaker reads the words of the site in the admin, and says that they are right; nobody else can."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from core.languages.models import CatalogueCheck
from core.languages.queries import catalogue_digest, words_of
from core.models import Organisation

pytestmark = pytest.mark.django_db

LIST = "/admin/languages/"
POLISH = "/admin/languages/pl/"
WITHDRAW = "/admin/languages/pl/withdraw/"
OTHER_ROLES = [
    "Communications officers",
    "Communications managers",
    "Coordinators",
    "Strategic group",
    "Schools leads",
    "Events leads",
    "Survey analysts",
    "Partners",
]


@pytest.fixture
def house(db):
    return Organisation.objects.create(code="polish", name="Polish house")


@pytest.fixture
def checker(client, make_user, house):
    """Sign a language checker in."""
    user = make_user("ewa", "Language checkers", organisation=house)
    client.force_login(user)
    return user


def answer(house, **fields) -> dict:
    return {"digest": catalogue_digest("pl"), "organisation": house.pk, "note": "", "confirm": "on"} | fields


def is_recorded() -> bool:
    return CatalogueCheck.objects.filter(language="pl", digest=catalogue_digest("pl")).exists()


def test_the_list_says_how_the_words_of_each_language_stand(client, checker, house):
    page = client.get(LIST).text
    assert page.count("Not yet checked.") == 3
    CatalogueCheck.objects.create(language="ur", digest="0" * 64, organisation=house, checked_on="2026-05-04")
    CatalogueCheck.objects.create(
        language="pl", digest=catalogue_digest("pl"), organisation=house, checked_on="2026-06-05"
    )
    page = client.get(LIST).text
    assert "Changed since they were checked on 4 May 2026, so not checked." in page
    assert "Checked on 5 June 2026 by a speaker from Polish house." in page
    assert page.count("Not yet checked.") == 1


def test_the_list_asks_as_much_for_many_checks_as_for_none(client, checker, house, django_assert_num_queries):
    client.get(LIST)
    with django_assert_num_queries(12):
        client.get(LIST)
    for number in range(5):
        CatalogueCheck.objects.create(language="ur", digest=str(number) * 64, organisation=house, recorded_by=checker)
    with django_assert_num_queries(12):
        client.get(LIST)


def test_every_word_stands_with_its_translation_and_where_it_is_used(client, checker):
    page = client.get("/admin/languages/ur/").text
    assert page.count('lang="ur" dir="rtl">') == len(words_of("ur"))
    assert '<td lang="en" dir="ltr">On now</td>' in page
    assert '<td lang="ur" dir="rtl">اس وقت جاری</td>' in page
    assert "campaigns/enums.py" in page
    assert '<td lang="pl" dir="ltr">' in client.get(POLISH).text


@pytest.mark.parametrize("sought", ["on NOW", "اس وقت جاری", "campaigns/enums"])
def test_words_are_found_by_english_by_translation_and_by_place(client, checker, sought):
    page = client.get("/admin/languages/ur/", {"q": sought}).text
    assert "On now" in page
    assert page.count('lang="ur" dir="rtl">') < 10
    assert "To record the check, show all words first." in page
    assert "Record that these words are right" not in page


@pytest.mark.parametrize("sought", ["zzzz", '"""((', "x" * 10_000, "<script>alert(1)</script>"])
def test_a_search_that_finds_nothing_says_so(client, checker, sought):
    page = client.get(POLISH, {"q": sought})
    assert page.status_code == 200
    assert f"0 of {len(words_of('pl'))} words hold" in page.text
    assert "<script>alert" not in page.text


@pytest.mark.parametrize("code", ["en", "xx", "PL", "pl-PL", "..", "p%00l"])
def test_a_language_that_has_no_catalogue_is_not_there(client, checker, code):
    assert client.get(f"/admin/languages/{code}/").status_code in {400, 404}


def test_a_check_is_recorded_and_shows_at_once(client, checker, house):
    assert "Record that these words are right" in client.get(POLISH).text
    page = client.post(POLISH, answer(house, note="Read aloud in a group."), follow=True).text
    assert "The Polish words are recorded as checked." in page
    assert "by a speaker from Polish house." in page
    assert "Read aloud in a group." in page
    assert "Record that these words are right" not in page
    check = CatalogueCheck.objects.get()
    assert (check.language, check.digest, check.recorded_by) == ("pl", catalogue_digest("pl"), checker)
    assert ModelLogEntry.objects.get(action="core.languages.record_check").user == checker


def test_the_form_begins_with_the_speakers_own_organisation(client, checker, house):
    assert f'<option value="{house.pk}" selected>' in client.get(POLISH).text


def test_nothing_is_recorded_without_the_tick_and_what_was_typed_stays(client, checker, house):
    page = client.post(POLISH, answer(house, confirm="", note="Half of them.")).text
    assert "Tick the box to say that you have read every word. Nothing is recorded yet." in page
    assert "Half of them." in page
    assert "<title>\n    Error:" in page or "Error: Polish words" in page
    assert not is_recorded()


@pytest.mark.parametrize("digest", ["", "0" * 64, "x" * 65, "a\0b"])
def test_words_that_changed_meanwhile_are_not_recorded(client, checker, house, digest):
    page = client.post(POLISH, answer(house, digest=digest))
    assert page.status_code == 200
    assert "There is a problem" in page.text
    assert not CatalogueCheck.objects.exists()


def test_after_a_change_the_page_asks_for_the_new_words_to_be_read(client, checker, house):
    page = client.post(POLISH, answer(house, digest="0" * 64, note="Kept."))
    assert "The words changed after this page was shown to you, so nothing is recorded." in page.text
    assert f'value="{catalogue_digest("pl")}"' in page.text
    assert "Kept." in page.text
    assert " checked>" not in page.text


def test_a_second_check_of_the_same_words_is_refused_in_words(client, checker, house):
    client.post(POLISH, answer(house))
    page = client.post(POLISH, answer(house)).text
    assert "These words have been recorded as checked already, so nothing more is recorded." in page
    assert CatalogueCheck.objects.count() == 1


@pytest.mark.parametrize("fields", [{"organisation": ""}, {"organisation": "999"}, {"organisation": "a\0"}])
def test_a_check_belongs_to_an_organisation(client, checker, house, fields):
    assert client.post(POLISH, answer(house, **fields)).status_code == 200
    assert not CatalogueCheck.objects.exists()


def test_a_check_is_taken_back_and_the_log_keeps_what_it_said(client, checker, house):
    client.post(POLISH, answer(house, note="Read."))
    assert WITHDRAW in client.get(POLISH).text
    page = client.post(WITHDRAW, follow=True).text
    assert "The check is withdrawn." in page
    assert "Not yet checked." in page
    assert not CatalogueCheck.objects.exists()
    entry = ModelLogEntry.objects.get(action="core.languages.withdraw_check")
    assert (entry.user, entry.data["organisation"], entry.data["note"]) == (checker, "Polish house", "Read.")


def test_withdrawing_what_is_not_recorded_says_so(client, checker):
    assert "so there was nothing to withdraw" in client.post(WITHDRAW, follow=True).text
    assert client.get(WITHDRAW).status_code == 405


@pytest.mark.parametrize("role", OTHER_ROLES)
def test_other_roles_neither_read_nor_record_nor_withdraw(client, make_user, house, checker, role):
    client.post(POLISH, answer(house))
    CatalogueCheck.objects.update(digest="0" * 64)
    CatalogueCheck.objects.create(language="ur", digest=catalogue_digest("ur"), organisation=house)
    client.force_login(make_user("other", role))
    for response in (client.get(LIST), client.get(POLISH), client.post(POLISH, answer(house))):
        assert response.status_code in {302, 403}
    client.post("/admin/languages/ur/withdraw/")
    assert CatalogueCheck.objects.count() == 2
    assert reverse("languages") not in client.get("/admin/").text


def test_an_administrator_withdraws_but_does_not_say_that_words_are_right(client, make_user, house, checker):
    client.force_login(make_user("ada", "Administrators"))
    assert client.post(POLISH, answer(house)).status_code in {302, 403}
    assert not is_recorded()
    client.force_login(checker)
    client.post(POLISH, answer(house))
    client.force_login(make_user("ari", "Administrators"))
    assert "Record that these words are right" not in client.get(POLISH).text
    client.post(WITHDRAW)
    assert not is_recorded()
