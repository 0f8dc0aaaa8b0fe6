"""What changed since an earlier wave, and whether the two may be compared at all.

The words come from `indicators.direction`, so that a survey's page and the strategy's dashboard never differ. Waves are
independent samples: somebody may have answered both, but nobody can know, and that is said in the method note.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from analysis.categories import Floats
from indicators import direction
from indicators.direction import Verdict
from indicators.publish import SMALLEST_BASE
from indicators.registry import Kind, Reading
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
    for one in comparing.compare(_as_answered(before), _as_answered(now)).breaks:
        found.setdefault(one.about, f"{one.what} {one.why}")
    if before.kind_of_sample != now.kind_of_sample:
        found.setdefault(WHOLE, "One of the two counts a random sample alone, and the other everybody who answered.")
    if before.margins != now.margins:
        was, by = (", ".join(one.margins) or "nothing" for one in (before, now))
        found.setdefault(WHOLE, f"Wave {before.wave} was weighted by {was}, and this one by {by}.")
    return found


def _as_answered(wave: Compared) -> comparing.Asked:
    """Return what a wave asked, by the modes that somebody answered by: one that nobody used moves no answer."""
    return replace(wave.asked, modes=frozenset(wave.modes))


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
        if found.verdict == Verdict.OTHER_PEOPLE:
            found = _within(before, now, key, (one, option)) or found
        change = found.change
        yield {
            "code": _name(option),
            "change": change.value / POINTS if change else option["share"] - one["share"],
            "se": change.se / POINTS if change and change.se is not None else None,
            "lower": change.lower / POINTS if change else None,
            "upper": change.upper / POINTS if change else None,
            "verdict": str(found.verdict),
        }


def _within(before: Compared, now: Compared, key: str, shares: tuple[Figure, Figure]) -> direction.Direction | None:
    """Return the change within the ways in that both waves share, where it holds there; None where it does not.

    Both waves are made of the shared ways in alike: each counts as it did in the two on average. The change holds if
    that reads the same as the change of everybody. A way in counts with 30 answers or more in each wave.
    """
    everybody = [
        replace(_value(wave, key, share), collector_shares={}, mode_shares={})
        for wave, share in zip((before, now), shares, strict=True)
    ]
    ways = [_of_ways(wave, key, _name(share)) for wave, share in zip((before, now), shares, strict=True)]
    shared = sorted({*ways[0]} & {*ways[1]})
    if not shared:
        return None
    counted = [np.array([one[way][0] for way in shared], dtype=float) for one in ways]
    mix = sum(bases / bases.sum() for bases in counted) / len(counted)
    alike = [_mixed(value, one, shared, mix) for value, one in zip(everybody, ways, strict=True)]
    of_all, within = (
        direction.compare(earlier, later, Kind.SURVEY, in_points=True) for earlier, later in (everybody, alike)
    )
    return within if within.verdict == of_all.verdict and within.verdict in direction.UP | direction.DOWN else None


def _of_ways(wave: Compared, key: str, name: str) -> dict[str, tuple[int, Figure]]:
    """Return the base and the share of an answer by way in, of those that enough people came by."""
    ways = [way for way in wave.items[key].get("ways", ()) if way["base"] >= SMALLEST_BASE]
    shares = [(way, one) for way in ways for one in (*way["options"], way["top"]) if one and _name(one) == name]
    return {way["code"]: (way["base"], one) for way, one in shares if one["share"] is not None}


def _mixed(value: Reading, of_way: Mapping[str, tuple[int, Figure]], shared: Sequence[str], mix: Floats) -> Reading:
    """Return ``value`` as it would be if people had come by the ``shared`` ways in as ``mix`` says."""
    shares = np.array([of_way[way][1]["share"] for way in shared])
    reach = np.array([(of_way[way][1]["upper"] - of_way[way][1]["lower"]) / 2 for way in shared])
    middle, half = POINTS * float(mix @ shares), POINTS * float(np.sqrt(np.square(mix) @ np.square(reach)))
    n = sum(of_way[way][0] for way in shared)
    return replace(value, value=middle, se=None, lower=middle - half, upper=middle + half, n=n)


def _name(option: Figure) -> str:
    return str(option.get("code") or "+".join(option.get("codes", ())))


def _value(wave: Compared, key: str, option: Figure) -> Reading:
    """Return one share as `indicators.direction` wants it, in points."""
    item = wave.items[key]
    return Reading(
        period_start=wave.opens,
        period_end=wave.closes,
        value=POINTS * option["share"],
        lower=_points(option["lower"]),
        upper=_points(option["upper"]),
        se=_points(option["se"]),
        n=item["base"],
        source="",  # nothing of it leaves but the words
        wording_id=item["wording"],
        population=wave.asked.population,
        sample_type=wave.kind_of_sample,
        mode_shares=wave.modes,
        collector_shares=wave.ways,
    )


def _points(share: float | None) -> float | None:
    return None if share is None else POINTS * share
