"""The demonstration survey: real questions from the bank, invented answers marked as sample data."""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone

from campaigns.models import Campaign
from core.approvals.keeping import publish_laid
from core.demonstration import Chapter, chapters
from core.languages.trees import in_english
from surveys import actions, demo_fieldwork, demo_recall, demo_results, demo_words, instruments, runner
from surveys.enums import CollectorKind, Kind, Operator
from surveys.models import (
    Condition,
    Instrument,
    Item,
    Question,
    Questionnaire,
    Response,
    Section,
    SignOff,
    Survey,
    SurveyIndexPage,
    SurveyPage,
    Tally,
    Wave,
    Wording,
)
from surveys.queries import asked_by, signed_digest

SURVEY = "demo-local-voice"
QUESTIONNAIRE = "demo-local-voice"
SLUG = "your-voice-on-hate-crime"
OWN_QUESTION = "DEMO01"
CAMPAIGN = "five-days-one-message"
POPULATION = "residents of Kirklees aged 16 and over"

SECTIONS = (
    ("Where you live", (("COH07", True), ("SAF03", True))),
    ("The police", (("CNF01", True), ("CNF03", True), ("CNF04", True), ("CNF06", True))),
    ("Reporting hate crime", (("HC07", True), ("HC08", False), (demo_recall.QUESTION, False), (OWN_QUESTION, False))),
    ("About you", (("DEM11", False), ("DEM04", False), ("DEM01", False))),
    ("Equality questions", (("DEM03", False), ("DEM06", False), ("DEM07", False), ("DEM08", False))),
)
EQUALITY = "Equality questions"
WANTS_EQUALITY = 0.6
REASON = "People of some ages and backgrounds answer less often than others. This lets us make up for it."
REASONS = {"DEM11": REASON, "DEM04": REASON, "DEM01": REASON}
ENDS_ON = {"DEM11": "under-16"}

# How likely each answer is, in the order of the options, in the first closed wave and in the second. Invented.
CHANCES: Mapping[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "COH07": ((18, 42, 17, 14, 7, 2), (19, 43, 17, 13, 6, 2)),
    "SAF03": ((14, 41, 29, 13, 3), (15, 42, 28, 12, 3)),
    "CNF01": ((8, 36, 31, 14, 6, 5), (9, 38, 30, 12, 6, 5)),
    "CNF03": ((12, 38, 20, 14, 8, 8), (14, 45, 17, 11, 6, 7)),
    "CNF04": ((9, 36, 24, 15, 8, 8), (10, 37, 23, 15, 7, 8)),
    "CNF06": ((6, 9, 14, 22, 20, 11, 6, 12), (5, 8, 13, 22, 22, 12, 7, 11)),
    "HC07": ((14, 34, 28, 15, 9), (14, 35, 28, 14, 9)),
}
ABOUT_PEOPLE: Mapping[str, tuple[int, ...]] = {
    "DEM11": (0, 9, 15, 18, 19, 16, 13, 7, 3),
    "DEM04": (52, 44, 4),
    "DEM01": (66, 3, 22, 3, 3, 3),
    "DEM03": (34, 33, 1, 1, 1, 21, 1, 2, 6),
    "DEM06": (84, 3, 3, 2, 8),
    "DEM07": (28, 64, 8),
    "DEM08": (30, 48, 17, 5),
}
BARRIERS = (24, 38, 17, 22, 31, 14, 12, 8, 6, 5)
WORDS = (
    "More lights on the footpath behind the shops.",
    "Somebody to talk to who speaks my language.",
    "Tell us what happened after people reported.",
    "Drivers who step in when somebody is shouted at on the bus.",
)


@transaction.atomic
def load(step: Callable[[str], None]) -> None:
    """Load the demonstration survey, or leave it alone where it stands."""
    _question_bank()
    step("question bank")
    if Survey.objects.filter(code=SURVEY).exists():
        for words in ("questionnaire", "first wave", "second wave", "results", "open wave"):
            step(words)
        return
    survey, questionnaire = _survey(), _questionnaire()
    step("questionnaire")
    demo_fieldwork.add_population(population=POPULATION)
    today, chance = timezone.localdate(), random.Random(2026)  # noqa: S311  (the same sample data every time)
    closed: list[Wave] = []
    demo_recall.mark(survey=survey)
    open_since = today - timedelta(days=7)
    days = demo_recall.dates(today, until=open_since - timedelta(days=1))
    for number, (size, (opens, closes)) in enumerate(zip((412, 448), days, strict=True), start=1):
        wave = _wave(survey, questionnaire, number, opens, closes)
        _answer(wave, size, chance)
        closed.append(actions.close_wave(wave=wave, day=wave.closes))
        step(f"wave {number}")
    demo_results.compute(survey=survey, waves=closed)
    step("results")
    wave = _wave(survey, questionnaire, 3, open_since, today + timedelta(days=84))
    demo_fieldwork.add(wave=wave)
    _page(survey)
    demo_words.write(survey=survey, questionnaire=questionnaire)
    step("open wave")


def _question_bank() -> None:
    try:
        actions.import_question_bank()
    except actions.BankError as error:
        raise CommandError(f"The question bank is damaged: {error} Fetch surveys/data again.") from error


def _survey() -> Survey:
    return Survey.objects.create(
        code=SURVEY,
        title="Your voice on hate crime",
        purpose=(
            "We want to know how safe people feel here, how far they trust the police, and what would stop them from "
            "reporting a hate crime. The answers decide what the council and its partners do next."
        ),
        audience=(
            "The council's survey analysts, and only after the survey has closed. What you write yourself is never "
            "published word for word."
        ),
        minutes=5,
        campaign=Campaign.objects.filter(code=CAMPAIGN).first(),
    )


def _questionnaire() -> Questionnaire:
    _own_question()
    questionnaire = Questionnaire.objects.create(
        code=QUESTIONNAIRE,
        title="Your voice on hate crime",
        introduction="Questions about your area, the police and reporting, and a few about you.",
    )
    for place, (title, asked) in enumerate(SECTIONS):
        section = Section.objects.create(
            questionnaire=questionnaire, title=title, equality=title == EQUALITY, order=place
        )
        Item.objects.bulk_create(
            Item(
                section=section,
                wording=Wording.objects.latest_of(code),
                required=required,
                reason=REASONS.get(code, ""),
                ends_on=ENDS_ON.get(code, ""),
                order=order,
            )
            for order, (code, required) in enumerate(asked)
        )
    Condition.objects.create(
        item=Item.objects.get(section__questionnaire=questionnaire, wording__question__code="DEM08"),
        question=Question.objects.get(code="DEM07"),
        operator=Operator.IS,
        value="yes",
    )
    return questionnaire


def _own_question() -> None:
    question = Question.objects.create(code=OWN_QUESTION, theme="reporting")
    Wording.objects.create(
        question=question,
        text="What one thing would make it easier to report a hate crime here?",
        kind=Kind.TEXT,
        source="Drafted for the demonstration; pilot before use.",
    )


def _wave(survey: Survey, questionnaire: Questionnaire, number: int, opens: date, closes: date) -> Wave:
    wave = Wave.objects.create(
        survey=survey,
        questionnaire=questionnaire,
        number=number,
        population=POPULATION,
        target=400,
        opens=opens,
        closes=closes,
        is_sample=True,
    )
    SignOff.objects.create(wave=wave, name="Nobody: sample data", day=opens, digest=signed_digest(wave))
    return actions.open_wave(wave=wave, day=opens)


def _answer(wave: Wave, size: int, chance: random.Random) -> None:
    collector, items, asked = (
        wave.collectors.get(kind=CollectorKind.OPEN_LINK),
        list(instruments.questions(wave.body)),
        asked_by(wave),
    )
    apart, recalling = random.Random(wave.number), random.Random(f"recall {wave.number}")  # noqa: S311  (as above)
    last = (wave.closes - wave.opens).days
    came: Counter[date] = Counter()

    def day() -> date:
        came[drawn := wave.opens + timedelta(days=chance.randint(0, last))] += 1
        return drawn

    Response.objects.bulk_create(
        Response(
            wave=wave,
            collector=collector,
            instrument=wave.asks,
            month=day().replace(day=1),
            answers=runner.submitted(
                asked,
                _answers(items, wave.number - 1, chance)
                | _about_somebody(items, apart)
                | demo_recall.given(items, wave.number, recalling),
                equality=apart.random() < WANTS_EQUALITY,
            ),
        )
        for _ in range(size)
    )
    Tally.objects.bulk_create(Tally(collector=collector, day=on, count=count) for on, count in came.items())


def _answers(items: list[Mapping[str, Any]], column: int, chance: random.Random) -> dict[str, instruments.Answer]:
    asked = [item for item in items if item["question"] not in {*ABOUT_PEOPLE, demo_recall.QUESTION}]
    given = {item["key"]: _one_answer(item, column, chance) for item in asked}
    return {key: answer for key, answer in given.items() if answer}


def _about_somebody(items: list[Mapping[str, Any]], chance: random.Random) -> dict[str, instruments.Answer]:
    about = [item for item in items if item["question"] in ABOUT_PEOPLE]
    return {
        item["key"]: chance.choices(
            [option["code"] for option in item["options"]], weights=ABOUT_PEOPLE[item["question"]]
        )[0]
        for item in about
    }


def _one_answer(item: Mapping[str, Any], column: int, chance: random.Random) -> instruments.Answer:
    codes = [option["code"] for option in item["options"]]
    if item["kind"] == Kind.TEXT:
        return chance.choice(WORDS) if chance.random() < 0.2 else ""
    if item["kind"] == Kind.MULTIPLE:
        several = [code for code, likely in zip(codes, BARRIERS, strict=False) if chance.random() * 100 < likely]
        return several or ["nothing-would-stop-me"]
    return chance.choices(codes, weights=CHANCES[item["question"]][column])[0]


def _page(survey: Survey) -> None:
    index = in_english(SurveyIndexPage.objects).first()
    if index is None:
        return
    page = SurveyPage(
        title=survey.title,
        slug=SLUG,
        survey=survey,
        summary="Tell us how safe you feel, how far you trust the police, and what would stop you from reporting.",
    )
    index.add_child(instance=page)
    publish_laid(page)


@transaction.atomic
def remove() -> None:
    """Take the demonstration survey away; the question bank stays."""
    for page in in_english(SurveyPage.objects).filter(survey__code=SURVEY):
        page.delete()
    waves = Wave.objects.filter(survey__code=SURVEY)
    demo_results.forget(waves=waves)
    Response.objects.filter(wave__in=waves).delete()
    digests = list(waves.exclude(instrument=None).values_list("instrument__digest", flat=True))
    waves.delete()
    Instrument.objects.filter(digest__in=digests, waves=None).delete()
    Survey.objects.filter(code=SURVEY).delete()
    demo_fieldwork.forget(population=POPULATION)
    for questionnaire in Questionnaire.objects.filter(code=QUESTIONNAIRE):
        demo_words.forget(questionnaire=questionnaire)
        questionnaire.delete()
    Wording.objects.filter(question__code=OWN_QUESTION).delete()
    Question.objects.filter(code=OWN_QUESTION).delete()


chapters.offer("surveys")(Chapter(order=40, steps=6, load=load, remove=remove))
