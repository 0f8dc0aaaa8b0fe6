"""The words of the demonstration strategy, which are Kirklees' published ones, and its indicators."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from indicators.enums import Frequency, KindChoice, Polarity

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
