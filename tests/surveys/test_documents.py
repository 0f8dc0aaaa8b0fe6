"""A questionnaire goes out as a file and comes in again, whole or not at all."""

import json

import pytest

from surveys import actions, runner
from surveys.content import instrument_body, questionnaire_document
from surveys.models import Question, Questionnaire, Wording
from surveys.schema import DocumentError
from tests.factories.surveys import make_usual_questionnaire, make_wording
from tests.surveys.instruments import GALLERY, body, question, when

pytestmark = pytest.mark.django_db


def document(instrument, **more):
    return json.dumps({"code": "from-a-file", "instrument": instrument, **more})


@pytest.mark.parametrize("name", GALLERY)
def test_every_instrument_of_the_gallery_comes_in_and_goes_out_with_the_same_digest(name):
    instrument = GALLERY[name]["instrument"]
    questionnaire = actions.import_questionnaire(text=document(instrument))

    assert instrument_body(questionnaire) == instrument
    assert runner.digest(instrument_body(questionnaire)) == runner.digest(instrument)


def test_what_goes_out_comes_in_the_same_beside_itself_and_into_an_empty_bank():
    first = make_usual_questionnaire()
    Wording.objects.filter(question__code="CNF01").update(source="A survey, item 7", licence="OGL")
    out = questionnaire_document(first)
    second = actions.import_questionnaire(text=json.dumps(out), code="again")
    assert Wording.objects.count() == 4
    for row in (first, second):
        row.delete()
    Wording.objects.all().delete()
    Question.objects.all().delete()
    third = actions.import_questionnaire(text=json.dumps(out))

    assert questionnaire_document(third) == out
    assert (third.code, second.code) == ("questions", "again")
    assert runner.digest(instrument_body(third)) == runner.digest(out["instrument"])


def test_a_wording_that_the_file_says_nothing_more_about_is_a_draft():
    actions.import_questionnaire(text=document(body(question(1))))

    wording = Wording.objects.get()
    assert (wording.standing, wording.question.theme) == ("draft: pilot first", "imported")


@pytest.mark.parametrize(
    ("instrument", "sentence"),
    [
        (body(), "Instrument, section 1, items has 0 entries. 1 is the least."),
        (
            body(question(1, when=when("qu02")), question(2)),
            (
                "Section 1, item 1 (qu01) has a condition on qu02, which is asked later. A condition looks back: move "
                "qu02 before it."
            ),
        ),
        (
            body(question(1, key="qu02")),
            "Section 1, item 1 (qu02) has to have the key qu01, after its question QU01.",
        ),
        (
            body(question(1, wording="QU02.1")),
            "Section 1, item 1 (qu01) has the wording QU02.1, which is not one of the question QU01.",
        ),
        (
            body(question(1), question(7, text="Do you not?")),
            (
                "Section 1, item 2 (qu07): QU07.1 stands in the bank with other words or options. Give these a "
                "version of their own."
            ),
        ),
        (
            body(question(1), question(7, sensitive=True)),
            "Section 1, item 2 (qu07): QU07 stands in the bank as not sensitive. Say the same here.",
        ),
    ],
)
def test_a_file_with_a_fault_is_refused_in_a_sentence_and_nothing_of_it_stays(instrument, sentence):
    make_wording("QU07", text="Do you?", options=(("yes", "Yes"), ("no", "No")))

    with pytest.raises(DocumentError) as refused:
        actions.import_questionnaire(text=document(instrument))
    assert refused.value.faults == [sentence]
    assert not Questionnaire.objects.exists()
    assert Wording.objects.count() == 1


def test_a_code_that_is_taken_is_refused():
    make_usual_questionnaire(code="from-a-file")

    with pytest.raises(DocumentError, match="A questionnaire with the code from-a-file stands already"):
        actions.import_questionnaire(text=document(body(question(1))))


def test_new_words_under_a_new_version_come_in_beside_the_old():
    make_wording("QU07", text="Do you?", options=(("yes", "Yes"), ("no", "No")))
    actions.import_questionnaire(text=document(body(question(7, text="Do you not?", wording="QU07.2"))))

    assert [wording.wording_id for wording in Wording.objects.all()] == ["QU07.1", "QU07.2"]
