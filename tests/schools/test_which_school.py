"""Asking for which school a pack was taken: after it was taken, in nobody's way, and without a trace of anybody."""

from datetime import date

import pytest
import time_machine
from django.core.cache import caches

from core.languages.trees import lay_trees
from core.models import CouncilSettings
from schools.models import SchoolReached
from schools.views import which_school
from tests.factories.register import make_school
from tests.factories.schools import make_pack, make_pack_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("laid_tree")]
ASK = "/schools/fair/school/"


@pytest.fixture(autouse=True)
def _nobody_asked():
    caches["limits"].clear()


@pytest.fixture(autouse=True)
def pack_page():
    return make_pack_page(make_pack(code="fair", title="Fair play"))


@pytest.fixture
def dalton():
    return make_school(urn="100001", name="École Saint-Exupéry", town="Dalton", postcode="ZZ1 2AB")


def offered(client, typed: str, address: str = ASK) -> list[str]:
    answers = client.get(address, {"q": typed}).context["form"].fields["answer"].choices
    return [label for _, label in answers][:-2]


def told() -> list[tuple]:
    return list(SchoolReached.objects.values_list("day", "pack__code", "told", "school__urn"))


def test_the_pack_leads_to_the_question_once_there_are_schools(client, pack_page):
    assert ASK not in client.get(pack_page.url).content.decode()
    make_school()
    assert f'<a href="{ASK}" rel="nofollow">Tell us your school</a>' in client.get(pack_page.url).content.decode()


@pytest.mark.parametrize("typed", ["ecole", "EXUPÉRY", "saint dalton", "zz1 2ab", "zz12ab", "100001", "exup zz1"])
def test_a_school_is_found_by_name_town_postcode_and_number(client, dalton, typed):
    make_school(name="Another", town="Elsewhere")
    assert offered(client, typed) == ["École Saint-Exupéry, Dalton, ZZ1 2AB"]


@pytest.mark.parametrize(
    "typed", ["", "x", " ", "'", "%", "_a%", "saint nowhere", "\\", '"', "x" * 5000], ids=range(10)
)
def test_what_fits_nothing_offers_the_other_answers(client, dalton, typed):
    assert offered(client, typed) == []


def test_closed_schools_are_not_offered_and_the_councils_own_come_first(client, pack_page):
    CouncilSettings.objects.create(site=pack_page.get_site(), area_code="E08000034")
    make_school(name="Oak A", area_code="E08000018")
    make_school(name="Oak B")
    make_school(name="Oak C", status="closed")
    make_school(name="Oak D", status="planned")
    assert offered(client, "oak") == ["Oak B", "Oak A"]


def test_of_many_the_first_twenty_are_shown_and_it_says_how_to_narrow_them_down(client):
    for number in range(22):
        make_school(name=f"Oak {number:02}")
    assert len(offered(client, "oak")) == 20
    assert "Add the town or the postcode" in client.get(ASK, {"q": "oak"}).content.decode()


@time_machine.travel("2026-11-02T23:30:00Z", tick=False)
def test_what_is_told_is_kept_once_a_day_with_nothing_of_who_told_it(client, dalton):
    for _ in range(2):
        response = client.post(ASK, {"q": "saint", "answer": dalton.urn})
        assert (response.status_code, response["Location"]) == (302, f"{ASK}thanks/")
    assert told() == [(date(2026, 11, 2), "fair", "school", "100001")]
    assert {field.name for field in SchoolReached._meta.fields} == {"id", "day", "pack", "told", "school"}
    assert not client.cookies
    assert "We have kept your choice." in client.get(f"{ASK}thanks/").content.decode()


@pytest.mark.parametrize("answer", ["home", "not-listed"])
def test_home_educators_and_schools_not_listed_have_an_answer(client, answer):
    assert client.post(ASK, {"answer": answer}).status_code == 302
    assert [(kind, urn) for *_, kind, urn in told()] == [(answer, None)]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose your school, or one of the other answers."),
        ({"answer": "999"}, "Choose an answer from the list."),
        ({"answer": "school"}, "Choose an answer from the list."),
        ({"answer": "100002"}, "Choose an answer from the list."),
        ({"answer": "1000\0"}, "Choose an answer from the list."),
    ],
    ids=["nothing", "no such", "the kind alone", "closed", "a NUL"],
)
def test_what_is_no_answer_is_said_beside_the_choice_and_the_list_stays(client, dalton, sent, sentence):
    make_school(urn="100002", status="closed")
    response = client.post(ASK, {"q": "saint"} | sent)
    html = response.content.decode()

    assert response.context["form"].errors == {"answer": [sentence]}
    assert "École Saint-Exupéry" in html
    assert html.count('value="saint"') == 2
    assert told() == []


def test_a_choice_whose_list_has_changed_since_is_taken(client, dalton):
    assert client.post(ASK, {"q": "something else", "answer": dalton.urn}).status_code == 302


def test_a_pack_that_nobody_can_take_asks_nothing(client, pack_page):
    pack_page.live = False
    pack_page.save()
    for address in (ASK, f"{ASK}list/", f"{ASK}thanks/", "/schools/nothing/school/"):
        assert client.get(address).status_code == 404
    assert client.post(ASK, {"answer": "home"}).status_code == 404
    assert told() == []


def test_another_site_cannot_send_it(client):
    assert client.post(ASK, {"answer": "home"}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert told() == []


def test_suggestions_are_the_same_answers_alone_and_the_browser_keeps_them(client, dalton):
    response = client.get(f"{ASK}list/", {"q": "saint"})
    assert response["Cache-Control"] == "private, max-age=300"
    assert "École Saint-Exupéry" in response.content.decode()
    assert "<html" not in response.content.decode()
    assert not response.cookies


@time_machine.travel("2026-11-02T12:00:00Z", tick=False)
def test_whoever_sends_many_waits_and_loses_nothing(client, dalton):
    for _ in range(which_school.TOLD.most):
        assert client.post(ASK, {"answer": "home"}).status_code == 302
    response = client.post(ASK, {"q": "saint", "answer": dalton.urn})

    assert (response.status_code, response["Retry-After"]) == (429, "120")
    assert "Wait two minutes, then try again." in response.content.decode()
    assert response.context["form"]["answer"].value() == dalton.urn
    assert len(told()) == 1


@time_machine.travel("2026-11-02T12:00:00Z", tick=False)
def test_whoever_looks_for_many_waits(client, dalton):
    for _ in range(which_school.LOOKED_FOR.most):
        which_school.LOOKED_FOR.add(which_school.who(client.get(ASK).wsgi_request))
    assert client.get(f"{ASK}list/", {"q": "saint"}).status_code == 429
    response = client.get(ASK, {"q": "saint"})

    assert response.status_code == 429
    assert response.context["found"].schools == []
    assert "Wait two minutes, then try again." in response.content.decode()


def test_it_is_asked_in_every_language_and_names_stay_english(client, dalton):
    lay_trees()
    html = client.get("/ur/schools/fair/school/", {"q": "saint"}).content.decode()
    assert '<html lang="ur" dir="rtl">' in html
    assert '<bdi lang="en" dir="ltr">École Saint-Exupéry, Dalton, ZZ1 2AB</bdi>' in html
