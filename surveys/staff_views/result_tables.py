"""A wave's figures as an analyst reads them: unrounded but for one decimal, each with its doubt and its markers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.numbers import number
from surveys.results import Choices, NotSaid, Part, Variance
from surveys.results.weighting import LARGEST_LACKING

SMALLEST_BASE = 30
DASH = "–"  # noqa: RUF001  (an en dash, for a number that does not exist)


@dataclass(frozen=True)
class Line:
    """One answer: how many gave it, its share, its interval, and its change since an earlier wave in words."""

    label: str
    count: str
    value: str
    interval: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One question among some people; without lines where nobody answered it.

    ``notes`` say what is out of the base, uncertain or missing.
    """

    label: str
    base: str
    n_eff: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...]


def table_of(figure: Mapping[str, Any], *, label: str = "", lacking: float = 0.0, changes: Any = ()) -> Table:
    """Return a question's figures, or those of one group, as a table."""
    return Table(
        label=label,
        base=number(figure["base"]),
        n_eff=number(figure["n_eff"]),
        lines=tuple(_lines(figure, [one for one in changes if one["comparable"]])) if figure["base"] else (),
        notes=tuple(_notes(figure, lacking)),
    )


@dataclass(frozen=True)
class Contrast:
    """Those who came across a campaign and those who did not; a line for each difference, in points or of a mean."""

    text: str
    title: str
    groups: tuple[Table, ...]
    lines: tuple[tuple[str, str, str, str], ...]


def contrast_of(item: Mapping[str, Any], contrast: Mapping[str, Any]) -> Contrast:
    """Return a question by who came across a campaign as tables."""
    groups = contrast["groups"]
    return Contrast(
        text=contrast["text"],
        title=" less ".join(f"“{group['label']}”" for group in groups),
        groups=tuple(table_of(group, label=group["label"]) for group in groups),
        lines=tuple(_difference(item, found) for found in contrast["differences"]),
    )


def _difference(item: Mapping[str, Any], found: Mapping[str, Any]) -> tuple[str, str, str, str]:
    labels = {option["code"]: option["label"] for option in item["options"]} | {"net": "Net score", "mean": "Mean"}
    if item["top"]:
        labels["+".join(item["top"]["codes"])] = item["top"]["label"]
    is_mean, value = found["code"] == "mean", found["value"]
    between = " to ".join(_signed(found[name], is_mean=is_mean) for name in ("lower", "upper"))
    unit = "" if is_mean or value is None else " points"
    shown = f"{_signed(value, is_mean=is_mean)}{unit}"
    return labels[found["code"]], shown, between if found["lower"] is not None else DASH, found["verdict"]


def _signed(value: float | None, *, is_mean: bool) -> str:
    if value is None:
        return DASH
    shown, digits = (value, 2) if is_mean else (100 * value, 1)
    return f"{round(shown, digits) + 0.0:+.{digits}f}"  # no minus before a zero


def changes_heads(item: Mapping[str, Any]) -> list[str]:
    """Return the head of the column of each change that can be told."""
    named = {"last": "Since wave {}", "baseline": "Since the first, wave {}"}
    return [named[one["kind"]].format(one["since"]) for one in item["change"] if one["comparable"]]


def breaks(item: Mapping[str, Any]) -> list[str]:
    """Return why the question cannot be compared with the wave before, marked as a break in the series."""
    return [
        f"[b] Not compared with wave {one['since']}: {one['why']}" for one in item["change"] if not one["comparable"]
    ]


def _lines(figure: Mapping[str, Any], changes: list[Any]) -> Iterator[Line]:
    for option in figure["options"]:
        moved = tuple(moved_by(one, option) for one in changes)
        yield Line(option["label"], number(option["count"]), percent(option["share"]), interval(option), moved)
    top = figure["top"]
    if top:
        moved = tuple(moved_by(one, top) for one in changes)
        yield Line(f"{top['label']}, together", number(top["count"]), percent(top["share"]), interval(top), moved)
    none = ("",) * len(changes)
    for name, scale, words in (("net", 100, "Net score, in points"), ("mean", 1, "Mean")):
        if figure[name] and figure[name]["value"] is not None:
            value = figure[name]
            limits = [value["lower"], value["upper"]]
            between = " to ".join(number(scale * limit, 1 if scale > 1 else 2) for limit in limits if limit is not None)
            yield Line(words, "", number(scale * value["value"], 1 if scale > 1 else 2), between or DASH, none)


def moved_by(change: Mapping[str, Any], option: Mapping[str, Any]) -> str:
    """Return the change of an answer, or of the top of a scale, in words and points; a dash where there is none."""
    found = change["top"] if "codes" in option else _of_code(change["options"], option["code"])
    if not found:
        return DASH
    points = round(100 * found["change"], 1) + 0.0  # no minus before a zero
    return f"{found['verdict']} ({points:+.1f} points)"


def _of_code(options: Sequence[Mapping[str, Any]], code: str) -> Mapping[str, Any] | None:
    return next((one for one in options if one["code"] == code), None)


def percent(share: float | None) -> str:
    """Return a share as a percentage with one decimal; a dash where there is none."""
    return DASH if share is None else f"{number(100 * share, 1)}%"


def interval(option: Mapping[str, Any]) -> str:
    """Return the limits of a share; a dash where there are none."""
    if option["lower"] is None:
        return DASH
    return f"{percent(option['lower'])} to {percent(option['upper'])}"


def _notes(figure: Mapping[str, Any], lacking: float) -> Iterator[str]:
    if figure["why_not"]:
        yield figure["why_not"]
    if figure["base"] and (figure["base"] < SMALLEST_BASE or figure["n_eff"] < SMALLEST_BASE):
        yield f"[u] The base or the effective base is under {SMALLEST_BASE}: too uncertain to publish."
    if lacking > LARGEST_LACKING:
        yield f"[u] {percent(lacking)} of the people lack a margin, so what is weighted is too uncertain to publish."
    beside = [f"{number(one['count'])} “{one['label']}”" for one in figure["outside"] if one["count"]]
    if figure.get("left_out"):
        beside.append(f"{number(figure['left_out'])} left it out")
    if figure.get("not_asked"):
        beside.append(f"{number(figure['not_asked'])} were not asked")
    if figure.get("corrected"):
        beside.append(f"{number(figure['corrected'])} answered before a correction")
    if beside:
        yield f"Not in the base: {', '.join(beside)}."


def said(choices: Choices) -> list[str]:
    """Return what was chosen, in sentences."""
    sentences = [
        "Those in the random sample alone are counted."
        if choices.part == Part.RANDOM
        else "Everybody who answered is counted."
    ]
    if choices.margins:
        trim = f", no weight above {choices.trim:g} times the mean" if choices.trim else ", without a limit on weights"
        sentences.append(f"Weighted to the population by {', '.join(choices.margins)}{trim}.")
        if choices.not_answered == NotSaid.OWN:
            sentences.append(
                "Who did not say what they are weighted by keeps the share that they have among the answers."
            )
        aware = choices.variance == Variance.RAKING_AWARE
        sentences.append(f"Intervals {'know of the weighting' if aware else 'take the weights as given'}.")
    else:
        sentences.append("Not weighted to the population.")
    if choices.without_marked:
        sentences.append("Every answer with a mark is left out.")
    if choices.fewest_reason:
        sentences.append(
            f"A published number stands for {choices.fewest} people or more, as {choices.fewest_by} decided: "
            f"{choices.fewest_reason}"
        )
    return sentences
