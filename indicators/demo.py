"""The demonstration strategy: Kirklees' published words; every number is invented and marked as sample data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from core.demonstration import Chapter, chapters
from indicators import actions
from indicators.enums import Frequency, KindChoice, Polarity, Status
from indicators.models import Definition, Indicator, Measurement, Objective, Strategy, Target
from indicators.registry import Reading, measures

CODE = "demo-kirklees-2017"
SOURCE = "Kirklees Hate Crime Strategy 2017-2020"

PRINCIPLES = (
    (
        "No hierarchy of hate \N{EN DASH} the service is victim focussed and protects everyone equally - no one type "
        "of incident that is reported will have precedence over any other"
    ),
    (
        "Tiered interventions \N{EN DASH} the best way to address hate crime is to prevent it in the first place and "
        "where it does happen to support victims and hold perpetrators to account at the earliest opportunity"
    ),
    "Community engagement and confidence is critical to the delivery of the strategy.",
)

SUMMARY = (
    "This focuses on the prevention of hate incidents from happening in the first place, whilst providing support "
    "and guidance to victims and taking positive action against perpetrators where it does happen."
)

OBJECTIVES = (
    (
        "prevention",
        "Prevention",
        (
            "General and targeted communications to create individual and wider community awareness and engagement "
            "\N{EN DASH} to create an environment in which hate crime is not acceptable or tolerated by anyone. "
            "Prevention is also about educating people; in particular, young people to change behaviour to ensure "
            "long-term changes in attitudes are embedded."
        ),
    ),
    (
        "early-intervention",
        "Early intervention",
        (
            "Ensure frontline workers are equipped with the necessary skills and confidence to make a stand against "
            "hate crime. Provide staff with basic emotional and practical support to victims by signposting to more "
            "specialist support agencies and the Kirklees Victims' Hub."
        ),
    ),
    (
        "intelligence-led",
        "Developing intelligence led approaches, tools and powers",
        (
            "Develop more specialist support services including the 3rd party reporting centres and the Kirklees "
            "Victims' Hub to provide more intensive support services to victims. Work with perpetrators to ensure "
            "that they are held accountable for their actions and they change their future behaviour. Use up to date "
            "multi-agency intelligence to target cross partnership provision and to build understanding about best "
            "practice in tackling hate crime."
        ),
    ),
    (
        "high-risk",
        "High-risk management and review",
        (
            "Retain and promote a scrutiny function for investigations of hate incidents and crimes \N{EN DASH} such "
            "as case management reviews. Hold individuals accountable for their actions through enforcement and "
            "prosecution by effective links with criminal justice agencies."
        ),
    ),
)

DEFINITIONS = (
    (
        "demo-hate-crime",
        "Hate crime",
        (
            "A hate crime is any crime that is motivated by hostility on the grounds of race, sexual orientation, "
            "disability, and religion or transgender identity."
        ),
        SOURCE,
        date(2017, 1, 1),
    ),
    (
        "demo-hate-incident",
        "Hate incident",
        (
            "Similarly, a hate incident is any incident perceived by the victim, or any other person, to be "
            "motivated by hostility or prejudice based on the person's race, sexual orientation, disability, "
            "religion or transgender identity."
        ),
        SOURCE,
        date(2017, 1, 1),
    ),
    (
        "demo-hate-crime-recorded",
        "Hate crime, as police and prosecutors record it",
        (
            "Any criminal offence which is perceived by the victim or any other person, to be motivated by hostility "
            "or prejudice, based on a person's disability or perceived disability; race or perceived race; or "
            "religion or perceived religion; or sexual orientation or perceived sexual orientation or transgender "
            "identity or perceived transgender identity."
        ),
        (
            "The definition agreed between the police and the Crown Prosecution Service. It rests on how the victim "
            "or anybody else saw it; a court needs proof of hostility. The year is from the Government's plan to "
            "tackle hate crime (March 2012), paragraph 1.9"
        ),
        date(2007, 1, 1),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One indicator of the demonstration; ``values`` are (first year, numerator or count, denominator)."""

    code: str
    objective: str
    title: str
    definition: str
    rationale: str
    kind: KindChoice = KindChoice.PLAIN
    unit: str = "%"
    polarity: Polarity = Polarity.NONE
    headline: bool = False
    counts_people: bool = True
    frequency: Frequency = Frequency.YEARLY
    source: str = "Sample data"
    measure: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    values: tuple[tuple[int, int, int], ...] = ()
    target: float | None = None


BY_HAND = (
    Shown(
        code="A1",
        objective="intelligence-led",
        title="Reporting levels",
        definition="How many hate crimes and hate incidents were recorded in a year, from April to March.",
        rationale="More reports may mean more hate, or more trust in reporting, so a rise is neither good nor bad.",
        kind=KindChoice.COUNT,
        unit="reports",
        headline=True,
        values=((2022, 868, 0), (2023, 897, 0), (2024, 941, 0), (2025, 1034, 0)),
    ),
    Shown(
        code="A3",
        objective="high-risk",
        title="Detection rates",
        definition="Of the hate crimes recorded in a year, the share for which somebody was held to account.",
        rationale="People report when they see that something follows.",
        kind=KindChoice.PROPORTION,
        polarity=Polarity.HIGHER,
        headline=True,
        values=((2022, 117, 782), (2023, 121, 806), (2024, 139, 848), (2025, 148, 931)),
        target=20,
    ),
    Shown(
        code="A4",
        objective="early-intervention",
        title="Victim satisfaction",
        definition="Of the victims who were asked, the share satisfied with how they were treated.",
        rationale="The service is victim focussed: nobody else can say whether it helped.",
        kind=KindChoice.PROPORTION,
        polarity=Polarity.HIGHER,
        headline=True,
        counts_people=False,
        values=((2022, 88, 134), (2023, 97, 141), (2024, 104, 149), (2025, 113, 152)),
        target=80,
    ),
)

COMPUTED = (
    Shown(
        code="B2",
        objective="prevention",
        title="People who feel safe after dark",
        definition="Of the people who answered, the share who feel safe or very safe walking alone in their area "
        "after dark.",
        rationale="Fear of hate changes where people go, and when.",
        kind=KindChoice.SURVEY,
        polarity=Polarity.HIGHER,
        headline=True,
        frequency=Frequency.WAVE,
        source="Survey of residents",
        measure="surveys.share",
        parameters={
            "survey": "demo-local-voice",
            "question": "SAF03",
            "answers": ["very-safe", "safe"],
            "excluded": ["dont-know"],
        },
    ),
    Shown(
        code="B6",
        objective="prevention",
        title="People who say the police treat everyone fairly",
        definition="Of the people who answered, the share who agree that the police in their area treat everyone "
        "fairly regardless of who they are.",
        rationale="People who expect to be treated fairly are readier to report.",
        kind=KindChoice.SURVEY,
        polarity=Polarity.HIGHER,
        frequency=Frequency.WAVE,
        source="Survey of residents",
        measure="surveys.share",
        parameters={
            "survey": "demo-local-voice",
            "question": "CNF03",
            "answers": ["strongly-agree", "tend-to-agree"],
            "excluded": ["dont-know"],
        },
    ),
    Shown(
        code="C1",
        objective="prevention",
        title="Campaign page views",
        definition="How often campaign pages were seen on this site. Views are not people.",
        rationale="It shows how far campaigns reach, and says nothing about what they change.",
        unit="views",
        counts_people=False,
        frequency=Frequency.QUARTERLY,
        source="This site's own counts",
        measure="campaigns.page_views",
    ),
    Shown(
        code="D1",
        objective="prevention",
        title="Lesson files downloaded",
        definition="How often files of lesson packs were downloaded from this site.",
        rationale="It shows how far lessons reach, and says nothing about what pupils learn.",
        unit="downloads",
        counts_people=False,
        frequency=Frequency.QUARTERLY,
        source="This site's own counts",
        measure="schools.downloads",
    ),
    Shown(
        code="E1",
        objective="early-intervention",
        title="Community events held",
        definition="How many dates of community events took place.",
        rationale="It shows what was done, and says nothing about what it changed.",
        unit="events",
        counts_people=False,
        frequency=Frequency.QUARTERLY,
        source="The events on this site",
        measure="events.held",
    ),
)


def _strategy() -> Strategy:
    return Strategy.objects.get_or_create(
        code=CODE,
        defaults={
            "title": "Kirklees Hate Crime Strategy 2017-2020",
            "starts": date(2017, 1, 1),
            "ends": date(2020, 12, 31),
            "summary": SUMMARY,
            "principles": "\n".join(PRINCIPLES),
            "source": "Kirklees Hate Crime/Incident Strategy 2017 - 2020, Kirklees Council and its partners",
            "status": Status.PAST,
        },
    )[0]


def _lay_words() -> Strategy:
    strategy = _strategy()
    for order, (code, title, description) in enumerate(OBJECTIVES):
        Objective.objects.get_or_create(
            strategy=strategy, code=code, defaults={"title": title, "description": description, "order": order}
        )
    for order, (code, term, text, source, since) in enumerate(DEFINITIONS):
        given = {"term": term, "text": text, "source": source, "valid_from": since, "order": order}
        Definition.objects.get_or_create(code=code, defaults=given)
    return strategy


def _indicator(strategy: Strategy, shown: Shown, order: int) -> Indicator | None:
    """Return the indicator, made where it is missing; None where the council has one with this code."""
    same = ("title", "definition", "rationale", "kind", "unit", "polarity", "headline", "counts_people")
    given = {name: getattr(shown, name) for name in (*same, "frequency", "source", "measure")} | {
        "objective": strategy.objectives.get(code=shown.objective),
        "parameters": dict(shown.parameters),
        "order": order,
    }
    if shown.values:
        first = shown.values[0][0]
        given |= {"baseline_start": date(first, 4, 1), "baseline_end": date(first + 1, 3, 31)}
    indicator, made = Indicator.objects.get_or_create(code=shown.code, defaults=given)
    if indicator.objective.strategy_id != strategy.pk:
        return None
    if made:
        indicator.full_clean()
        indicator.save()
    if shown.target is not None:
        Target.objects.get_or_create(indicator=indicator, due=date(2028, 3, 31), defaults={"value": shown.target})
    return indicator


def _record_values(indicator: Indicator, shown: Shown) -> None:
    for year, numerator, denominator in shown.values:
        reading = Reading(
            period_start=date(year, 4, 1),
            period_end=date(year + 1, 3, 31),
            value=float(numerator),
            numerator=float(numerator) if denominator else None,
            denominator=float(denominator) if denominator else None,
            source="sample",
            is_sample=True,
        )
        actions.record(indicator=indicator, reading=reading)


@transaction.atomic
def load(step: Callable[[str], None]) -> None:
    """Lay the strategy, its definitions and its indicators; computed ones only where a room offers the measure."""
    strategy = _lay_words()
    step("The strategy and its definitions")
    for order, shown in enumerate((*BY_HAND, *COMPUTED)):
        if not shown.measure or shown.measure in measures:
            indicator = _indicator(strategy, shown, order)
            if indicator:
                _record_values(indicator, shown)
        step(shown.title)


@transaction.atomic
def remove() -> None:
    """Take the strategy away with everything in it, but for an objective that something of the council's serves."""
    indicators = Indicator.objects.filter(objective__strategy__code=CODE)
    Measurement.objects.erase_with(indicators)
    indicators.delete()
    Definition.objects.filter(code__in=[code for code, *_ in DEFINITIONS]).delete()
    try:
        with transaction.atomic():
            Objective.objects.filter(strategy__code=CODE).delete()
            Strategy.objects.filter(code=CODE).delete()
    except ProtectedError:
        return  # A campaign that the council made serves one of them.


chapters.offer("indicators")(Chapter(order=10, steps=1 + len(BY_HAND) + len(COMPUTED), load=load, remove=remove))
