"""Building a questionnaire in the admin: its conditions, what is wrong with it, and files in and out."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from surveys import actions, runner
from surveys.content import instrument_body
from surveys.models import Condition, Item, Option, Questionnaire, Section, Wording
from tests.factories.surveys import make_questionnaire, make_usual_questionnaire, make_wording
from tests.surveys.browsing import text
from tests.surveys.instruments import GALLERY, body, question, when

pytestmark = pytest.mark.django_db

BRING_IN = "/admin/surveys/questionnaires/bring-in/"


@pytest.fixture
def analyst(client, make_user):
    client.force_login(make_user("analyst", "Survey analysts"))
    return client


def file_of(instrument, code="from-a-file"):
    return SimpleUploadedFile("it.json", json.dumps({"code": code, "instrument": instrument}).encode())


def item_data(wording=None, *, conditions=(), **more):
    data = {"wording": wording.pk if wording else "", "required": "on", "reason": "", "ends_on": ""}
    data |= {"information_title": "", "information": "", "matching": "all"}
    return data | {"conditions": inline_formset(list(conditions))} | more


def form_data(*items, **section):
    sections = [{"title": "You", **section, "items": inline_formset(items)}]
    fields = {"title": "Built by hand", "code": "by-hand", "introduction": "", "sections": inline_formset(sections)}
    return nested_form_data(fields)


def test_a_questionnaire_with_conditions_is_built_in_one_form(analyst):
    first, second = make_wording("CNF01"), make_wording("CNF02")
    condition = {"question": first.question_id, "operator": "is-any-of", "value": "disagree, agree"}
    informs = item_data(information_title="Thank you", information="Nearly there.", required="")
    data = form_data(item_data(first, ends_on="dont-know"), informs, item_data(second, conditions=[condition]))
    response = analyst.post("/admin/snippets/surveys/questionnaire/add/", data)

    assert response.status_code == 302, text(response)
    made = instrument_body(Questionnaire.objects.get())
    asked, told, routed = made["sections"][0]["items"]
    assert asked["ends_on"] == ["dont-know"]
    assert told == {"key": "info-1", "kind": "information", "title": "Thank you", "text": "Nearly there."}
    assert routed["when"] == {
        "all": [{"item": "cnf01", "operator": "is-any-of", "value": ["agree", "disagree"]}],
    }
    assert runner.faults(made) == []


def test_what_a_condition_cannot_compare_with_is_refused_beside_it(analyst):
    first, second = make_wording("CNF01"), make_wording("CNF02")
    condition = {"question": first.question_id, "operator": "at-least", "value": "agree"}
    data = form_data(item_data(first), item_data(second, conditions=[condition]))
    page = text(analyst.post("/admin/snippets/surveys/questionnaire/add/", data))

    assert "Give a score: a whole number, such as 5." in page
    assert not Questionnaire.objects.exists()


@pytest.mark.parametrize(
    ("operator", "value", "sentence"),
    [
        ("answered", "yes", "“Is answered” takes no value. Leave it empty."),
        ("is", "yes, no", "Give the code of one option, such as yes. For several, use “is any of”."),
        ("is", "", "Give the code of one option, such as yes. For several, use “is any of”."),
        ("is-none-of", " , ", "Give codes of options, with commas between."),
        ("at-most", "²", "Give a score: a whole number, such as 5."),
        ("at-most", "999999", "Give a score: a whole number, such as 5."),
    ],
)
def test_a_value_that_does_not_fit_its_operator_is_refused(operator, value, sentence):
    condition = Condition(item=Item(), question=make_wording("CNF01").question, operator=operator, value=value)

    with pytest.raises(ValidationError) as refused:
        condition.clean()
    assert refused.value.message_dict == {"value": [sentence]}


def test_an_item_asks_or_informs():
    section = Section.objects.create(questionnaire=Questionnaire.objects.create(code="q", title="Q"), title="S")

    for fields in ({}, {"information": "x"}, {"wording": make_wording("CNF01"), "information": "x"}):
        with transaction.atomic(), pytest.raises(IntegrityError):
            Item.objects.create(section=section, **fields)


def test_the_page_of_a_questionnaire_names_what_is_wrong_with_it(analyst):
    questionnaire = actions.import_questionnaire(text=file_of(body(question(1), question(2))).read().decode())
    first, second = Item.objects.order_by("order")
    Condition.objects.create(item=first, question=second.wording.question, operator="answered")
    page = text(analyst.get(f"/admin/surveys/questionnaires/{questionnaire.pk}/"))

    assert "Section 1, item 1 (qu01) has a condition on qu02, which is asked later." in page
    assert "Asked if QU02 is answered." in page


@pytest.mark.parametrize(
    ("instrument", "fault"),
    [
        (body(question(1, ends_on=["yes"]), question(2)), ""),
        (body(*(question(number, text="word " * 80) for number in range(1, 30))), "By its words it takes about 15"),
        (body(question(1), question(2)), "Nobody ever comes to qu02"),
    ],
)
def test_faults_that_only_the_whole_shows_are_named(analyst, instrument, fault):
    questionnaire = make_questionnaire(code="made")
    questionnaire.delete()
    sound = json.dumps({"code": "made", "instrument": body(*instrument["sections"][0]["items"][:2])})
    questionnaire = actions.import_questionnaire(text=sound)
    if fault.startswith("By"):
        add_the_rest(questionnaire, instrument)
    if fault.startswith("Nobody"):
        second = Item.objects.last()
        for value in ("yes", "no"):
            first = Wording.objects.get(question__code="QU01").question
            Condition.objects.create(item=second, question=first, operator="is", value=value)
    page = text(analyst.get(f"/admin/surveys/questionnaires/{questionnaire.pk}/"))

    assert fault in page
    assert ("Nothing is wrong with it." in page) is (fault == "")


def add_the_rest(questionnaire, instrument):
    section = questionnaire.sections.get()
    for order, item in enumerate(instrument["sections"][0]["items"][2:], start=2):
        wording = make_wording(item["question"], text=item["text"])
        Item.objects.create(section=section, wording=wording, order=order)


def test_a_questionnaire_goes_out_and_comes_in_through_the_admin_with_the_same_digest(analyst):
    name = "equality-questions"
    response = analyst.post(BRING_IN, {"file": file_of(GALLERY[name]["instrument"]), "code": ""})
    first = Questionnaire.objects.get()
    assert response.url == f"/admin/surveys/questionnaires/{first.pk}/"
    page = text(analyst.get(response.url))
    assert "Nothing is wrong with it. By its words it takes about 2 minutes if everything is asked." in page
    assert "Asked after the answers were checked, of those who choose to." in page
    assert runner.digest(GALLERY[name]["instrument"]) in page

    out = analyst.get(f"{response.url}file/")
    assert out["Content-Disposition"] == 'attachment; filename="from-a-file.json"'
    again = SimpleUploadedFile("again.json", out.content)
    analyst.post(BRING_IN, {"file": again, "code": "again"})
    assert instrument_body(Questionnaire.objects.get(code="again")) == instrument_body(first)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("a.json", b"\xff\xfe{}"), "This file is not text in UTF-8."),
        (SimpleUploadedFile("a.json", b"hello"), "This is no JSON: Expecting value, on line 1."),
        (SimpleUploadedFile("a.json", b" " * 2_000_001), "This file is too big to be a questionnaire."),
        (file_of(body(question(1), question(1))), "Section 1, item 2 (qu01) is asked twice."),
        (None, "This field is required."),
    ],
)
def test_a_file_that_cannot_come_in_is_refused_in_a_sentence(analyst, file, sentence):
    response = analyst.post(BRING_IN, {"file": file or "", "code": ""})

    assert response.status_code == 422
    assert sentence in text(response)
    assert not Questionnaire.objects.exists()


def test_the_published_schemas_and_the_list_are_within_reach(analyst):
    questionnaire = make_usual_questionnaire()
    listed = text(analyst.get("/admin/snippets/surveys/questionnaire/"))
    assert f"/admin/surveys/questionnaires/{questionnaire.pk}/" in listed
    assert BRING_IN in listed

    for name in ("instrument", "questionnaire"):
        schema = analyst.get(f"/admin/surveys/schemas/{name}/").json()
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert analyst.get("/admin/surveys/schemas/nonsense/").status_code == 404


def test_only_those_who_keep_questionnaires_come_to_them(make_user):
    questionnaire, client = make_usual_questionnaire(), Client()
    client.force_login(make_user("officer", "Communications officers"))

    for address in (f"{questionnaire.pk}/", f"{questionnaire.pk}/file/", "bring-in/"):
        assert client.get(f"/admin/surveys/questionnaires/{address}").status_code in {302, 403}
    assert client.post(BRING_IN, {"file": file_of(body(question(1)))}).status_code in {302, 403}
    assert Questionnaire.objects.count() == 1


def test_routing_can_be_told_in_conditions_of_every_kind():
    words = actions.import_questionnaire(
        text=file_of(body(question(1, kind="text"), question(2, when=when("qu01")))).read().decode()
    )

    assert [str(condition) for condition in Condition.objects.filter(item__section__questionnaire=words)] == [
        "QU01 is answered"
    ]


@pytest.mark.parametrize(("role", "is_offered"), [("Survey analysts", True), ("Communications managers", False)])
def test_bringing_a_questionnaire_in_is_offered_to_those_who_may(client, make_user, role, is_offered):
    client.force_login(make_user("reader", role))
    page = text(client.get(reverse("wagtailsnippets_surveys_questionnaire:list")))
    assert "Questionnaires" in page
    assert (reverse("survey_bring_in") in page) == is_offered


def test_whoever_writes_a_condition_reads_the_options_of_each_question_and_picks_their_codes(analyst):
    found = make_usual_questionnaire()
    Option.objects.filter(code="2").update(score=2)
    page = text(analyst.get(reverse("wagtailsnippets_surveys_questionnaire:edit", args=[found.pk])))

    assert "<li>Fear of what comes after: <code>fear</code></li>" in page
    assert "<li>2 - Well: <code>2</code> (score 2)</li>" in page
    assert '<datalist id="option-codes">' in page
    assert '<option value="fear">HC08: Fear of what comes after</option>' in page
    assert re.search(r'name="sections-0-items-0-conditions-__prefix__-value"[^>]* list="option-codes"', page)
    assert "Once the questionnaire is saved" in text(analyst.get(reverse("wagtailsnippets_surveys_questionnaire:add")))
