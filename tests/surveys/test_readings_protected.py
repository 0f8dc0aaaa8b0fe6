"""What an indicator shows of a survey tells no more of a few people than the published results do."""

from datetime import date

import pytest

from core.models import Area
from indicators.actions import refresh
from indicators.registry import measures
from surveys.enums import Kind, ResultState
from surveys.models import Breakdown, Question, ResultSet
from surveys.publishing import protect
from tests.factories.indicators import indicator
from tests.factories.results import AGREEMENT, answer, close, make_people_wave, make_results
from tests.factories.surveys import make_questionnaire, make_survey, make_wording

pytestmark = pytest.mark.django_db

HARMED = (("yes", "Yes"), ("no", "No"), ("unsure", "It is hard to say"))
PLACES = (("north", "North"), ("south", "South"), ("east", "East"))


def share(question, *answers, measure="share", **more):
    asked = {"survey": "local-voice", "question": question, **more} | ({"answers": list(answers)} if answers else {})
    return measures[f"surveys.{measure}"].read(asked)


def publish(wave):
    results = make_results(close(wave))
    ResultSet.objects.filter(pk=results.pk).update(
        state=ResultState.APPROVED,
        approved_by_name="A colleague",
        approved_on=date(2026, 11, 1),
        public=protect(results.figures, results.record, results.choices),
    )


@pytest.fixture
def wave():
    """Return an open wave with a sensitive question, a scale and the area."""
    return make_people_wave(
        survey=make_survey(),
        questionnaire=make_questionnaire(
            (make_wording("HC01", text="Were you harmed?", options=HARMED, sensitive=True), False),
            (make_wording("CNF03", options=AGREEMENT), False),
            (make_wording("HC08", kind=Kind.MULTIPLE, options=(("fear", "Fear"), ("time", "Time"))), False),
            (make_wording("DEM12", text="Where?", options=PLACES), False),
        ),
    )


def test_sensitive_answer_that_few_gave_moves_no_indicator_that_anybody_sees(wave, client):
    answer(wave, 3, hc01="yes")
    answer(wave, 297, hc01="no")
    publish(wave)
    of = indicator("B7", measure="surveys.share", parameters={"survey": "local-voice", "question": "HC01"})
    of.parameters |= {"answers": ["yes"]}
    of.save()
    refresh(of)

    assert of.measurements.get().value == pytest.approx(1.0)
    (shown,) = client.get("/api/v1/indicators/B7/measurements").json()["items"]
    assert (shown["value"], shown["lower"], shown["n"], shown["marker"]) == (None, None, None, "[c]")


def test_answer_that_the_results_join_with_another_is_not_told_apart(wave):
    answer(wave, 4, hc01="yes")
    answer(wave, 200, hc01="no")
    answer(wave, 16, hc01="unsure")
    publish(wave)

    assert [one.marker for one in share("HC01", "unsure")] == ["c"]
    assert [one.marker for one in share("HC01", "no", excluded=["yes"])] == ["c"]
    assert [one.marker for one in share("HC01", "yes", "unsure")] == [""]


def test_share_that_gives_a_small_count_back_is_withheld_of_any_question(wave):
    answer(wave, 1, cnf03="strongly-agree")
    answer(wave, 59, cnf03="tend-to-disagree")
    answer(wave, 60, cnf03="tend-to-agree")
    publish(wave)

    assert [one.marker for one in share("CNF03", "strongly-agree")] == ["c"]
    assert [one.marker for one in share("CNF03", "strongly-agree", "tend-to-agree")] == [""]


@pytest.mark.parametrize("measure", ["mean", "net"])
def test_number_of_a_scale_on_which_all_but_a_few_agree_is_withheld(wave, measure):
    answer(wave, 198, cnf03="strongly-agree")
    answer(wave, 2, cnf03="strongly-disagree")
    publish(wave)

    assert [one.marker for one in share("CNF03", measure=measure)] == ["c"]


@pytest.mark.parametrize("declared", [True, False])
def test_area_of_eight_people_is_not_everybody_less_the_other_areas(wave, declared):
    for code, name in PLACES:
        Area.objects.create(code=code, name=name)
    if declared:
        Breakdown.objects.create(survey=wave.survey, question=Question.objects.get(code="DEM12"))
    for place, agree, disagree in (("north", 60, 40), ("south", 30, 40), ("east", 3, 5)):
        answer(wave, agree, cnf03="strongly-agree", dem12=place)
        answer(wave, disagree, cnf03="strongly-disagree", dem12=place)
    for code in ("tend-to-agree", "neither-agree-nor-disagree", "tend-to-disagree"):
        answer(wave, 30, cnf03=code, dem12="north")
    publish(wave)

    found = {one.area_code: one.marker for one in share("CNF03", "strongly-agree", area="DEM12")}
    assert found == {"north": "", "south": "c", "east": "c"}
    for measure in ("mean", "net"):
        found = {one.area_code: one.marker for one in share("CNF03", measure=measure, area="DEM12")}
        assert found == {"north": "", "south": "c", "east": "c"}


def test_area_in_which_all_but_a_few_agree_is_withheld(wave):
    for code, name in PLACES:
        Area.objects.create(code=code, name=name)
    for place, agree, disagree in (("north", 60, 40), ("south", 70, 2), ("east", 50, 60)):
        answer(wave, agree, cnf03="strongly-agree", dem12=place)
        answer(wave, disagree, cnf03="strongly-disagree", dem12=place)
    for code in ("tend-to-agree", "neither-agree-nor-disagree", "tend-to-disagree"):
        answer(wave, 30, cnf03=code, dem12="north")
    publish(wave)

    for measure, answers in (("share", ["strongly-agree"]), ("mean", []), ("net", [])):
        found = {one.area_code: one.marker for one in share("CNF03", *answers, measure=measure, area="DEM12")}
        assert (found["south"], found["north"]) == ("c", ""), measure


def test_area_tells_no_answers_apart_that_the_results_join(wave):
    for code, name in PLACES:
        Area.objects.create(code=code, name=name)
        answer(wave, 20, hc01="unsure", dem12=code)
        answer(wave, 60, hc01="no", dem12=code)
    answer(wave, 4, hc01="yes", dem12="north")
    publish(wave)

    assert {one.marker for one in share("HC01", "unsure", area="DEM12")} == {"c"}
    assert {one.marker for one in share("HC01", "yes", "unsure", area="DEM12")} == {""}
