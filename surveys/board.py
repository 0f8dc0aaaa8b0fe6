"""What staff see of a wave's fieldwork while it runs: how many answers came when and by which way in, and from whom.

Nothing here tells how anybody answered. Who they are, by the questions that results are weighted by, is told of
shuffled answers alone, and in counts that give nobody away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum
from django.db.models.fields.json import KT

from analysis.disclosure import rounded, withheld, withheld_in_table
from surveys.enums import CollectorKind, WaveState
from surveys.models import Collector, Margin, Response, Tally, Wave
from surveys.queries import asked_by, code_counts, newest_margins
from surveys.runner import Item

MAIN = "main"
NOT_ANSWERED = "Not answered"


@dataclass(frozen=True)
class Day:
    """One day of fieldwork: how many answers came by each way in, and together; None where withheld."""

    day: date
    counts: list[int | None]
    total: int | None


@dataclass(frozen=True)
class Fieldwork:
    """The days on which answers came, the newest first, and what each way in has brought; None where withheld."""

    ways: list[Collector]
    days: list[Day]
    sums: list[int | None]
    total: int

    @property
    def most(self) -> int:
        """How many came on the best day of those that are shown."""
        return max((day.total for day in self.days if day.total is not None), default=0)


def fieldwork(wave: Wave) -> Fieldwork:
    """Return when and by which way in the answers to ``wave`` came, by the tally, which stands apart from them.

    Whoever saw one person answer, or typed in their paper, would know a count of one for theirs: fewer than ten are
    withheld, with what would give them away. How many answers there are altogether is told exactly.
    """
    ways = list(wave.collectors.all())
    tallies = Tally.objects.filter(collector__wave=wave).values("day", "collector").annotate(sum=Sum("count"))
    count_of = {(row["day"], row["collector"]): row["sum"] for row in tallies}
    days = sorted({day for day, _ in count_of}, reverse=True)
    if not days:
        return Fieldwork(ways, days=[], sums=[None] * len(ways), total=0)
    table = [[count_of.get((day, way.pk), 0) for way in ways] for day in days]
    hidden = withheld_in_table(table)
    sums = [sum(column) for column in zip(*table, strict=True)]
    return Fieldwork(
        ways=ways,
        days=[
            Day(day, _shown(counts, hides), *_shown([sum(counts)], hides[-1:]))
            for day, counts, hides in zip(days, table, hidden, strict=False)
        ],
        sums=_shown(sums, hidden[-1]),
        total=sum(sums),
    )


def _shown(counts: Sequence[int], hidden: Sequence[bool]) -> list[int | None]:
    """Return ``counts`` with None in the place of those that are ``hidden``; the latter may go on."""
    return [None if hides else count for count, hides in zip(counts, hidden, strict=False)]


@dataclass(frozen=True)
class ResponseRate:
    """How many of those who were asked by letter have begun: ``used`` of the letters that did not come back."""

    way: Collector
    used: int
    reached: int

    @property
    def percentage(self) -> int | None:
        """The rate as a whole percentage; None while no letter is out."""
        return round(100 * self.used / self.reached) if self.reached else None


def response_rates(wave: Wave) -> list[ResponseRate]:
    """Return the response rate of each way in by single-use codes: used codes of those issued and not undelivered."""
    ways = wave.collectors.filter(kind=CollectorKind.CODES)
    counted = [(way, code_counts(way)) for way in ways]
    return [ResponseRate(way, counts.used, counts.issued - counts.undelivered) for way, counts in counted]


@dataclass(frozen=True)
class Cell:
    """How many gave one answer, to the nearest five, and their share beside the population's; None where withheld."""

    label: str
    count: int | None
    share: int | None
    population_share: int | None


@dataclass(frozen=True)
class Composition:
    """Who has answered, by one question that results are weighted by, and where the population's numbers are from."""

    question: str
    base: int
    cells: list[Cell]
    source: str
    is_sample: bool


def composition(wave: Wave) -> list[Composition]:
    """Return who has answered ``wave``, by each question of its main part with a reason and options.

    Of shuffled answers alone: a count can then grow by a whole batch, and never by one person. Nothing once the wave
    has closed: closing brings in the last answers, however few, and whoever knew the counts before could read them off.
    """
    if wave.state == WaveState.CLOSED:
        return []
    asked = asked_by(wave)
    weighed_by = [item for page in asked.pages if page.part == MAIN for item in page.items if item.body.get("reason")]
    return [_composed(wave, item) for item in weighed_by if item.labels]


def _composed(wave: Wave, item: Item) -> Composition:
    found = Response.objects.filter(wave=wave, rewritten=True).order_by()
    counted = dict(found.values_list(KT(f"answers__{item.key}")).annotate(people=Count("pk")))
    labels = {code: label for code, label in item.labels.items() if code not in item.ends_on}
    counts = [counted.get(code, 0) for code in labels]
    left_out = sum(counted.values()) - sum(counts)
    hidden = withheld([*counts, left_out])
    margins = _margins(wave, item)
    shares = _shares(dict(zip(labels, counts, strict=True)), margins)
    population = _shares({code: margin.total for code, margin in margins.items()}, margins) if margins else {}
    rows = zip((*labels, ""), (*labels.values(), NOT_ANSWERED), (*counts, left_out), hidden, strict=True)
    return Composition(
        question=item.body["text"],
        base=rounded(sum(counts) + left_out),
        cells=[
            Cell(
                label,
                None if is_hidden else rounded(count),
                None if is_hidden else shares.get(code),
                population.get(code),
            )
            for code, label, count, is_hidden in rows
        ],
        source=_source(margins),
        is_sample=any(margin.is_sample for margin in margins.values()),
    )


def _shares(counts: Mapping[str, int], margins: Mapping[str, Margin]) -> dict[str, int]:
    """Return each count as a whole percentage of those whose answer the population's numbers know, if there are any."""
    compared = {code: count for code, count in counts.items() if not margins or code in margins}
    # Of rounded counts, so that a percentage says no more than the counts beside it.
    base = rounded(sum(compared.values()))
    return {code: round(100 * rounded(count) / base) for code, count in compared.items()} if base else {}


def _margins(wave: Wave, item: Item) -> dict[str, Margin]:
    """Return the newest numbers of the wave's population by the options of ``item``."""
    code = item.body["question"]
    newest = newest_margins(wave.population, [code]).get(code, ())
    return {margin.option: margin for margin in newest if margin.option in item.labels}


def _source(margins: Mapping[str, Margin]) -> str:
    return "; ".join(sorted({f"{margin.source}, {margin.year}" for margin in margins.values()}))
