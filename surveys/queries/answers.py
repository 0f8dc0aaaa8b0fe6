"""Answers that may be read, and the counts and marks of those that came."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Min

from indicators.models import Measurement
from surveys.enums import Mark
from surveys.models import Instrument, MarkDecision, Response, Wave


def count_of_answers(wave: Wave) -> int:
    """Return how many people have answered: the one number that staff see while a wave is open."""
    return wave.responses.count()


@dataclass(frozen=True)
class Marked:
    """How many responses of a wave have one mark, and what was decided about them, if anything."""

    mark: Mark
    count: int
    decision: MarkDecision | None


def marked(wave: Wave) -> list[Marked]:
    """Return the marks that responses of ``wave`` have, with how many and what was decided."""
    found = Counter(mark for marks in wave.responses.values_list("marks", flat=True) for mark in marks)
    decisions = {decision.mark: decision for decision in wave.mark_decisions.all()}
    return [Marked(mark, found[mark], decisions.get(mark)) for mark in Mark if mark in found]


def results_approved_on(wave: Wave) -> date | None:
    """Return the day on which results of ``wave`` were approved first, withdrawn since or not; None before."""
    return wave.result_sets.aggregate(first=Min("approved_on"))["first"]


def were_figures_read(wave: Wave) -> bool:
    """Tell whether an indicator has a figure from the answers to ``wave``, which is closed."""
    read = Measurement.objects.filter(indicator__measure__startswith="surveys.", period_end=wave.closes)
    return read.filter(indicator__parameters__survey=wave.survey.code).exists()


def instruments_answered(wave: Wave) -> dict[int, Instrument]:
    """Return what the readable responses of ``wave`` answer, by key, in the order in which it came about."""
    answered = Response.objects.readable().filter(wave=wave).values("instrument")
    return {found.pk: found for found in Instrument.objects.filter(pk__in=answered).order_by("pk")}
