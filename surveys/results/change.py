"""What changed since an earlier wave, and whether the two may be compared at all.

The words come from `indicators.direction`, so that a survey's page and the strategy's dashboard never differ. Waves are
independent samples: somebody may have answered both, but nobody can know, and that is said in the method note.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from indicators import direction
from indicators.registry import Kind
from surveys import comparing
from surveys.results.figures import Figure

LAST, BASELINE = "last", "baseline"
WHOLE = ""  # the key of what is so of every question
POINTS = 100


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A wave with its figures, and all that decides whether another may be compared with it.

    ``ways`` and ``modes`` are the shares of answers by way in and by mode.
    """

    wave: int
    results: int
    opens: date
    closes: date
    asked: comparing.Asked
    kind_of_sample: str
    margins: tuple[str, ...]
    ways: Mapping[str, float]
    modes: Mapping[str, float]
    items: Mapping[str, Figure]


@dataclass
class _Value:
    """One share as `indicators.direction` wants it, in points."""

    period_start: date
    period_end: date
    value: float
    lower: float | None
    upper: float | None
    se: float | None
    n: int | None
    marker: str
    wording_id: str
    population: str
    sample_type: str
    mode_shares: Mapping[str, float]
    collector_shares: Mapping[str, float]


class Trend:
    """What a wave is compared with: the waves before it, the oldest first."""

    def __init__(self, now: Compared, earlier: Sequence[Compared]) -> None:
        """Find out once for each of the waves what breaks the comparison."""
        self.now = now
        self.earlier = [(one, _breaks(one, now)) for one in earlier]

    def changes(self, key: str) -> list[Figure]:
        """Return the change of one question since the last wave and since the first that it may be compared with.

        Where none may be compared, the last that asked the question is named with the reason and marked as a break.
        """
        asked = [(one, breaks.get(WHOLE) or breaks.get(key, "")) for one, breaks in self.earlier if key in one.items]
        if not asked:
            return []
        comparable = [one for one, why in asked if not why]
        if not comparable:
            one, why = asked[-1]
            return [{**_named(one, LAST), "comparable": False, "marker": "b", "why": why, "options": [], "top": None}]
        found = [_entry(comparable[-1], self.now, key, LAST)]
        if len(comparable) > 1:
            found.append(_entry(comparable[0], self.now, key, BASELINE))
        return found


def _breaks(before: Compared, now: Compared) -> dict[str, str]:
    """Return why two waves' answers are a break in the series, by the question's key; under "" what breaks all."""
    found: dict[str, str] = {}
    for one in comparing.compare(before.asked, now.asked).breaks:
        found.setdefault(one.about, f"{one.what} {one.why}")
    if before.kind_of_sample != now.kind_of_sample:
        found.setdefault(WHOLE, "One of the two counts a random sample alone, and the other everybody who answered.")
    if before.margins != now.margins:
        was, by = (", ".join(one.margins) or "nothing" for one in (before, now))
        found.setdefault(WHOLE, f"Wave {before.wave} was weighted by {was}, and this one by {by}.")
    return found


def _named(before: Compared, kind: str) -> Figure:
    return {"since": before.wave, "results": before.results, "kind": kind}


def _entry(before: Compared, now: Compared, key: str, kind: str) -> Figure:
    was, item = before.items[key], now.items[key]
    top = list(_moved(before, now, key, [was["top"]], [item["top"]])) if was["top"] and item["top"] else []
    return {
        **_named(before, kind),
        "comparable": True,
        "marker": "",
        "why": "",
        "options": list(_moved(before, now, key, was["options"], item["options"])),
        "top": top[0] if top else None,
    }


def _moved(
    before: Compared, now: Compared, key: str, was: Sequence[Figure], item: Sequence[Figure]
) -> Iterator[dict[str, Any]]:
    earlier = {_name(one): one for one in was}
    for option in item:
        one = earlier.get(_name(option))
        if one is None or one["share"] is None or option["share"] is None:
            continue
        found = direction.compare(_value(before, key, one), _value(now, key, option), Kind.SURVEY, in_points=True)
        change = found.change
        yield {
            "code": _name(option),
            "change": option["share"] - one["share"],
            "se": change.se / POINTS if change and change.se is not None else None,
            "lower": change.lower / POINTS if change else None,
            "upper": change.upper / POINTS if change else None,
            "verdict": str(found.verdict),
        }


def _name(option: Figure) -> str:
    return str(option.get("code") or "+".join(option.get("codes", ())))


def _value(wave: Compared, key: str, option: Figure) -> _Value:
    item = wave.items[key]
    return _Value(
        period_start=wave.opens,
        period_end=wave.closes,
        value=POINTS * option["share"],
        lower=_points(option["lower"]),
        upper=_points(option["upper"]),
        se=_points(option["se"]),
        n=item["base"],
        marker="",
        wording_id=item["wording"],
        population=wave.asked.population,
        sample_type=wave.kind_of_sample,
        mode_shares=wave.modes,
        collector_shares=wave.ways,
    )


def _points(share: float | None) -> float | None:
    return None if share is None else POINTS * share
