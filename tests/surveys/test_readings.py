"""Means and net scores for indicators: of published waves alone, by wave and area."""

import pytest

from core.models import Area
from indicators.registry import Kind, measures
from surveys.models import Question
from tests.factories.results import AGREEMENT, answer, approve, close, make_margins, make_people_wave, make_results
from tests.factories.surveys import make_questionnaire, make_survey, make_wording

pytestmark = pytest.mark.django_db

NET = {"survey": "local-voice", "question": "CNF03"}


def read(measure="net", **changed):
    return measures[f"surveys.{measure}"].read(NET | changed)


@pytest.fixture
def closed():
    """Return a closed wave: of 60 women 45 agree and 15 do not, of 40 men 10 and 30."""
    wave = make_people_wave()
    for sex, agree, disagree in (("female", 45, 15), ("male", 10, 30)):
        answer(wave, agree, cnf03="strongly-agree", dem04=sex)
        answer(wave, disagree, cnf03="tend-to-disagree", dem04=sex)
    answer(wave, 5, cnf03="dont-know", dem04="male")
    return close(wave)


def test_closed_wave_moves_no_indicator_before_its_results_are_published(closed):
    results = make_results(closed)
    assert read() == []

    approve(results)
    (reading,) = read()
    assert (reading.value, reading.n) == (pytest.approx(10.0), 100)
    assert reading.lower < 10 < reading.upper
    assert (reading.wording_id, reading.sample_type, reading.mode_shares) == ("CNF03.1", "open", {"online": 1.0})
    assert (reading.period_start, reading.period_end) == (closed.opens, closed.closes)


def test_reading_is_weighted_as_the_published_results_are(closed):
    make_margins(female=50_000, male=50_000)
    results = make_results(closed, margins=("DEM04",))
    approve(results)

    (reading,) = read()
    (net,) = (item["net"] for item in results.figures["items"] if item["question"] == "CNF03")
    assert (reading.value, reading.se) == (pytest.approx(100 * net["value"]), pytest.approx(100 * net["se"]))
    assert reading.source == "Your voice, wave 1, weighted by DEM04"


def test_sample_without_margins_marks_its_readings():
    wave = make_people_wave()
    answer(wave, 30, cnf03="strongly-agree", dem04="female")
    answer(wave, 20, cnf03="tend-to-disagree", dem04="male")
    answer(wave, 20, cnf03="tend-to-disagree")
    wave = close(wave)
    make_margins(female=50_000, male=50_000)
    approve(make_results(wave, margins=("DEM04",)))

    (agree,) = read("share", answers=["strongly-agree", "tend-to-agree"])
    assert agree.marker == "u"


def test_mean_takes_the_scores_that_are_given(closed):
    approve(make_results(closed))

    (mean,) = read("mean", scores="strongly-agree = 5, tend-to-disagree = 2")
    assert mean.value == pytest.approx((55 * 5 + 45 * 2) / 100)
    assert read("mean", scores={"strongly-agree": 5, "tend-to-disagree": 2}) == [mean]
    assert (measures["surveys.mean"].kind, measures["surveys.net"].unit) == (Kind.SURVEY, "points")


def test_reading_of_each_area_of_the_site_and_of_no_other_place():
    Area.objects.create(code="north", name="The north")
    Area.objects.create(code="south", name="The south")
    area = make_wording("DEM12", text="Where?", options=(("north", "North"), ("south", "South"), ("away", "Not here")))
    fair = make_wording("CNF03", options=AGREEMENT)
    wave = make_people_wave(survey=make_survey(), questionnaire=make_questionnaire((fair, True), (area, True)))
    for place, agree, disagree in (("north", 20, 10), ("south", 10, 30), ("away", 40, 1)):
        answer(wave, agree, cnf03="strongly-agree", dem12=place)
        answer(wave, disagree, cnf03="strongly-disagree", dem12=place)
    approve(make_results(close(wave)))

    assert [(one.area_code, one.area_name, one.n, round(one.value, 6)) for one in read(area="DEM12")] == [
        ("north", "The north", 30, round(100 / 3, 6)),
        ("south", "The south", 40, -50.0),
    ]
    share = read("share", area="DEM12", answers=["strongly-agree"], excluded=["dont-know"])
    assert [(one.area_code, round(one.value, 6)) for one in share] == [("north", round(200 / 3, 6)), ("south", 25.0)]
    with pytest.raises(ValueError, match=r"CNF03\.1 has no option with the code dragons"):
        read("share", area="DEM12", answers=["dragons"])
    Area.objects.all().delete()
    with pytest.raises(ValueError, match="DEM12 asks for no area of this site"):
        read(area="DEM12")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"question": "HC08"}, r"The answers to HC08\.1 have no order"),
        ({"question": "DEM04"}, r"The answers to DEM04\.1 have no order"),
        ({"question": "NONE1"}, "There is no question with the code 'NONE1'"),
        ({"survey": None}, "There is no survey with the code None"),
        ({"area": "NONE1"}, "There is no area with the code 'NONE1'"),
        ({"scores": "strongly-agree"}, "Give each score as a number"),
        ({"scores": "strongly-agree = nan"}, "Give each score as a number"),
        ({"scores": 5}, "Give each score as a number"),
        ({"scores": "nothing = 1, strongly-agree = -1"}, r"CNF03\.1 has no option with the code nothing"),
        ({"scores": "strongly-agree = 5"}, r"A net score of CNF03\.1 needs 1 for those who agree and -1"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(closed, changed, sentence):
    approve(make_results(closed))

    with pytest.raises(ValueError, match=sentence):
        read(**changed)


def test_wave_that_did_not_ask_and_question_of_one_answer_give_no_reading(closed):
    approve(make_results(closed))
    make_wording("SAF03")
    Question.objects.get(code="SAF03")
    assert read(question="SAF03") == []

    wave = make_people_wave(survey=closed.survey, questionnaire=closed.questionnaire, number=2)
    answer(wave, 1, cnf03="strongly-agree", dem04="male")
    approve(make_results(close(wave)))
    assert len(read()) == 1


def test_drafted_wording_feeds_no_indicator_unless_that_is_accepted(closed):
    approve(make_results(closed))
    closed.instrument.wordings.filter(question__code="CNF03").update(status="drafted")

    with pytest.raises(ValueError, match=r"CNF03\.1 is a draft: pilot it first"):
        read()
    assert len(read(accept_draft=True)) == 1
