"""What becomes of figures before the public sees them: nothing that is shown gives a few people's answers back."""

import json
import random
from pathlib import Path

import pytest

from surveys.publishing import CannotPublishError, protect
from tests.factories.figures import make_figures, make_item, make_record
from tests.surveys.attackers import shares_that_give_a_small_count_back, what_is_left

SCALE = {"strongly-agree": 60, "tend-to-agree": 150, "neither": 100, "tend-to-disagree": 60, "strongly-disagree": 30}
TOP = ("strongly-agree", "tend-to-agree")


def shown(*items, fewest=10, before=(), compared=(), **record):
    return protect(make_figures(*items), make_record(**record), {"fewest": fewest}, before, compared=compared)


def only(*items, **more):
    return shown(*items, **more)["items"][0]


def options(public):
    return {option["code"]: (option["value"], option["marker"]) for option in public["options"]}


def groups(public):
    return {group["code"]: [option["value"] for option in group["options"]] for group in public["by"][0]["groups"]}


def test_shares_and_limits_are_whole_and_the_base_is_to_the_nearest_five():
    public = only(make_item({"yes": 201, "no": 202}))

    assert public["base"] == 405
    assert [(one["value"], one["lower"], one["upper"]) for one in public["options"]] == [(50, 45, 55), (50, 45, 55)]


@pytest.mark.parametrize(("people", "n_eff", "marker"), [(29, 29.0, "c"), (60, 29.9, "u"), (30, 30.0, "")])
def test_fewer_than_thirty_answers_say_nothing(people, n_eff, marker):
    half = people // 2

    public = only(make_item({"yes": half, "no": people - half}, n_eff=n_eff))

    assert public["marker"] == marker
    assert {option["marker"] for option in public["options"]} == {marker}
    assert all((option["value"] is None) == bool(marker) for option in public["options"])


def test_a_question_that_nobody_answered_is_not_available():
    public = only(make_item({"yes": 0, "no": 0}))

    assert (public["marker"], public["base"]) == ("x", None)
    assert options(public) == {"yes": (None, "x"), "no": (None, "x")}


def test_a_wave_that_fewer_than_ten_people_answered_is_not_published():
    with pytest.raises(CannotPublishError, match="Fewer than 10 people answered"):
        shown(make_item({"yes": 4, "no": 4}), responses=8)

    assert shown(make_item({"yes": 4, "no": 6}), responses=10)["responses"] == 10


@pytest.mark.parametrize("about", [{"sensitive": True}, {"not_asked": 300}])
def test_nobody_is_no_other_than_a_few_where_it_would_tell_what_all_said_before(about):
    nobody, few = (only(make_item({"yes": people, "no": people}, **about)) for people in (0, 3))

    assert nobody == few
    assert options(nobody) == {"yes": (None, "c"), "no": (None, "c")}


def test_of_a_sensitive_question_an_answer_that_few_gave_joins_another():
    public = only(make_item({"white": 300, "mixed": 6, "asian": 80, "black": 8, "other": 6}, "DEM01", sensitive=True))

    assert [option["label"] for option in public["options"]] == ["White", "Mixed or Other or Black", "Asian"]
    assert all(option["value"] is not None for option in public["options"])


def test_a_scale_joins_with_what_stands_beside_it_and_points_the_same_way():
    public = only(make_item(SCALE | {"strongly-disagree": 3}, sensitive=True, top=TOP))

    assert public["options"][-1]["codes"] == ["tend-to-disagree", "strongly-disagree"]
    assert public["top"]["value"] == 56
    assert public["net"] is None


def test_a_share_at_the_top_that_would_tell_joined_answers_apart_is_not_shown():
    public = only(make_item({"agree": 12, "neither": 4, "disagree": 300}, sensitive=True, top=("agree",)))
    assert public["top"]["value"] == 4

    public = only(make_item({"agree": 4, "neither": 12, "disagree": 300}, sensitive=True, top=("agree",)))
    assert public["options"][0]["codes"] == ["agree", "neither"]
    assert public["top"] is None


def test_what_all_but_a_few_said_is_withheld_where_it_is_sensitive():
    public = only(make_item({"yes": 4, "no": 396}, "DEM05", sensitive=True))

    assert options(public) == {"yes": (None, "c"), "no": (None, "c")}


def test_one_of_several_answers_that_few_gave_is_withheld_alone():
    public = only(make_item({"fear": 100, "time": 3}, "HC08", kind="multiple", base=400))

    assert options(public) == {"fear": (25, ""), "time": (None, "c")}


def test_without_a_margin_for_a_fifth_of_the_sample_weighted_values_are_marked():
    margin = {"text": "Sex", "source": "Census", "year": 2021, "is_sample": False, "rows": []}

    assert options(only(make_item({"yes": 200, "no": 200}, lacking_margin=0.21), margins=[margin])) == {
        "yes": (50, "u"),
        "no": (50, "u"),
    }
    assert only(make_item({"yes": 200, "no": 200}, lacking_margin=0.2), margins=[margin])["marker"] == ""


def test_a_group_of_few_is_hidden_with_another_that_would_give_it_back():
    inside = {"trans": {"agree": 4, "disagree": 2}, "not-trans": {"agree": 206, "disagree": 188}}

    public = only(make_item({"agree": 210, "disagree": 190}, groups=inside, top=("agree",)))

    assert groups(public) == {"trans": [None], "not-trans": [None]}
    assert {group["base"] for group in public["by"][0]["groups"]} == {None}


def test_groups_that_together_hide_a_small_one_stay():
    inside = {
        "a": {"agree": 100, "disagree": 100},
        "b": {"agree": 60, "disagree": 60},
        "c": {"agree": 11, "disagree": 12},
        "d": {"agree": 12, "disagree": 12},
    }
    public = only(make_item({"agree": 183, "disagree": 184}, groups=inside, top=("agree",)))

    assert groups(public) == {"a": [50], "b": [50], "c": [None], "d": [None]}


def test_a_group_that_all_agree_in_is_hidden():
    inside = {
        "a": {"agree": 120, "disagree": 2},
        "b": {"agree": 100, "disagree": 80},
        "c": {"agree": 50, "disagree": 48},
    }

    public = only(make_item({"agree": 270, "disagree": 130}, groups=inside, top=("agree",)))

    assert groups(public)["a"] == [None]


def test_the_mean_of_a_group_of_whom_all_but_a_few_answer_alike_is_hidden():
    inside = {"a": {"5": 121, "1": 1}, "b": {"5": 100, "1": 80}, "c": {"5": 60, "1": 48}}
    item = make_item({"5": 281, "1": 129}, groups=inside, mean={"value": 3.7, "lower": 3.6, "upper": 3.8})
    for group in item["by"][0]["groups"]:
        group["mean"] = {"value": 4.2, "lower": 4.1, "upper": 4.3}

    assert groups(only(item)) == {"a": [None], "b": [4.2], "c": [4.2]}


def test_two_questions_about_people_are_never_crossed():
    inside = {"a": {"yes": 100, "no": 100}, "b": {"yes": 100, "no": 100}}

    assert only(make_item({"yes": 200, "no": 200}, "DEM07", groups=inside))["by"] == []
    assert only(make_item({"yes": 200, "no": 200}, "CNF03", groups=inside))["by"] != []


def test_counts_beside_the_base_are_to_five_and_a_few_are_hidden():
    beside = [{"code": "dont-know", "label": "Don't know", "count": 32}]
    assert only(make_item({"yes": 200, "no": 200}, outside=beside))["outside"][0]["count"] == 30

    beside = [{"code": "dont-know", "label": "Don't know", "count": 9}]
    assert only(make_item({"yes": 200, "no": 200}, outside=beside))["outside"][0]["marker"] == "c"


@pytest.mark.alike
def test_no_printed_share_of_thirty_random_tables_gives_a_small_count_back():
    chance = random.Random(5)
    items = []
    for number in range(30):
        inside = {
            f"g{group}": {f"o{code}": chance.choice((0, 1, 3, 9, 12, 25, 60)) for code in range(chance.randint(2, 5))}
            for group in range(chance.randint(2, 4))
        }
        width = min(len(counts) for counts in inside.values())
        inside = {code: dict(list(counts.items())[:width]) for code, counts in inside.items()}
        whole = {code: sum(counts[code] for counts in inside.values()) for code in inside["g0"]}
        top = ("o0",) if chance.random() < 0.5 else ()
        items.append(make_item(whole, f"Q{number}", groups=inside, sensitive=chance.random() < 0.5, top=top))

    public = shown(*items)

    assert shares_that_give_a_small_count_back(public) == []
    printed = [option for item in public["items"] for option in item["options"] if option["value"] is not None]
    assert len(printed) > 30


def test_the_attacker_does_find_a_small_count_where_one_is_printed():
    printed = only(make_item({"yes": 20, "no": 20}))
    printed["options"][0] |= {"value": 8, "lower": 2, "upper": 20}

    assert shares_that_give_a_small_count_back({"items": [printed]})


@pytest.mark.alike
def test_no_hidden_group_of_eighty_random_tables_is_known_from_everybody_and_the_others():
    chance = random.Random(7)
    items = []
    for number in range(80):
        inside = {
            f"g{group}": {"agree": chance.choice((0, 2, 5, 14, 40, 90)), "disagree": chance.choice((0, 3, 8, 15, 70))}
            for group in range(chance.randint(2, 5))
        }
        whole = {code: sum(counts[code] for counts in inside.values()) for code in ("agree", "disagree")}
        items.append(make_item(whole, f"Q{number}", groups=inside, top=("agree",)))
    attacked = 0

    for item in shown(*items)["items"]:
        rows = [group for table in item["by"] for group in table["groups"]]
        seen = [(group["options"][0], group["base"]) for group in rows if group["base"] is not None]
        if item["top"] is None or not seen or len(seen) == len(rows):
            continue
        attacked += 1
        least, most = what_is_left(item["top"], item["base"], seen)
        assert most >= 10, item["question"]
        assert least < most, item["question"]
    assert attacked > 8


@pytest.mark.parametrize(("now", "is_refused"), [(203, True), (209, True), (210, True), (200, False)])
def test_results_on_nearly_the_same_people_are_refused(now, is_refused):
    before = make_figures(make_item({"yes": 100, "no": 100}))
    item = make_item({"yes": 100, "no": now - 100})

    if not is_refused:
        shown(item, before=[before])
        return
    with pytest.raises(CannotPublishError, match=r"CNF03 counts nearly the same people .* Compute the results again"):
        shown(item, before=[before])


def test_the_listed_pair_of_views_is_refused_in_either_order():
    """Each is large enough and so is what lies between them, but not its answers: 7 agree and 3 do not."""
    listed = json.loads((Path(__file__).parent.parent / "data" / "sdc_tables.json").read_text())["differencing"]
    everybody, without = (make_item(listed[view]) for view in ("view_all", "view_without_ward_X"))

    for first, then in ((everybody, without), (without, everybody)):
        with pytest.raises(CannotPublishError, match="CNF03 counts nearly the same people"):
            shown(then, before=[make_figures(first)])


@pytest.mark.parametrize(
    ("now", "sensitive", "is_refused"),
    [
        ({"yes": 109, "no": 120}, False, True),  # 29 more, of whom 9 said yes
        ({"yes": 110, "no": 119}, False, False),
        ({"yes": 109, "no": 121}, False, False),  # 30 more: a base on which answers may be told
        ({"yes": 109, "no": 140}, True, True),
        ({"yes": 110, "no": 140}, True, False),
    ],
)
def test_people_left_over_are_enough_in_every_answer_where_they_are_few_or_it_is_sensitive(now, sensitive, is_refused):
    before, item = [make_figures(make_item({"yes": 100, "no": 100}))], make_item(now, sensitive=sensitive)

    if not is_refused:
        assert shown(item, before=before)
        return
    with pytest.raises(CannotPublishError, match="CNF03"):
        shown(item, before=before)


def test_of_several_answers_each_is_compared_by_itself():
    before = [make_figures(make_item({"fear": 100, "time": 150}, "HC08", kind="multiple", base=200))]

    assert shown(make_item({"fear": 112, "time": 163}, "HC08", kind="multiple", base=225), before=before)
    with pytest.raises(CannotPublishError, match="HC08"):
        shown(make_item({"fear": 112, "time": 155}, "HC08", kind="multiple", base=225), before=before)


def test_the_same_number_of_people_with_one_in_anothers_place_is_refused():
    with pytest.raises(CannotPublishError):
        shown(make_item({"yes": 101, "no": 99}), before=[make_figures(make_item({"yes": 100, "no": 100}))])


def test_a_group_that_differs_by_a_few_is_refused_and_named():
    groups_before = {"a": {"yes": 50, "no": 50}, "b": {"yes": 50, "no": 50}}
    before = make_figures(make_item({"yes": 100, "no": 100}, groups=groups_before))
    now = make_item({"yes": 120, "no": 115}, groups={"a": {"yes": 66, "no": 62}, "b": {"yes": 52, "no": 51}})

    with pytest.raises(CannotPublishError, match="CNF03 in the group b of DEM05"):
        shown(now, before=[before])


def test_fewer_may_be_shown_only_where_somebody_lowered_it_and_the_note_says_who():
    figures, record = make_figures(make_item({"yes": 7, "no": 393}, "DEM05", sensitive=True)), make_record()
    choices = {"fewest": 5, "fewest_by": "Petra Planner", "fewest_reason": "The group asked for it."}

    public = protect(figures, record, choices)

    assert options(public["items"][0])["yes"] == (2, "")
    assert any("lowered to 5 by Petra Planner: The group asked for it." in said for said in public["method"])


CHANGE = {
    "since": 1,
    "results": 1,
    "kind": "last",
    "comparable": True,
    "marker": "",
    "why": "",
    "options": [{"code": code, "verdict": "higher"} for code in SCALE],
    "top": {"code": "+".join(TOP), "verdict": "no clear change"},
}


def test_a_change_is_told_in_words_and_only_of_answers_that_are_shown():
    item = make_item(SCALE | {"strongly-disagree": 2}, top=TOP, sensitive=True, change=[CHANGE])

    (change,) = only(item, compared={1})["change"]

    assert change["top"] == "no clear change"
    assert set(change["options"]) == {"strongly-agree", "tend-to-agree", "neither"}
    assert "se" not in str(change)


def test_a_change_since_a_wave_whose_results_are_not_public_is_not_told():
    assert only(make_item(SCALE, top=TOP, change=[CHANGE]), compared=())["change"] == []


def test_the_note_says_why_no_table_is_by_a_strand():
    item = make_item({"yes": 200, "no": 200})

    assert any("by all five or by none" in said for said in shown(item, breakdowns=["DEM11"])["method"])
    assert not any("by all five or by none" in said for said in shown(item, breakdowns=["DEM05"])["method"])
    assert not any("by all five or by none" in said for said in shown(item, breakdowns=[])["method"])
