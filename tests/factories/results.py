"""Closed waves with answers about people, and their results, for tests."""

from django.utils import timezone

from surveys import actions
from surveys.enums import Kind, ResultState, WaveState
from surveys.models import Collector, Margin, Question, Response, ResultSet
from surveys.results import Choices
from tests.factories.surveys import make_open_wave, make_questionnaire, make_survey, make_wording, open_link

ADULTS = "residents aged 16 and over"
SEX = (("female", "Female"), ("male", "Male"), ("prefer-not-to-say", "Prefer not to say"))
AGREEMENT = (
    ("strongly-agree", "Strongly agree"),
    ("tend-to-agree", "Tend to agree"),
    ("neither-agree-nor-disagree", "Neither agree nor disagree"),
    ("tend-to-disagree", "Tend to disagree"),
    ("strongly-disagree", "Strongly disagree"),
    ("dont-know", "Don't know"),
)
BARRIERS = (("fear", "Fear"), ("time", "Time"), ("nothing", "Nothing"))


def make_people_questionnaire(code="people"):
    """Make a questionnaire with a scale of agreement, a question that takes several answers, and the person's sex."""
    return make_questionnaire(
        (make_wording("CNF03", text="Are you treated fairly?", options=AGREEMENT), True),
        (make_wording("HC08", text="What stops you?", kind=Kind.MULTIPLE, options=BARRIERS, alone=("nothing",)), False),
        (make_wording("DEM04", text="What is your sex?", options=SEX, sensitive=True), False),
        code=code,
    )


def make_people_wave(**fields):
    """Make an open wave with it; give it ``survey`` and ``questionnaire`` to make the next one."""
    if "survey" not in fields:
        fields = {"survey": make_survey(), "questionnaire": make_people_questionnaire()} | fields
    return make_open_wave(**fields)


def answer(wave, times=1, *, collector=None, marks=(), **answers):
    """Let ``times`` people answer alike."""
    month = timezone.localdate().replace(day=1)
    asked = {"wave": wave, "collector": collector or open_link(wave), "instrument": wave.instrument, "month": month}
    Response.objects.bulk_create(Response(answers=answers, marks=list(marks), **asked) for _ in range(times))


def answered(wave, *, agree, disagree, collector=None, **about):
    """Let ``agree`` people agree strongly, and ``disagree`` disagree so."""
    answer(wave, agree, collector=collector, cnf03="strongly-agree", **about)
    answer(wave, disagree, collector=collector, cnf03="strongly-disagree", **about)


def make_divided_wave():
    """Make a closed wave of 60 women, of whom 45 agree, and 40 men, of whom 10 do."""
    wave = make_people_wave()
    answered(wave, agree=45, disagree=15, dem04="female")
    answered(wave, agree=10, disagree=30, dem04="male")
    return close(wave)


def make_margins(question="DEM04", population=ADULTS, **people):
    for option, total in people.items():
        Margin.objects.create(
            population=population,
            question=Question.objects.get(code=question),
            option=option.replace("_", "-"),
            total=total,
            source="Invented",
            year=2021,
            is_sample=True,
        )


def close(wave):
    return actions.close_wave(wave=wave)


def make_results(wave, by=None, **choices) -> ResultSet:
    """Ask for the results of ``wave`` and compute them."""
    return actions.compute_results(results=actions.ask_for_results(wave=wave, choices=Choices(**choices), by=by))


def approve(results):
    """Let ``results`` be published, as if a second person had approved them."""
    ResultSet.objects.filter(pk=results.pk, state=ResultState.READY).update(
        state=ResultState.APPROVED, approved_by_name="A colleague", approved_on=timezone.localdate()
    )


def publish(wave, **choices):
    """Close ``wave``, compute its results and publish them, if they can be computed."""
    closed = wave if wave.state == WaveState.CLOSED else close(wave)
    approve(make_results(closed, **choices))
    return closed


def item_of(results, question):
    return next(item for item in results.figures["items"] if item["question"] == question)


def option_of(results, question, code):
    return next(option for option in item_of(results, question)["options"] if option["code"] == code)


def make_random_collector(wave, code, **fields):
    fields = {"title": code, "sample_type": "random", "kind": "codes"} | fields
    return Collector.objects.create(wave=wave, code=code, **fields)


CAME_ACROSS = (("yes", "Yes"), ("no", "No"), ("not-sure", "Not sure"))


def make_campaign_wave(campaign, *, options=CAME_ACROSS, answers=("yes",), also=(), **fields):
    """Make an open wave that also asks whether people came across ``campaign``, and say which answers say so.

    ``also`` are further wordings that it asks.
    """
    if "survey" not in fields:
        recall = make_wording("CMP01", text="Have you seen anything?", options=options, theme="campaign")
        questionnaire = make_questionnaire(
            (make_wording("CNF03", text="Are you treated fairly?", options=AGREEMENT), True),
            (recall, False),
            (make_wording("DEM04", text="What is your sex?", options=SEX, sensitive=True), False),
            *((wording, False) for wording in also),
            code="campaign",
        )
        fields = {"survey": make_survey(), "questionnaire": questionnaire} | fields
        actions.mark_recall(survey=fields["survey"], campaign=campaign, question=recall.question, answers=answers)
    return make_open_wave(**fields)
