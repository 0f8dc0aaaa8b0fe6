"""Which way a number moved, in words, and only where its doubt allows the words.

Pure functions on anything with the columns of a measurement. The rules, in this order:

1. Without an interval there is no direction. Provisional values and counts of periods of another length are not
   compared.
2. Another wording, population, kind of sample or set of ways to answer, or (in a random sample) one way's share
   moved by more than 15 points: a break in the series.
3. An open survey where a collector's or a way's share moved by more than 15 points reached other people.
4. A base under 100, or an interval of the change wider than 10 points either way: too few answers to say.
5. An interval of the change that holds zero: no clear change. Otherwise higher or lower; in an open survey only
   "indicative".
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext, gettext_noop

from analysis.change import Change, between, from_limits
from indicators.registry import Kind, Reading

if TYPE_CHECKING:
    from indicators.models import Measurement

SMALLEST_BASE = 100
WIDEST_POINTS = 10.0
LARGEST_SHIFT = 0.15
ROUNDING = 1e-9


# What is compared: a number as a measure reads it, or as it is kept.
Measured: TypeAlias = "Reading | Measurement"


class Verdict(StrEnum):
    """The words for a change; the values are English, for machines as for people."""

    HIGHER = gettext_noop("higher")
    LOWER = gettext_noop("lower")
    NO_CLEAR_CHANGE = gettext_noop("no clear change")
    NO_CLEAR_DIFFERENCE = gettext_noop("no clear difference")
    TOO_FEW = gettext_noop("too few answers to say")
    INDICATIVE_HIGHER = gettext_noop("indicative: higher")
    INDICATIVE_LOWER = gettext_noop("indicative: lower")
    OTHER_PEOPLE = gettext_noop("not comparable: different people answered")
    BREAK = gettext_noop("not comparable: break in the series")
    OTHER_LENGTH = gettext_noop("not comparable: the periods differ in length")
    PROVISIONAL = gettext_noop("not compared while provisional")
    FIRST = gettext_noop("first value")
    NONE = gettext_noop("not compared: no interval")

    @property
    def label(self) -> str:
        """The words in the language that is spoken now."""
        return gettext(self.value)


UP = frozenset({Verdict.HIGHER, Verdict.INDICATIVE_HIGHER})
DOWN = frozenset({Verdict.LOWER, Verdict.INDICATIVE_LOWER})


@dataclass(frozen=True, kw_only=True)
class Direction:
    """The words, the change behind them (None where none was reckoned) and the day of the value compared with."""

    verdict: Verdict
    change: Change | None = None
    since: date | None = None


def _largest_shift(earlier: Mapping[str, float], later: Mapping[str, float]) -> float:
    return max((abs(later.get(key, 0) - earlier.get(key, 0)) for key in {*earlier, *later}), default=0)


def _moved(earlier: Mapping[str, float], later: Mapping[str, float]) -> bool:
    return _largest_shift(earlier, later) > LARGEST_SHIFT + ROUNDING


def _ways(shares: Mapping[str, float]) -> set[str]:
    return {way for way, share in shares.items() if share > 0}


def is_break(earlier: Measured, later: Measured) -> bool:
    """Tell whether no line may join the two: another wording, population, sample or way of answering."""
    if (earlier.wording_id, earlier.population, earlier.sample_type) != (
        later.wording_id,
        later.population,
        later.sample_type,
    ):
        return True
    if _ways(earlier.mode_shares) != _ways(later.mode_shares):
        return True
    return later.sample_type != "open" and _moved(earlier.mode_shares, later.mode_shares)


def reached_others(earlier: Measured, later: Measured) -> bool:
    """Tell whether an open survey reached other kinds of people: a way in moved by more than 15 points."""
    return later.sample_type == "open" and (
        _moved(earlier.mode_shares, later.mode_shares) or _moved(earlier.collector_shares, later.collector_shares)
    )


def _differ_in_length(earlier: Measured, later: Measured) -> bool:
    days = [(value.period_end - value.period_start).days + 1 for value in (earlier, later)]
    return max(days) > 1.15 * min(days)


def _change(earlier: Measured, later: Measured) -> Change | None:
    if earlier.lower is None or earlier.upper is None or later.lower is None or later.upper is None:
        return None
    if earlier.se and later.se:
        return between(earlier.value, earlier.se, later.value, later.se)
    return from_limits((earlier.value, earlier.lower, earlier.upper), (later.value, later.lower, later.upper))


def in_words(change: Change, smallest: float, *, in_points: bool, is_open: bool) -> Verdict:
    """Return the words for a change, or a difference, of which the smaller base is ``smallest``."""
    if smallest < SMALLEST_BASE or (in_points and change.half_width > WIDEST_POINTS + ROUNDING):
        return Verdict.TOO_FEW
    if not change.is_clear:
        return Verdict.NO_CLEAR_CHANGE
    if is_open:
        return Verdict.INDICATIVE_HIGHER if change.value > 0 else Verdict.INDICATIVE_LOWER
    return Verdict.HIGHER if change.value > 0 else Verdict.LOWER


def _smallest(earlier: Measured, later: Measured, kind: Kind) -> float:
    """Return the smaller base of the two; a count or a rate has none that could be too small."""
    return min(earlier.n or 0, later.n or 0) if kind in {Kind.SURVEY, Kind.PROPORTION} else math.inf


def _refused(earlier: Measured, later: Measured, kind: Kind) -> Verdict | None:
    """The reason that the two may not be compared; None where they may."""
    if "p" in {earlier.marker, later.marker}:
        return Verdict.PROVISIONAL
    if kind == Kind.COUNT and _differ_in_length(earlier, later):
        return Verdict.OTHER_LENGTH
    # Nothing is told of a number that was withdrawn, not even beside another.
    if later.marker == "b" or "c" in {earlier.marker, later.marker} or is_break(earlier, later):
        return Verdict.BREAK
    return Verdict.OTHER_PEOPLE if reached_others(earlier, later) else None


def compare(earlier: Measured, later: Measured, kind: Kind, *, in_points: bool) -> Direction:
    """Return the direction from ``earlier`` to ``later``; ``in_points`` says that values are percentages."""
    change = None if kind == Kind.PLAIN else _change(earlier, later)
    if change is None:
        return Direction(verdict=Verdict.NONE)
    refused = _refused(earlier, later, kind)
    if refused:
        return Direction(verdict=refused, since=earlier.period_end)
    smallest, is_open = _smallest(earlier, later, kind), later.sample_type == "open"
    verdict = in_words(change, smallest, in_points=in_points, is_open=is_open)
    return Direction(verdict=verdict, change=change, since=earlier.period_end)


def since_last(series: Sequence[Measured], kind: Kind, *, in_points: bool) -> Direction:
    """Return the direction of the last of ``series`` (oldest first) since the last value it may be compared with.

    Values behind a break are passed over; where all are, the verdict is the break.
    """
    if kind == Kind.PLAIN:
        return Direction(verdict=Verdict.NONE)
    if len(series) < 2:
        return Direction(verdict=Verdict.FIRST)
    *earlier, last = series
    found = [compare(value, last, kind, in_points=in_points) for value in reversed(earlier)]
    passed_over = {Verdict.BREAK, Verdict.OTHER_LENGTH, Verdict.NONE}
    return next((direction for direction in found if direction.verdict not in passed_over), found[0])


def since_baseline(
    series: Sequence[Measured], period: tuple[date | None, date | None], kind: Kind, *, in_points: bool
) -> Direction | None:
    """Return the direction of the last of ``series`` since the value of the baseline ``period``; None without one."""
    baseline = next((value for value in series if (value.period_start, value.period_end) == period), None)
    if baseline is None or baseline is series[-1]:
        return None
    return compare(baseline, series[-1], kind, in_points=in_points)
