"""What a difference between two groups may tell: nothing of a group that is hidden, and no more of anybody else."""

import random

import pytest

from surveys.publishing import CannotPublishError, protect
from tests.factories.figures import make_contrasted, make_figures, make_recall, make_record
from tests.surveys.attackers import as_printed, as_printed_difference, what_a_difference_leaves

TOP = ("agree",)


def shown(sides, *, neither=None, before=(), recall=None, **about):
    """Return what is public of an item by two ``sides``, of whom some are in ``neither``."""
    every = [*sides.values(), neither or {"agree": 0, "disagree": 0}]
    counts = {code: sum(inside[code] for inside in every) for code in ("agree", "disagree")}
    figures = make_figures(make_contrasted(counts, sides, **about), recall or make_recall(sides))
    return protect(figures, make_record(), {"fewest": 10}, before)["items"][0]


def split(yes, no):
    return {code: dict(zip(("agree", "disagree"), side, strict=True)) for code, side in (("yes", yes), ("no", no))}


def told(public):
    (contrast,) = public["contrasts"]
    sides = [group["options"][0]["value"] for group in contrast["groups"]]
    (difference,) = contrast["differences"]
    return [*sides, difference["value"]]


def test_both_sides_and_their_difference_are_whole():
    public = shown(split((120, 60), (70, 105)), neither={"agree": 20, "disagree": 25})

    assert told(public) == [67, 40, 27]
    assert public["contrasts"][0]["differences"][0]["verdict"] == "no clear difference"


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ((15, 12), (90, 85)),  # fewer than thirty came across it
        ((120, 60), (15, 12)),
        ((9, 80), (90, 85)),  # fewer than ten of them agree
        ((120, 60), (170, 4)),  # or disagree
    ],
)
def test_no_difference_stands_where_one_of_the_sides_is_hidden(yes, no):
    """With the other side's share it would give the hidden one back."""
    public = shown(split(yes, no), neither={"agree": 20, "disagree": 25})

    assert told(public)[2] is None
    assert None in told(public)[:2]
    difference = public["contrasts"][0]["differences"][0]
    assert (difference["lower"], difference["upper"], difference["verdict"]) == (None, None, "")


def test_a_difference_that_would_tell_how_the_few_in_neither_side_answered_is_withheld():
    """Of five in neither all disagree: from the two shares up to ten could agree, with the difference none."""
    hidden = [
        told(shown(split((agree, 57 - agree), (85, 27)), neither={"agree": 3, "disagree": 2}))[2] is None
        for agree in range(15, 45)
    ]

    assert any(hidden)
    assert not all(hidden)


def planted(chance):
    """Return two sides, and a few people in neither of them."""
    sides = split(*((chance.randint(8, 120), chance.randint(8, 120)) for _ in range(2)))
    return sides, {"agree": chance.choice((0, 1, 2, 5, 9, 14)), "disagree": chance.choice((0, 1, 3, 8, 12))}


@pytest.mark.alike
def test_no_difference_of_two_hundred_random_ones_says_more_of_those_in_neither_side_than_the_shares_do():
    chance, attacked, withheld = random.Random(11), 0, 0
    for _ in range(200):
        sides, neither = planted(chance)
        public = shown(sides, neither=neither)
        (contrast,) = public["contrasts"]
        printed = [(group["options"][0], group["base"]) for group in contrast["groups"]]
        (difference,) = contrast["differences"]
        if any(share["value"] is None for share, _ in printed):
            assert difference["value"] is None
            continue
        if difference["value"] is None:
            withheld += 1
            continue
        attacked += 1
        seen = public["top"], public["base"], printed
        for (least, most), (lowest, highest) in zip(
            what_a_difference_leaves(*seen, None), what_a_difference_leaves(*seen, difference), strict=True
        ):
            assert lowest < highest or least == most
            assert highest >= 10 or most < 10
    assert attacked > 100
    assert withheld > 0


def test_the_attacker_does_find_more_where_a_difference_is_printed_that_should_not_be():
    """57 and 112 people, and five beside them: what `shown` withholds would tell, where it stood."""
    found = []
    for agree in range(15, 45):
        sides = (agree, 57), (85, 112)
        printed = [(dict(zip(("value", "lower", "upper"), as_printed(*side), strict=True)), side[1]) for side in sides]
        whole = dict(zip(("value", "lower", "upper"), as_printed(agree + 88, 174), strict=True))
        difference = dict(zip(("value", "lower", "upper"), as_printed_difference(*sides), strict=True))
        seen = whole, 174, printed
        apart, beside = (what_a_difference_leaves(*seen, one) for one in (None, difference))
        found += [
            highest < 10 <= most or (lowest == highest and least < most)
            for (least, most), (lowest, highest) in zip(apart, beside, strict=True)
        ]

    assert any(found)


@pytest.mark.parametrize(("more", "is_refused"), [(4, True), (60, False)])
def test_a_side_that_differs_by_a_few_from_what_was_published_is_refused(more, is_refused):
    before = split((120, 60), (70, 105))
    sides = split((120 + more, 60 + more), (70, 105))
    counts = {"agree": 300, "disagree": 280}
    published = make_figures(make_contrasted(counts, before), make_recall(before))
    now = make_figures(make_contrasted(counts, sides), make_recall(before))

    if not is_refused:
        assert protect(now, make_record(), {"fewest": 10}, [published])
        return
    with pytest.raises(CannotPublishError, match="CNF03 in the group yes of CMP01"):
        protect(now, make_record(), {"fewest": 10}, [published])
