"""Two instruments compared in words: each difference is named, with what it does to a comparison."""

import pytest

from surveys.comparing import Asked, changed_items, compare
from tests.surveys.instruments import body, option, question, when

pytestmark = pytest.mark.alike


def asked(*items, body_of=None, **fields):
    usual = {
        "kind": "real",
        "population": "residents",
        "modes": frozenset({"online"}),
        "sample_types": frozenset({"open"}),
    }
    return Asked(body=body_of or body(*items), **(usual | fields))


def breaks(earlier, later):
    return [one.what for one in compare(earlier, later).breaks]


THREE = (question(1), question(2), question(3))


def test_two_waves_alike_have_no_difference():
    found = compare(asked(*THREE), asked(*THREE))

    assert found.differences == ()
    assert found.alike == ("QU01", "QU02", "QU03")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"kind": "pilot"}, "The kind was real and is pilot."),
        ({"population": "pupils"}, "The population was “residents” and is “pupils”."),
        ({"modes": frozenset({"online", "paper"})}, "People answered online, and now online and paper."),
        ({"sample_types": frozenset({"random"})}, "The sample was open and is random."),
    ],
)
def test_what_changed_for_the_whole_wave_breaks_every_comparison(changed, said):
    found = compare(asked(*THREE), asked(*THREE, **changed))

    assert [(one.about, one.what) for one in found.breaks] == [("", said)]
    assert found.alike == ("QU01", "QU02", "QU03")


def options(**changes):
    yes, no = option("yes"), option("no")
    return [yes | changes, no]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"wording": "QU02.2"}, ["QU02 was asked as QU02.1 and is as QU02.2."]),
        ({"text": "Would you?"}, ["QU02 was “Do you?” and is “Would you?”."]),
        ({"hint": "Think of last year."}, ["The hint of QU02 was “” and is “Think of last year.”."]),
        ({"kind": "multiple"}, ["QU02 was answered as single choice and is as multiple choice."]),
        ({"required": True}, ["QU02 now has to be answered."]),
        ({"when": when("qu01", "is", "yes")}, ["QU02 was asked of everybody, and is if QU01 is yes."]),
        ({"ends_on": ["no"]}, ["QU02 ends the survey for other people than before."]),
        ({"options": options(label="Certainly")}, ["An option of QU02 was “Yes” and is “Certainly”."]),
        ({"options": options(score=5)}, ["The score of “Yes” in QU02 was none and is 5."]),
        ({"options": options(exclusive=True)}, ["“Yes” in QU02 can now be chosen only alone."]),
        ({"options": options(other=True)}, ["“Yes” in QU02 has a box beside it."]),
        ({"options": [option("yes"), option("maybe"), option("no")]}, ["QU02 has the new option “Maybe”."]),
        ({"options": [option("yes")]}, ["QU02 lost the option “No”."]),
        ({"options": [option("no"), option("yes")]}, ["The options of QU02 stand in another order."]),
    ],
)
def test_what_changed_in_one_question_breaks_its_comparison_and_no_other(changes, said):
    changed = asked(question(1), question(2, **changes), question(3))
    found = compare(asked(*THREE), changed)

    assert [one.what for one in found.differences] == said
    assert [one.about for one in found.breaks] == ["qu02"] * len(said)
    assert found.alike == ("QU01", "QU03")
    assert changed_items(asked(*THREE).body, changed.body) == {"qu02"}


def test_questions_that_come_and_go_have_nothing_to_be_compared_with():
    found = compare(asked(question(1), question(2)), asked(question(2), question(3)))

    assert [one.what for one in found.breaks] == ["QU01 is no longer asked.", "QU03 is new."]
    assert found.alike == ("QU02",)


def test_only_the_question_that_moved_is_named():
    moved = asked(question(3), question(1), question(2))

    assert breaks(asked(*THREE), moved) == ["QU03 is asked at another place."]


def test_a_question_that_moves_behind_the_choice_is_answered_by_others():
    behind = {
        **body(*THREE[:2]),
        "sections": [
            body(*THREE[:2])["sections"][0],
            {"title": "Equality", "part": "equality", "items": [THREE[2]]},
        ],
    }
    assert breaks(asked(*THREE), asked(body_of=behind)) == ["QU03 moved between the main and the equality questions."]


def test_what_is_read_around_the_questions_is_named_but_is_no_break():
    information = {"key": "info-1", "kind": "information", "title": "Read", "text": "This."}
    later = asked(body_of=body(information, *THREE) | {"introduction": "Welcome.", "translations": {"ur": {}}})
    found = compare(asked(*THREE), later)

    assert found.breaks == ()
    assert [one.what for one in found.cares] == [
        "The introduction changed from “” to “Welcome.”.",
        "The pages of information changed.",
        "It was offered in English, and is in English and Urdu.",
    ]


def test_words_that_changed_in_one_language_are_other_words():
    def spoken(words):
        return asked(body_of=body(*THREE) | {"translations": {"ur": {"items": {"qu01": {"text": words}}}}})

    assert breaks(spoken("one"), spoken("two")) == ["The words of QU01 changed in the language ur."]
