"""What waves of a survey found one after another, and where no line may join them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from indicators.direction import LARGEST_SHIFT, ROUNDING
from surveys.models import ResultSet
from surveys.publishing.protecting import Public

MEAN = "mean"


@dataclass(frozen=True, kw_only=True)
class Point:
    """What one wave found; ``is_break`` says that it may not be compared with the point before."""

    results: ResultSet
    item: Public
    shown: Public
    is_break: bool


@dataclass(frozen=True, kw_only=True)
class Trend:
    """One question over the waves that asked it, the earliest first: the share of those who gave ``label``."""

    key: str
    text: str
    label: str
    unit: str
    points: tuple[Point, ...]


def trends_of(published: Sequence[ResultSet]) -> list[Trend]:
    """Return the questions that more than one of ``published`` asked, the latest wave's order; the earliest wave first.

    What is followed is the top of a scale, else a mean, else the answer that most people gave in the latest wave.
    """
    in_order = sorted(published, key=lambda results: (results.wave.opens, results.wave.number))
    found = [_trend(item, in_order) for item in (in_order[-1].public["items"] if in_order else ())]
    return [trend for trend in found if len(trend.points) > 1]


def _trend(latest: Public, in_order: Sequence[ResultSet]) -> Trend:
    code, label, unit = followed(latest)
    asked = [(one, item) for one in in_order for item in one.public["items"] if item["key"] == latest["key"]]
    return Trend(
        key=latest["key"], text=latest["text"], label=label, unit=unit, points=tuple(_points(asked, code, label))
    )


def followed(item: Public) -> tuple[str, str, str]:
    """Return the code, the name and the unit of what is followed of a question that has several answers."""
    if item["top"]:
        return "top", item["top"]["label"], "%"
    if item["mean"]:
        return MEAN, "", ""
    shown = [option for option in item["options"] if option["value"] is not None]
    most = max(shown, key=lambda option: option["value"], default=item["options"][0] if item["options"] else None)
    return (most["code"], most["label"], "%") if most else ("", "", "%")


def _points(asked: Sequence[tuple[ResultSet, Public]], code: str, label: str) -> Iterator[Point]:
    before: tuple[ResultSet, Public] | None = None
    for results, item in asked:
        shown = _shown(item, code, label)
        is_break = before is not None and _breaks(before, (results, item))
        yield Point(results=results, item=item, shown=shown, is_break=is_break)
        before = results, item


def _shown(item: Public, code: str, label: str) -> Public:
    """Return what a wave found of it; [x] where it has no such answer by itself."""
    if code == "top" and item["top"] and item["top"]["label"] == label:
        return item["top"]
    if code == MEAN and item["mean"]:
        return item["mean"]
    option = next((option for option in item["options"] if option["code"] == code), None)
    return option or {"value": None, "lower": None, "upper": None, "marker": item["marker"] or "x"}


def _breaks(before: tuple[ResultSet, Public], now: tuple[ResultSet, Public]) -> bool:
    """Tell whether two waves may not be joined: what was said when they were compared, else by the rule itself.

    Another wording, population, kind of sample, weighting or set of ways to answer, or a way to answer whose share
    moved by more than 15 points.
    """
    (earlier, was), (later, item) = before, now
    said = next((change for change in item["change"] if change["since"] == earlier.wave.number), None)
    if said is not None:
        return bool(said["marker"])
    return was["wording"] != item["wording"] or _of_whom(earlier) != _of_whom(later) or _modes_moved(earlier, later)


def _of_whom(results: ResultSet) -> tuple[Any, ...]:
    record = results.record
    return record["population"], record["kind_of_sample"], [margin["question"] for margin in record["margins"]]


def _modes_moved(earlier: ResultSet, later: ResultSet) -> bool:
    was, now = (
        {row["code"]: row["share"] for row in results.record["quality"].get("by_mode", ()) if row["count"]}
        for results in (earlier, later)
    )
    if not was or not now:  # the answers were deleted, and what is known of the sample with them
        return False
    moved = max(abs(now.get(mode, 0) - was.get(mode, 0)) for mode in {*was, *now})
    return set(was) != set(now) or moved > LARGEST_SHIFT + ROUNDING
