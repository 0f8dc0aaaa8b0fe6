"""What is asked about evaluations."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.formats import date_format

from campaigns.enums import ReviewState
from campaigns.evaluation.lines import Line, Report, digest_of
from campaigns.evaluation.report import report_of
from campaigns.models import Campaign, Evaluation
from campaigns.queries.evidence import corrected_since
from campaigns.registry import Correction


def current(campaign: Campaign) -> Evaluation | None:
    """Return the evaluation of ``campaign`` that is being written or waits, else the last approved one."""
    found = campaign.evaluations.exclude(state=ReviewState.APPROVED).first()
    return found or latest_approved(campaign)


def latest_approved(campaign: Campaign) -> Evaluation | None:
    """Return the last approved evaluation of ``campaign``."""
    return campaign.evaluations.filter(state=ReviewState.APPROVED).order_by("-approved_at", "-pk").first()


def said_by(campaign: Campaign, evaluation: Evaluation | None) -> Report:
    """Return what ``evaluation`` says: as it was sent in, with marks of later corrections; else what is known now."""
    if evaluation and evaluation.frozen:
        return marked(Report.of(evaluation.frozen))
    return report_of(campaign, evaluation)


def marked(report: Report) -> Report:
    """Return what was kept as ``report`` with a mark at every line whose number was corrected since."""
    corrected = corrected_since({name for line in report.lines for name in line.rests_on})
    return replace(report, lines=[_marked(line, corrected) for line in report.lines])


def _marked(line: Line, corrected: Mapping[str, Correction]) -> Line:
    found = [corrected[name] for name in line.rests_on if name in corrected]
    if not found:
        return line
    latest = max(found, key=lambda one: one.on)
    return replace(line, corrected_on=date_format(latest.on), newer_at=latest.url)


def is_intact(evaluation: Evaluation) -> bool:
    """Tell whether an approved ``evaluation`` is still what was approved."""
    return digest_of(evaluation.frozen) == evaluation.digest
