"""A whole plan, for the campaign of the awareness week.

What is known of Kirklees keeps its source. Amounts, and what they are for, are invented and say so; where the indicator
stood is read from the demonstration's own measurements, which are sample data and say so too.
"""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction

from campaigns.enums import Degree, InputKind, InputState
from campaigns.models import Activity, Audience, Campaign, CampaignObjective, Input, Insight, Message, Risk
from campaigns.queries.plan import last_published
from core.demonstration import Chapter, chapters
from core.enums import Channel, Strand, SupportLanguage
from indicators.models import Indicator
from reach.actions import enter_figure
from reach.enums import Confidence, Method, Metric
from reach.models import OfflineFigure

PLANNED = "no-place-for-hate"
INDICATOR, TARGET = "A4", 80
SAMPLE = "Sample data"
ALL = [str(strand.value) for strand in Strand]

EVERYBODY = "Everybody in Kirklees"
BYSTANDERS = "People who see it happen: on buses, in shops, at work"

INSIGHTS = (
    (
        (
            "In 2011/12, 585 hate incidents and crimes were recorded in Kirklees: 82% for race, 12% for disability and "
            "6% for sexual orientation. The figures say nothing of religion or transgender identity, which is no sign "
            "that nothing happened."
        ),
        "Mirfield Reporter, on figures for 2011/12",
        date(2012, 3, 31),
    ),
    (
        "After English, Panjabi was the main language of more people in Kirklees than any other: 9,706 in 2011.",
        "2011 Census, in figures published by Kirklees Council",
        date(2011, 3, 27),
    ),
)
MESSAGES = (
    (
        EVERYBODY,
        "If you are targeted for who you are, you will be believed. You can report without going to the police.",
    ),
    (
        BYSTANDERS,
        "There is nearly always something safe that you can do. Speak to the person, not to whoever is doing it.",
    ),
)
ACTIVITIES = (
    (Channel.WEB, "One page in plain words, with where to turn; in Urdu and Polish as well"),
    (Channel.OUTDOOR, "Posters in bus shelters, each with its own short address and code"),
    (Channel.PRINT, "A leaflet for libraries and town halls"),
    (Channel.PARTNER, "A pack of words and pictures for community groups"),
)
# What for, kind, planned, spent, who, days before the first day.
INPUTS = (
    ("printing 300 posters", InputKind.COST, 420, 396, "Communications budget", 21),
    ("printing 4,000 leaflets", InputKind.COST, 310, 310, "Communications budget", 21),
    ("writing, pictures and approval", InputKind.HOURS, 30, 38, "Communications team", 14),
    ("checking the words in other languages", InputKind.HOURS, 8, 8, "Community Languages team", 10),
)
# How many, of what, in which channel, how it is known and how surely, who says so.
FIGURES = (
    (3_800, Metric.DISTRIBUTED, Channel.PRINT, Method.REPORTED, Confidence.MEDIUM, "libraries and town halls"),
    (60_000, Metric.IMPRESSIONS, Channel.OUTDOOR, Method.ESTIMATED, Confidence.LOW, "the usual number of passengers"),
    (140, Metric.ATTENDANCE, Channel.EVENT, Method.REPORTED, Confidence.MEDIUM, "whoever welcomed people at the door"),
)
RISKS = (
    (
        "Somebody takes the page for a place to report, and waits for an answer",
        (Degree.MEDIUM, Degree.HIGH),
        "The page says that it takes no reports, and names services with the day they were last checked",
        "Communications manager",
    ),
    (
        "An incident makes the campaign's tone wrong for a while",
        (Degree.LOW, Degree.HIGH),
        "Hold what is scheduled, and decide with the partners what goes out",
        "Duty officer",
    ),
    (
        "Posters are torn down or written on",
        (Degree.MEDIUM, Degree.LOW),
        "Thirty spare copies",
        "Community safety team",
    ),
)


@transaction.atomic
def load(done: Callable[[str], None]) -> None:
    """Plan the campaign, unless it has a plan or is not there."""
    campaign = Campaign.objects.filter(code=PLANNED, plan_objectives=None).first()
    if campaign:
        _objectives(campaign)
        _whom_and_what(campaign)
        _how(campaign)
        _reached(campaign)
    done("The plan of a campaign")


def _objectives(campaign: Campaign) -> None:
    due = campaign.ends + timedelta(days=90)
    CampaignObjective.objects.create(
        campaign=campaign,
        what="More people come to the page of services from a poster or leaflet",
        whom="People who were targeted, and who saw it",
        serves=campaign.objective,
        how_much=f"{SAMPLE}: 150 arrivals in the week and the month after it",
        due=campaign.ends + timedelta(days=31),
    )
    indicator = Indicator.objects.filter(code=INDICATOR).first()
    known = last_published(indicator, campaign.starts) if indicator else None
    if indicator and known:
        CampaignObjective.objects.create(
            campaign=campaign,
            what="More victims say that they were treated well",
            whom="Victims of hate crime in Kirklees",
            serves=campaign.objective,
            indicator=indicator,
            baseline=known.value,
            baseline_on=known.period_end,
            baseline_source=known.source,
            target=TARGET,
            how_much=SAMPLE,
            due=due,
        )


def _whom_and_what(campaign: Campaign) -> None:
    everybody = Audience.objects.create(
        campaign=campaign,
        name=EVERYBODY,
        strands=ALL,
        languages=[SupportLanguage.ENGLISH, SupportLanguage.POLISH, SupportLanguage.URDU],
    )
    bystanders = Audience.objects.create(
        campaign=campaign,
        name=BYSTANDERS,
        strands=ALL,
        youngest=16,
        is_targeted=True,
        reason="The strategy wants communities to take part, and whoever stands by is there when it happens.",
    )
    audiences = {audience.name: audience for audience in (everybody, bystanders)}
    for finding, source, found_on in INSIGHTS:
        Insight.objects.create(campaign=campaign, finding=finding, source=source, found_on=found_on)
    for name, words in MESSAGES:
        Message.objects.create(campaign=campaign, audience=audiences[name], words=words)


def _how(campaign: Campaign) -> None:
    for channel, what in ACTIVITIES:
        Activity.objects.create(campaign=campaign, channel=channel, what=what)
    for what, kind, planned, spent, who, days in INPUTS:
        for state, amount in ((InputState.PLANNED, planned), (InputState.SPENT, spent)):
            Input.objects.create(
                campaign=campaign,
                what=f"{SAMPLE}: {what}",
                kind=kind,
                amount=amount,
                state=state,
                who=who,
                day=campaign.starts - timedelta(days=days),
                is_sample=True,
            )
    for what, (likelihood, impact), response, owner in RISKS:
        Risk.objects.create(
            campaign=campaign, what=what, likelihood=likelihood, impact=impact, response=response, owner=owner
        )


def _reached(campaign: Campaign) -> None:
    for quantity, metric, channel, method, confidence, source in FIGURES:
        figure = OfflineFigure(
            campaign_code=campaign.code,
            channel=channel,
            metric=metric,
            method=method,
            quantity=quantity,
            starts=campaign.starts,
            ends=campaign.ends,
            source=f"{SAMPLE}: {source}",
            confidence=confidence,
            is_sample=True,
        )
        enter_figure(figure=figure, by=None)


def remove() -> None:
    """Take the invented figures away; the plan goes with its campaign."""
    OfflineFigure.objects.filter(campaign_code=PLANNED).erase_samples()


chapters.offer("campaigns-plan")(Chapter(order=63, steps=1, load=load, remove=remove))
