"""The runner: the same answers give the same route and the same answers to send, however somebody came to them."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys import runner
from tests.surveys.instruments import GALLERY, WALK_NAMES, WALKS, body, option, question, when


@pytest.mark.parametrize("name", GALLERY)
def test_every_instrument_of_the_gallery_is_without_fault(name):
    assert runner.faults(GALLERY[name]["instrument"]) == []


@pytest.mark.parametrize(("name", "walk"), WALKS, ids=WALK_NAMES)
def test_walk_through_the_gallery(name, walk):
    instrument, answers = runner.read(GALLERY[name]["instrument"]), walk["answers"]
    ended = walk.get("ends", False)
    equality = "equality" in walk

    visited = walk_on(instrument, answers, "main")
    assert visited == walk["pages"]
    assert runner.ends(instrument, answers) is ended
    if equality:
        assert walk_on(instrument, answers, "equality") == walk["equality"]
    if not ended:
        assert runner.problems(instrument, answers, equality=equality) == {}
        assert runner.submitted(instrument, answers, equality=equality) == walk["sent"]


def walk_on(instrument, answers, part):
    """Go from page to page, each looked for anew from the answers given so far."""
    first = runner.pages(instrument, {}, part)[0]
    here, so_far, visited = first, {}, []
    while here is not None:
        visited.append(here.key)
        for item in here.items:
            so_far |= {key: answers[key] for key in (item.key, f"{item.key}_other") if key in answers}
        if runner.ends(instrument, so_far):
            break
        here = runner.next_page(instrument, so_far, here.key)
    return visited


def test_back_leads_to_the_page_before_on_the_route():
    instrument = runner.read(GALLERY["when-is"]["instrument"])

    assert runner.previous_page(instrument, {"tny01": "apple"}, "tny03").key == "tny02"
    assert runner.previous_page(instrument, {"tny01": "pear"}, "tny03").key == "tny01"
    assert runner.previous_page(instrument, {}, "tny01") is None


def test_the_parts_are_walked_apart():
    instrument = runner.read(GALLERY["equality-questions"]["instrument"])

    assert runner.next_page(instrument, {}, "tny01") is None
    assert runner.previous_page(instrument, {}, "tny02") is None
    assert instrument.has_equality_part


def test_an_instrument_of_the_first_format_is_read():
    old = body(question(1), question(2))
    instrument = runner.read(old | {"format": 1})

    assert [item.key for item in runner.route(instrument, {})] == ["qu01", "qu02"]
    assert not instrument.routed
    assert not instrument.has_equality_part


def test_the_same_content_has_the_same_digest_whatever_its_order_and_another_has_another():
    one = body(question(1))
    turned = dict(reversed(one.items()))

    assert runner.digest(one) == runner.digest(turned)
    assert runner.digest(one) != runner.digest(body(question(2)))
    assert runner.digest({"b": "é", "a": 1}) == "09ad9fd2fb648cb2f62141215828ea00a62c299db05d20aa9ade2f527a301cc6"


@pytest.mark.parametrize(
    ("item", "answers", "problem"),
    [
        (question(1, required=True), {}, ("missing-single", {})),
        (question(1, required=True), {"qu01": ""}, ("missing-single", {})),
        (question(1, required=True, kind="multiple"), {"qu01": []}, ("missing-multiple", {})),
        (question(1, required=True, kind="text"), {}, ("missing-text", {})),
        (question(1), {"qu01": "maybe"}, ("unknown-option", {})),
        (question(1), {"qu01": ["yes", "no"]}, ("one-answer", {})),
        (question(1), {"qu01": 7}, ("unknown-option", {})),
        (question(1), {"qu01": {"yes": "no"}}, ("unknown-option", {})),
        (question(1, kind="multiple"), {"qu01": [["yes"]]}, ("unknown-option", {})),
        (
            question(1, kind="multiple", options=[option("fear"), option("none", exclusive=True)]),
            {"qu01": ["fear", "none"]},
            ("not-both", {"answer": "None"}),
        ),
        (question(1, kind="text"), {"qu01": ["yes"]}, ("unkept", {})),
        (question(1, kind="text"), {"qu01": "a\0b"}, ("unkept", {})),
        (question(1, kind="text"), {"qu01": "a\ud800b"}, ("unkept", {})),
        (question(1, kind="text"), {"qu01": "a\u202eb"}, ("turning", {})),
        (question(1, kind="text"), {"qu01": "x" * 2001}, ("too-long", {"length": 2001, "limit": 2000})),
        (
            question(1, options=[option("no"), option("other", other=True)]),
            {"qu01": "other", "qu01_other": "x" * 201},
            ("too-long", {"length": 201, "limit": 200}),
        ),
    ],
)
def test_an_answer_that_cannot_be_kept_has_a_problem(item, answers, problem):
    instrument = runner.read(body(item))

    found = runner.problems(instrument, answers)
    assert {key: (wrong.code, dict(wrong.named)) for key, wrong in found.items()} == {"qu01": problem}


@pytest.mark.parametrize("words", ["یہ", "a\u200fb", "a\u202bb", "line\nline", "👩‍👩‍👧"])
def test_words_that_people_type_are_kept(words):
    assert runner.problems(runner.read(body(question(1, kind="text"))), {"qu01": words}) == {}


def test_what_is_wrong_off_the_route_is_no_problem_and_is_not_sent():
    instrument = runner.read(body(question(1), question(2, required=True, when=when("qu01", "is", "yes"))))

    for answers in ({"qu01": "no", "qu02": "dragons"}, {"qu01": "no"}):
        assert runner.problems(instrument, answers) == {}
        assert runner.submitted(instrument, answers) == {"qu01": "no"}


def test_answers_to_nothing_are_not_sent():
    instrument = runner.read(body(question(1)))

    assert runner.submitted(instrument, {"qu01": "yes", "qu99": "yes", "qu01_other": "x", "": []}) == {"qu01": "yes"}


# Random instruments, and respondents who change their minds

at_ease = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def instruments(draw):
    """Draw an instrument of any shape that has no fault but, perhaps, items that nobody comes to."""
    size = draw(st.integers(1, 12))
    items = [_question(draw, number, size) for number in range(1, size + 1)]
    for place, item in enumerate(items):
        conditions = [
            _condition(draw, draw(st.sampled_from(items[:place]))) for _ in range(draw(st.integers(0, 3))) if place
        ]
        if conditions:
            item["when"] = {draw(st.sampled_from(["all", "any"])): conditions}
    return body(*items)


def _question(draw, number, size):
    kind = draw(st.sampled_from(["single", "multiple", "scale", "text"]))
    codes = ["1", "2", "3", "dont-know"][: draw(st.integers(2, 4))]
    extra = {}
    if kind in {"single", "multiple"} and draw(st.booleans()):
        extra["options"] = [*map(option, codes[:-1]), option(codes[-1], other=True, exclusive=draw(st.booleans()))]
    if kind == "single" and draw(st.integers(0, size)) == 0:
        extra["ends_on"] = codes[:1]
    return question(number, kind=kind, codes=codes, required=draw(st.booleans()), **extra)


def _condition(draw, item):
    codes = [option["code"] for option in item["options"]]
    operators = list(runner.OPERATORS) if codes else ["answered"]
    operator = draw(st.sampled_from(operators))
    if operator == "answered":
        return {"item": item["key"], "operator": operator}
    value = {
        "is": st.sampled_from(codes or [""]),
        "at-least": st.integers(0, 4),
        "at-most": st.integers(0, 4),
    }.get(operator, st.lists(st.sampled_from(codes or [""]), min_size=1, unique=True))
    return {"item": item["key"], "operator": operator, "value": draw(value)}


JUNK = st.text("ab1\0\u202e\ud800", max_size=3)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | JUNK,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(JUNK, inner, max_size=3),
    max_leaves=5,
)


def sensible(item):
    """Return a strategy for the answer of somebody who answers ``item`` as it asks."""
    codes = [option["code"] for option in item["options"]]
    if item["kind"] == "text":
        return st.text("abc \n", min_size=1, max_size=9)
    if item["kind"] != "multiple":
        return st.sampled_from(codes)
    alone = [[option["code"]] for option in item["options"] if option["exclusive"]]
    others = [option["code"] for option in item["options"] if not option["exclusive"]]
    several = st.lists(st.sampled_from(others), min_size=1, unique=True)
    return several | st.sampled_from(alone) if alone else several


@st.composite
def filled_in(draw, answer):
    """Draw an instrument with some answers to it, each drawn from ``answer(item)``."""
    made = draw(instruments())
    items = made["sections"][0]["items"]
    answers = {item["key"]: draw(answer(item)) for item in items if draw(st.booleans())}
    for item in items:
        if draw(st.booleans()):
            answers[f"{item['key']}_other"] = draw(st.text("xyz", max_size=3))
    return made, answers


@at_ease
@given(filled_in(lambda item: sensible(item) | ANYTHING), st.randoms(use_true_random=False))
def test_no_answers_crash_the_runner_and_none_is_sent_off_its_route(drawn, chance):
    made, answers = drawn
    instrument = runner.read(made)
    route = {item.key for item in runner.route(instrument, answers)}
    sent = runner.submitted(instrument, answers)

    assert {key.removesuffix("_other") for key in sent} <= route
    assert runner.problems(instrument, answers).keys() <= route
    assert runner.ends(instrument, answers) in {True, False}
    turned = list(answers.items())
    chance.shuffle(turned)
    assert list(runner.submitted(instrument, dict(turned)).items()) == list(sent.items())


@at_ease
@given(filled_in(sensible), st.randoms(use_true_random=False))
def test_going_back_and_forth_changes_nothing(drawn, chance):
    made, mind = drawn
    instrument = runner.read(made)
    straight = answer_along(instrument, mind, {})
    wavering = wander(instrument, mind, chance)

    assert runner.route(instrument, straight) == runner.route(instrument, wavering)
    assert runner.submitted(instrument, straight) == runner.submitted(instrument, wavering)
    assert runner.problems(instrument, straight) == runner.problems(instrument, wavering)


@at_ease
@given(filled_in(sensible))
def test_what_was_sent_would_be_sent_again(drawn):
    made, answers = drawn
    instrument = runner.read(made)
    sent = runner.submitted(instrument, answers)

    assert runner.submitted(instrument, sent) == sent


@at_ease
@given(instruments())
def test_an_item_that_somebody_comes_to_is_never_called_unreachable(made):
    called = {item["key"] for item in made["sections"][0]["items"] if any(item["key"] in f for f in nobody(made))}
    instrument, chance = runner.read(made), random.Random(5)
    for _ in range(60):
        answers = {item.key: _any_answer(item, chance) for item in instrument.items}
        if not runner.ends(instrument, answers):
            assert called.isdisjoint(item.key for item in runner.route(instrument, answers))


def nobody(made):
    return [sentence for sentence in runner.faults(made) if sentence.startswith("Nobody ever comes to")]


def _any_answer(item, chance):
    codes = list(item.labels)
    if item.kind == "text":
        return chance.choice(["", "words"])
    if item.kind == "multiple":
        return [code for code in codes if chance.random() < 0.5]
    return chance.choice(["", *codes])


def answer_along(instrument, mind, answers):
    """Answer every page in turn as ``mind`` has it, and return all that is then kept."""
    answers = dict(answers)
    here = instrument.pages[0]
    while here is not None:
        for item in here.items:
            for key in (item.key, f"{item.key}_other"):
                answers.pop(key, None)
                if key in mind:
                    answers[key] = mind[key]
        here = runner.next_page(instrument, answers, here.key)
    return answers


def wander(instrument, mind, chance):
    """Answer at random, go back, change one's mind, go on, and in the end answer along the route as ``mind`` has it."""
    answers = {}
    here = instrument.pages[0]
    for _ in range(15):
        for item in here.items:
            answers[item.key] = _any_answer(item, chance)
        step = chance.choice([runner.next_page, runner.previous_page])
        here = step(instrument, answers, here.key) or instrument.pages[0]
    return answer_along(instrument, mind, answers)
