"""What is wrong with an instrument is said in a sentence that names the place."""

import json

import pytest

from surveys import runner, schema
from tests.surveys.instruments import GALLERY, body, option, question, when


def faults(*items, **section):
    return runner.faults(body(*items, **section))


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        ([question(1), question(1)], "Section 1, item 2 (qu01) is asked twice. Take one of them out."),
        (
            [question(1, when=when("qu01", "is", "yes"))],
            (
                "Section 1, item 1 (qu01) has a condition on qu01, which is asked later. A condition looks back: move "
                "qu01 before it."
            ),
        ),
        (
            [question(1, when=when("qu02")), question(2, when=when("qu01"))],
            (
                "Section 1, item 1 (qu01) has a condition on qu02, which is asked later. A condition looks back: move "
                "qu02 before it."
            ),
        ),
        (
            [question(1, when=when("qu07"))],
            (
                "Section 1, item 1 (qu01) has a condition on qu07, which is not asked. Add that item before it, "
                "or drop "
                "the condition."
            ),
        ),
        (
            [question(1), question(2, when=when("qu01", "is-like", "yes"))],
            (
                "Section 1, item 2 (qu02) has a condition “is-like”. Use one of is, is-any-of, is-none-of, at-least, "
                "at-most, answered."
            ),
        ),
        (
            [question(1), question(2, when=when("qu01", "is", "maybe"))],
            "Section 1, item 2 (qu02) has a condition on maybe, which is not an option of qu01: yes, no.",
        ),
        (
            [question(1), question(2, when=when("qu01", "is", ["yes"]))],
            "Section 1, item 2 (qu02) has a condition on qu01 that has to name one option's code.",
        ),
        (
            [question(1), question(2, when=when("qu01", "is-any-of", "yes"))],
            "Section 1, item 2 (qu02) has a condition on qu01 that has to name a list of options' codes.",
        ),
        (
            [question(1), question(2, when=when("qu01", "at-least", 1))],
            (
                "Section 1, item 2 (qu02) compares the score of qu01, whose options have none. Give them "
                "scores, or name "
                "the options."
            ),
        ),
        (
            [question(1, kind="scale", codes=("1", "2")), question(2, when=when("qu01", "at-most", "1"))],
            "Section 1, item 2 (qu02) has a condition on qu01 that has to name a whole number.",
        ),
        (
            [question(1), question(2, when=when("qu01", "answered", "yes"))],
            "Section 1, item 2 (qu02) has a condition that qu01 is answered, which takes no value. Take the value out.",
        ),
        (
            [question(1, kind="text"), question(2, when=when("qu01", "is", "yes"))],
            (
                "Section 1, item 2 (qu02) looks into the words of qu01. Of words a condition can only ask "
                "whether it is "
                "answered."
            ),
        ),
        (
            [question(1, options=[option("yes"), option("yes")])],
            "Section 1, item 1 (qu01) has two options with the code yes. Give each its own.",
        ),
        (
            [question(1, options=[option(f"o{number}") for number in range(10_000)])],
            "Section 1, item 1 (qu01) has 10,000 options. 100 is the most.",
        ),
        (
            [question(1, codes=("yes",))],
            "Section 1, item 1 (qu01) has fewer than two options. Add them to its wording.",
        ),
        (
            [question(1, kind="text", options=[option("yes")])],
            "Section 1, item 1 (qu01) is answered in words but has options. Take them out, or make it a choice.",
        ),
        (
            [question(1, ends_on=["maybe"])],
            "Section 1, item 1 (qu01) ends the survey on maybe, which is not one of its options: yes, no.",
        ),
        ([question(number) for number in range(301)], "There are 301 items. 300 is the most."),
        ([], "Section 1 (“All of it”) is empty. Fill it or take it out."),
    ],
)
def test_fault_names_its_place_and_the_mend(items, sentence):
    assert faults(*items) == [sentence]


def test_a_page_of_several_is_short_and_looks_at_nothing_on_itself():
    asked = [question(number) for number in range(1, 7)]
    looking = question(7, when=when("qu01", "is", "yes"))

    assert faults(*asked, together=True) == [
        "Section 1 (“All of it”) asks 6 questions on one page. 5 is the most: ask one a page."
    ]
    assert faults(asked[0], looking, together=True) == [
        (
            "Section 1, item 2 (qu07) has a condition on qu01, which is asked on the same page. Ask them on pages of "
            "their own."
        )
    ]


def test_equality_questions_come_last_and_can_be_left_out():
    made = body(question(1, required=True), part="equality")
    made["sections"].append({"title": "More", "items": [question(2)]})

    assert runner.faults(made) == [
        "Section 2 (“More”) stands after the equality questions. They come last: move it before them.",
        "Section 1, item 1 (qu01) is an equality question, so people have to be able to leave it out. Untick Required.",
    ]
    assert faults(question(1), part="equality") == [
        "There are equality questions alone. Ask at least one question before them."
    ]


SCALE = question(1, kind="scale", codes=("1", "2", "3", "dont-know"))
SEVERAL = question(1, kind="multiple", codes=("a", "b", "c"))


def conditions(*found):
    return {
        "all": [{"item": item, "operator": operator, "value": value} for item, operator, value in found],
    }


@pytest.mark.parametrize(
    "items",
    [
        [SCALE, question(2, when=when("qu01", "at-least", 4))],
        [SCALE, question(2, when=conditions(("qu01", "at-least", 3), ("qu01", "at-most", 2)))],
        [SCALE, question(2, when=conditions(("qu01", "is", "1"), ("qu01", "is-none-of", ["1", "2"])))],
        [SCALE, question(2, when=conditions(("qu01", "at-least", 2), ("qu01", "is-any-of", ["1", "dont-know"])))],
        [SEVERAL, question(2, when=conditions(("qu01", "is", "a"), ("qu01", "is-any-of", ["b", "c"])))],
        [SEVERAL, question(2, when=conditions(("qu01", "is-none-of", ["a", "b", "c"])))],
        [question(1, ends_on=["yes"]), question(2, when=when("qu01", "is", "yes"))],
    ],
)
def test_an_item_that_no_answers_lead_to_is_named(items):
    assert faults(*items) == [
        "Nobody ever comes to qu02, in “All of it”: no answers fit its conditions. Change them, or take it out."
    ]


def test_an_item_that_hangs_on_what_excludes_it_is_named():
    leads = question(2, when=when("qu01", "is", "yes"))
    contradicts = question(3, when=conditions(("qu01", "is", "no"), ("qu02", "is", "yes")))

    assert [fault.partition(",")[0] for fault in faults(question(1), leads, contradicts)] == [
        "Nobody ever comes to qu03"
    ]


def test_a_long_chain_and_a_thicket_of_conditions_are_looked_through_in_a_moment():
    chain = [question(1), *(question(n, when=when(f"qu{n - 1:02}", "is", "yes")) for n in range(2, 301))]
    thicket = [
        question(n, when={"any": [when(f"qu{m:02}", "is", "yes")["all"][0] for m in range(1, n)]} if n > 1 else {})
        for n in range(1, 30)
    ]
    thicket = [{key: value for key, value in item.items() if value != {}} for item in thicket]
    hopeless = question(
        30, when=conditions(*((f"qu{m:02}", "is", code) for m in range(2, 30) for code in ("yes", "no")))
    )

    assert [fault[:20] for fault in faults(*chain)] == ["By its words it take"]
    assert faults(*thicket) == []
    assert [fault.partition(",")[0] for fault in faults(*thicket, hopeless)] == ["Nobody ever comes to qu30"]


def test_a_survey_of_more_than_twelve_minutes_by_its_words_is_named():
    long = [question(number, text="word " * 80) for number in range(1, 30)]

    assert faults(*long) == [
        "By its words it takes about 15 minutes if everything is asked. 12 is the most: take some questions out."
    ]
    assert runner.minutes(runner.read(body(question(1)))) == 1


# The published shape


def changed(name, path, value):
    """Return an instrument of the gallery with one place changed, or taken out where ``value`` is None."""
    made = json.loads(json.dumps(GALLERY[name]["instrument"]))
    inside = made
    for part in path[:-1]:
        inside = inside[part]
    if value is None:
        del inside[path[-1]]
    else:
        inside[path[-1]] = value
    return made


FIRST = ["sections", 0, "items", 0]


@pytest.mark.parametrize("name", GALLERY)
def test_every_instrument_of_the_gallery_has_the_published_shape(name):
    assert schema.shape_faults(GALLERY[name]["instrument"]) == []


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (["format"], 3, "Format has to be 2, or be left out."),
        (["title"], None, "The file lacks title."),
        (["sections"], [], "Sections has 0 entries. 1 is the least."),
        (["colour"], "red", "The file has “colour”, which nobody knows. Take it out."),
        (["sections", 0, "title"], "", "Section 1, title is empty."),
        (["sections", 0, "items"], [], "Section 1, items has 0 entries. 1 is the least."),
        ([*FIRST, "kind"], None, "Section 1, item 1 lacks kind."),
        ([*FIRST, "key"], "TNY 01", 'Section 1, item 1, key holds a character that it may not hold: "TNY 01".'),
        ([*FIRST, "text"], "a\0b", 'Section 1, item 1, text holds a character that it may not hold: "a\\u0000b".'),
        ([*FIRST, "required"], "yes", "Section 1, item 1, required has to be true or false."),
        ([*FIRST, "strands"], ["class"], "Section 1, item 1, strand 1 has to be one of race, religion"),
        ([*FIRST, "options", 1, "label"], "x" * 201, "Section 1, item 1, option 2, label has 201 characters. 200 is"),
        ([*FIRST, "options", 0, "score"], 1.5, "Section 1, item 1, option 1, score has to be a whole number or null."),
        (
            [*FIRST, "options"],
            [option("a")] * 10_000,
            "Section 1, item 1, options has 10,000 entries. 100 is the most.",
        ),
        (
            ["sections", 0, "items", 1, "when"],
            {"all": [], "any": []},
            "Section 1, item 2, when says both “all” and “any”. Say one of them.",
        ),
        (
            ["sections", 0, "items", 1, "when", "all", 0, "operator"],
            "is-like",
            (
                "Section 1, item 2, condition 1, operator has to be one of is, is-any-of, is-none-of, at-least, "
                "at-most, "
                'answered, and is "is-like".'
            ),
        ),
        (
            ["sections", 0, "items", 1, "when", "all", 0, "value"],
            {"apple": True},
            "Section 1, item 2, condition 1, value has to be an option's code, a list of codes, or a whole number.",
        ),
    ],
)
def test_a_broken_instrument_is_refused_with_the_place_named(path, value, sentence):
    found = schema.shape_faults(changed("when-is", path, value))

    assert found
    assert found[0].startswith(sentence)


@pytest.mark.parametrize("document", [None, 7, "x", [], [[]], {}, {"sections": 7}, {"sections": [7, {"items": [7]}]}])
def test_junk_is_refused_in_sentences(document):
    found = schema.shape_faults(document)

    assert found
    assert all(sentence.endswith(".") for sentence in found)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "This is no JSON: Expecting value, on line 1."),
        ('{"a": 1,\n}', "This is no JSON: "),
        ('{"a": 1, "a": 2}', "An object in it says “a” twice. Say it once."),
        ("[NaN]", "It has NaN, which is no number in JSON."),
        ("[" * 200_000, "This is no JSON that can be read: it nests too deep or has too long a number."),
        ("9" * 5_000, "This is no JSON that can be read: it nests too deep or has too long a number."),
        (" " * 500_001, "The file has 500,001 characters. 500,000 is the most."),
    ],
    ids=["empty", "comma-too-many", "key-twice", "nan", "too-deep", "number-too-long", "too-large"],
)
def test_a_file_that_is_no_json_is_refused_in_a_sentence(text, sentence):
    with pytest.raises(schema.DocumentError) as refused:
        schema.read_json(text)

    assert refused.value.faults[0].startswith(sentence)
