"""Sets of answers that are safe alone and not together."""

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.disclosure import AnswerSet, differences

pytestmark = pytest.mark.alike

LISTED = json.loads((Path(__file__).parent.parent / "data" / "sdc_tables.json").read_text())["differencing"]
ANSWERS = ("agree", "neither", "disagree")


def counted(name, people, **only):
    """A set of which only the counts are known, with its people spread evenly over the answers."""
    counts = dict.fromkeys(ANSWERS, people // 3) | {"agree": people - 2 * (people // 3)}
    return AnswerSet(name=name, counts=counts, only={kind: frozenset([value]) for kind, value in only.items()})


class Respondents:
    """600 people whose answers come in turn, and the sets of them that are asked for."""

    size = 600
    answers = np.arange(size) % 3

    def those(self, name, members):
        counts = np.bincount(self.answers[members], minlength=3).tolist()
        return AnswerSet(name=name, counts=dict(zip(ANSWERS, counts, strict=True)), members=members)

    def all_but(self, name, *left_out):
        members = np.ones(self.size, dtype=bool)
        for start, end in left_out:
            members[start:end] = False
        return self.those(name, members)

    def only(self, name, start, end):
        return self.those(name, (np.arange(self.size) >= start) & (np.arange(self.size) < end))


def test_the_listed_pair_is_refused_whichever_comes_first():
    everybody = AnswerSet(name="All answers", counts=LISTED["view_all"])
    without = AnswerSet(name="Without ward X", counts=LISTED["view_without_ward_X"])
    reason = differences([everybody], without)
    assert reason.startswith("“Without ward X” cannot be published beside “All answers”: ")
    assert "fewer than 10 people" in reason
    assert differences([without], everybody)


def test_the_first_set_and_the_same_set_again_are_published():
    assert differences([], counted("All", 300)) == ""
    assert differences([counted("All", 300)], counted("All again", 300)) == ""


@pytest.mark.parametrize(("left_out", "is_refused"), [(9, True), (10, True), (29, True), (30, False)])
def test_what_lies_between_two_sets_has_ten_people_in_every_answer(left_out, is_refused):
    people = Respondents()
    reason = differences([people.all_but("All")], people.all_but("Without marked", (0, left_out)))
    assert bool(reason) is is_refused


@pytest.mark.parametrize(("left_out", "is_refused"), [(9, True), (10, False)])
def test_where_answers_do_not_count_ten_people_are_enough(left_out, is_refused):
    people = Respondents()
    proposed = people.all_but("Without marked", (0, left_out))
    assert bool(differences([people.all_but("All")], proposed, by_answer=False)) is is_refused


def test_a_difference_in_one_answer_alone_tells_how_all_of_them_answered():
    everybody = AnswerSet(name="All", counts={"agree": 200, "disagree": 60})
    without = AnswerSet(name="Without a ward", counts={"agree": 160, "disagree": 60})
    assert differences([everybody], without)


def test_a_person_put_in_another_place_among_as_many_is_refused():
    before = AnswerSet(name="First", counts={"agree": 200, "disagree": 60})
    assert differences([before], AnswerSet(name="Corrected", counts={"agree": 199, "disagree": 61}))


def test_areas_that_share_nobody_may_be_alike():
    assert differences([counted("North", 90, area="north")], counted("South", 93, area="south")) == ""
    assert differences([counted("North", 90, area="north")], counted("Random", 93, sample="random"))


def test_the_last_area_but_a_small_one_is_refused_since_the_rest_is_what_is_left():
    everybody, north = counted("All", 300), counted("North", 120, area="north")
    assert differences([everybody, north], counted("South", 174, area="south"))
    assert differences([everybody, north], counted("South", 180, area="south")) == ""
    assert differences([north, counted("South", 174, area="south")], everybody)


def test_areas_of_the_random_part_are_taken_from_the_random_part():
    random, north = (
        counted("Random", 300, sample="random"),
        counted("Random, north", 120, sample="random", area="north"),
    )
    assert differences([random, north], counted("Random, south", 174, sample="random", area="south"))


def test_members_tell_a_set_within_another_from_one_that_is_as_large_by_chance():
    people = Respondents()
    assert differences([people.only("One half", 0, 300)], people.only("Other half", 300, 600)) == ""
    assert differences([people.only("Early", 0, 400)], people.only("Late", 200, 600)) == ""


def test_two_sets_of_which_a_few_are_in_one_and_a_few_in_the_other_are_refused():
    people = Respondents()
    proposed = people.all_but("Without B", (4, 8))
    assert differences([people.all_but("Without A", (0, 4))], proposed)
    assert differences([people.all_but("Without A", (0, 6))], people.all_but("Without B", (6, 12))) == ""


def test_a_sum_of_several_sets_that_speaks_of_a_few_is_refused_with_their_names():
    people = Respondents()
    published = [people.only("First", 0, 300), people.only("Middle", 150, 450), people.only("Apart", 450, 600)]
    # First + the proposed - Middle leaves the ends of both: 0-150 twice over but for 296-300.
    proposed = people.those("Ends", ~published[1].members & (np.arange(600) < 450) | published[2].members)
    assert differences(published, proposed) == ""
    almost = proposed.members.copy()
    almost[150:154] = True
    reason = differences([*published, people.all_but("All")], people.those("Ends and a few", almost))
    assert "“Middle”" in reason
    assert "“All”" in reason


def test_people_in_no_set_are_nobodys_secret():
    people = Respondents()
    assert differences([people.only("Most", 0, 597)], people.only("Half", 0, 300)) == ""


def test_a_council_that_lowers_ten_to_five_may_publish_more():
    people = Respondents()
    proposed = people.all_but("Without marked", (0, 15))
    assert differences([people.all_but("All")], proposed)
    assert differences([people.all_but("All")], proposed, fewest=5) == ""
