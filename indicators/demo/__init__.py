"""The demonstration strategy: Kirklees' published words; every number is invented and marked as sample data."""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.db.models import ProtectedError

from core.demonstration import Chapter, chapters
from indicators import actions
from indicators.demo.words import BY_HAND, COMPUTED, DEFINITIONS, OBJECTIVES, PRINCIPLES, SUMMARY, Shown
from indicators.enums import Status
from indicators.models import Definition, Indicator, Measurement, Objective, Strategy, Target
from indicators.registry import Reading, measures

CODE = "demo-kirklees-2017"


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
