"""Where higher rooms say what they can measure. The strategy knows no room; rooms offer to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from core.registry import Registry


class Kind(StrEnum):
    """What sort of number a measure gives, which decides its interval."""

    SURVEY = "survey"  # the interval comes with the reading, from analysis
    PROPORTION = "proportion"  # numerator and denominator: Wilson
    COUNT = "count"  # Byar, exact Poisson under 10
    RATE = "rate"  # count per denominator: Byar, exact under 10
    PLAIN = "plain"  # no interval, and so never a direction


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One number for one period, unrounded; rounding and withholding happen where a number is shown.

    ``value``, ``lower`` and ``upper`` are in the measure's unit (percentages run from 0 to 100); ``se`` is the
    standard error in the same unit, needed for the change between two surveys. ``n`` is the unweighted base.
    ``wording_id``, ``population``, ``mode_shares`` and ``collector_shares`` (shares of the answers, adding up
    to 1) decide whether two readings may be joined by a trend. ``sample_type`` is empty, "random" or "open".
    """

    period_start: date
    period_end: date
    value: float
    source: str
    lower: float | None = None
    upper: float | None = None
    se: float | None = None
    n: int | None = None
    n_eff: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    area_code: str = ""
    area_name: str = ""
    marker: str = ""
    wording_id: str = ""
    population: str = ""
    sample_type: str = ""
    mode_shares: Mapping[str, float] = field(default_factory=dict)
    collector_shares: Mapping[str, float] = field(default_factory=dict)
    is_sample: bool = False


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A way to get a number. ``read`` takes the indicator's parameters and gives every reading it can make.

    ``parameters`` names each parameter with a sentence for the person who sets it; ``read`` raises ValueError with
    one sentence where a parameter is wrong. ``headline_problem`` takes the parameters and gives a sentence where they
    may feed no headline indicator, empty where they may. ``counts_people`` is False where it counts things or views,
    which are published as they are.
    """

    name: str
    kind: Kind
    unit: str
    read: Callable[[Mapping[str, Any]], list[Reading]]
    parameters: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    counts_people: bool = True
    headline_problem: Callable[[Mapping[str, Any]], str] = lambda _: ""


measures: Registry[Measure] = Registry("measures")
