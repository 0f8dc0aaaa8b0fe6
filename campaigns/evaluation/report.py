"""Gathering all that is known of a campaign."""

from datetime import date

from django.utils import timezone
from django.utils.formats import date_format

from campaigns.evaluation.change import evidence_lines, indicator_lines
from campaigns.evaluation.inputs import input_lines
from campaigns.evaluation.lines import Line, Report
from campaigns.evaluation.outputs import output_lines
from campaigns.models import Campaign, CampaignObjective, Evaluation
from indicators.words import day


def report_of(campaign: Campaign, evaluation: Evaluation | None = None) -> Report:
    """Return all that is known of ``campaign`` now, with the lessons of ``evaluation``.

    Whom it reached is counted to the day it was closed, or to today while it is open.
    """
    until = campaign.closed_on or timezone.localdate()
    lessons = evaluation.lessons.all() if evaluation else ()
    return Report(
        title=campaign.title,
        code=campaign.code,
        dates=campaign.dates,
        aim=campaign.aim,
        serves=str(campaign.objective),
        counted_to=date_format(until),
        made_on=date_format(timezone.localdate()),
        objectives=[_objective(row) for row in campaign.plan_objectives.select_related("indicator")],
        lines=_lines(campaign, until),
        lessons=[(str(lesson.kind), lesson.text) for lesson in lessons],
    )


def _lines(campaign: Campaign, until: date) -> list[Line]:
    evidence = list(evidence_lines(campaign))
    return [*input_lines(campaign), *output_lines(campaign, until), *evidence, *indicator_lines(campaign)]


def _objective(row: CampaignObjective) -> str:
    said = {
        "For whom": row.whom,
        "By how much": row.how_much,
        "Shown by": str(row.indicator or ""),
        "By when": day(row.due),
    }
    return ". ".join([row.what.rstrip("."), *(f"{asked}: {answer}" for asked, answer in said.items() if answer)])
