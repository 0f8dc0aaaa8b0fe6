"""What the figures of a wave are made of, gathered from the database."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from surveys.dataset import Dataset, dataset_of
from surveys.enums import CollectorKind
from surveys.models import Breakdown, Recall, ResultSet, Tally, Wave
from surveys.queries import asked_in, closed_waves, code_counts, marked, newest_margins
from surveys.results.change import Compared
from surveys.results.choices import CannotComputeError, Choices
from surveys.results.computing import Material, part_of
from surveys.results.contrasts import Recalled
from surveys.results.quality import Fieldwork
from surveys.results.weighting import Population, Weighing, weigh

RECORDED = ("question", "year", "source", "is_sample", "people")


def gather(results: ResultSet) -> Material:
    """Return the material of ``results``.

    Computed again, they are weighted to the numbers that the record keeps and compared with the earlier results that it
    names, whatever has become of the population's numbers and of those waves since.

    Raises:
        CannotComputeError: a margin has no numbers.
        ValidationError: the wave cannot be read.
    """
    wave, choices = results.wave, Choices.from_json(results.choices)
    return Material(
        data=dataset_of(wave),
        opens=wave.opens,
        closes=wave.closes,
        asked=asked_in(wave),
        populations=_populations(results, choices.margins),
        breakdowns=_breakdowns(results),
        recalled=_recalled(results),
        earlier=[compared(one) for one in _earlier(results)],
        fieldwork=_fieldwork(wave),
    )


def weighed(results: ResultSet) -> tuple[Dataset, Weighing]:
    """Return the answers that ``results``, which were computed, are made of, weighted as they were.

    Raises:
        CannotComputeError: it can no longer be done.
        ValidationError: the wave cannot be read.
    """
    choices = Choices.from_json(results.choices)
    data = part_of(dataset_of(results.wave), choices)
    return data, weigh(data, choices, _populations(results, choices.margins))


def _populations(results: ResultSet, codes: Sequence[str]) -> list[Population]:
    if "margins" in results.record:
        return [Population(**{name: one[name] for name in RECORDED}) for one in results.record["margins"]]
    wave = results.wave
    known = newest_margins(wave.population, codes)
    without = [code for code in codes if code not in known]
    if without:
        raise CannotComputeError(
            f"There are no numbers for {', '.join(without)} of “{wave.population}”. Add them under Surveys, "
            "Population, with the population in the same words as in the wave, or leave the margin out."
        )
    return [
        Population(
            question=code,
            year=known[code][0].year,
            source="; ".join(sorted({margin.source for margin in known[code]})),
            is_sample=any(margin.is_sample for margin in known[code]),
            people={margin.option: margin.total for margin in known[code]},
        )
        for code in codes
    ]


def _breakdowns(results: ResultSet) -> list[str]:
    if "breakdowns" in results.record:
        return list(results.record["breakdowns"])
    declared = Breakdown.objects.filter(survey=results.wave.survey_id)
    return list(declared.values_list("question__code", flat=True))


def _recalled(results: ResultSet) -> list[Recalled]:
    """Return what the survey asks to know who came across a campaign; of results with a record, what they asked."""
    if results.record:
        return [Recalled(one["question"], tuple(one["answers"])) for one in results.record.get("recalled", ())]
    marked = Recall.objects.filter(survey=results.wave.survey_id).order_by("question__code")
    return [
        Recalled(code, tuple(answers)) for code, answers in dict(marked.values_list("question__code", "codes")).items()
    ]


def _earlier(results: ResultSet) -> list[ResultSet]:
    """Return the results of the waves before: of each the published ones, or where none are, the newest."""
    before = [one for one in closed_waves(results.wave.survey.code) if one.number < results.wave.number]
    readable = ResultSet.objects.readable().filter(wave__in=before).exclude(figures={}).select_related("wave__survey")
    readable = readable.order_by("wave__opens", "wave__number", "number")
    if "compared_with" in results.record:
        named = {(one["wave"], one["results"]) for one in results.record["compared_with"]}
        return [one for one in readable if (one.wave.number, one.number) in named]
    published = set(ResultSet.objects.approved().filter(wave__in=before).values_list("pk", flat=True))
    of_wave: dict[int, ResultSet] = {}
    for one in readable:
        if one.wave_id not in of_wave or of_wave[one.wave_id].pk not in published:
            of_wave[one.wave_id] = one
    return list(of_wave.values())


def compared(results: ResultSet) -> Compared:
    """Return computed ``results`` with all that decides whether other waves may be compared with them."""
    record, wave = results.record, results.wave
    return Compared(
        wave=wave.number,
        results=results.number,
        opens=wave.opens,
        closes=wave.closes,
        asked=asked_in(wave),
        kind_of_sample=record["kind_of_sample"],
        margins=tuple(results.choices.get("margins", ())),
        ways=_shares(record["quality"]["by_collector"]),
        modes=_shares(record["quality"]["by_mode"]),
        items={item["key"]: item for item in results.figures["items"]},
    )


def _shares(counted: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    return {row["code"]: row["share"] for row in counted if row["count"]}


def _fieldwork(wave: Wave) -> Fieldwork:
    by_code = wave.collectors.filter(kind=CollectorKind.CODES).order_by("code")
    counted = [(way, code_counts(way)) for way in by_code]
    rates = [
        {"code": way.code, "title": way.title, "reached": counts.issued - counts.undelivered, "used": counts.used}
        for way, counts in counted
    ]
    marks = [
        {
            "mark": str(one.mark),
            "label": str(one.mark.label),
            "count": one.count,
            "excluded": bool(one.decision and one.decision.excludes),
            "reason": one.decision.reason if one.decision else "",
        }
        for one in marked(wave)
    ]
    return Fieldwork(rates=rates, weeks=_weeks(wave), marks=marks)


def _weeks(wave: Wave) -> list[dict[str, Any]]:
    """Return how many answers came in each week by each way in, from the Monday of the week, by the tally."""
    found: Counter[tuple[str, str]] = Counter()
    for day, way, count in Tally.objects.filter(collector__wave=wave).values_list("day", "collector__code", "count"):
        found[(day - timedelta(days=day.weekday())).isoformat(), way] += count
    weeks = sorted({week for week, _ in found})
    return [
        {"week": week, "by_collector": {way: count for (one, way), count in sorted(found.items()) if one == week}}
        for week in weeks
    ]
