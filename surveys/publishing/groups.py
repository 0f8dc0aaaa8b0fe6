"""Tables of a question by groups of people: which groups are shown, so that none of the others is worked out.

A group shows one thing of a question: of a scale the share at its top or its mean, of several answers each by itself,
of any other question its answers as the whole sample has them. So what is shown of the groups, and of everybody, is
tied together by one sum for each column alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.disclosure import RecoverableError, rounded, withheld
from indicators.publish import SMALLEST_BASE
from surveys.enums import Kind
from surveys.publishing import answers
from surveys.publishing.answers import Figure, Part
from surveys.publishing.telling import Told, left_over, told, told_of_base

MEAN = "mean"


@dataclass(frozen=True)
class Column:
    """One column of a table: those who gave one of some answers, among everybody and in each group."""

    code: str
    label: str
    whole: int
    counts: tuple[int, ...]
    figures: tuple[Figure, ...]


def broken_down(item: Figure, table: Figure, parts: Sequence[Part], *, fewest: int, marker: str) -> dict[str, Any]:
    """Return the table of ``item`` by groups as it may be shown; ``marker`` stands beside every value."""
    groups = table["groups"]
    bases = [group["base"] for group in groups]
    may = may_show(groups, fewest)
    if item.get("mean") and not item.get("top"):
        differ = [is_safe and _differ(group, fewest) for is_safe, group in zip(may, groups, strict=True)]
        is_shown = safe(Together(item["base"], bases, ()), differ, fewest)
        return _about(table, [(MEAN, "Mean")]) | {"groups": _means(groups, is_shown, marker)}
    columns = _columns(item, table, parts)
    together = [[column] for column in columns] if item["kind"] == Kind.MULTIPLE else [columns]
    shown = {
        column.code: is_shown
        for several in together
        for is_shown in [safe(Together(item["base"], bases, several), may, fewest)]
        for column in several
    }
    rows = [
        _group(place, group, columns, shown, marker=marker, why=_why_hidden(group) or "c")
        for place, group in enumerate(groups)
    ]
    return _about(table, [(column.code, column.label) for column in columns]) | {"groups": rows}


def may_show(groups: Sequence[Figure], fewest: int) -> list[bool]:
    """Tell of each group whether it is large enough to say something of, and need not hide a smaller one."""
    hidden = _hidden([group["base"] for group in groups], fewest)
    return [not _why_hidden(group) and not hide for group, hide in zip(groups, hidden, strict=True)]


def _differ(group: Figure, fewest: int) -> bool:
    """Tell whether enough people answer otherwise than most: a mean at the end of its scale is everybody's answer."""
    return group["base"] - max((option["count"] for option in group["options"]), default=0) >= fewest


def _hidden(bases: Sequence[int], fewest: int) -> list[bool]:
    """Tell of each group whether it is hidden as a count of people; all are where nothing else would protect them."""
    try:
        return withheld(bases, fewest=fewest) if any(bases) else [True for _ in bases]
    except RecoverableError:
        return [True for _ in bases]


def _about(table: Figure, columns: Sequence[tuple[str, str]]) -> dict[str, Any]:
    named = [{"code": code, "label": label} for code, label in columns]
    return {"question": table["question"], "text": table["text"], "columns": named}


def _means(groups: Sequence[Figure], shown: Sequence[bool], marker: str) -> list[Figure]:
    """Return the mean of each group that is shown. To one decimal it says of no group left over how it answered."""
    return [
        _row(group, is_shown=is_shown, why=(why := _why_hidden(group) or "c"))
        | {"options": [{"code": MEAN, **(_mean(group, marker) if is_shown else answers.withheld(why))}]}
        for group, is_shown in zip(groups, shown, strict=True)
    ]


def _mean(group: Figure, marker: str) -> Figure:
    return answers.in_tenths(group["mean"], marker=marker) if group["mean"] else answers.withheld("x")


def _row(group: Figure, *, is_shown: bool, why: str) -> Figure:
    return {
        "code": group["code"],
        "label": group["label"],
        "base": rounded(group["base"]) if is_shown else None,
        "marker": "" if is_shown else why,
    }


def _why_hidden(group: Figure) -> str:
    """Return the marker of a group that is too small to say anything of."""
    if group["base"] < SMALLEST_BASE:
        return "c"
    return "u" if group["n_eff"] < SMALLEST_BASE else ""


def _columns(item: Figure, table: Figure, parts: Sequence[Part]) -> list[Column]:
    if item.get("top"):
        tops = tuple(group["top"] or {"share": None, "count": 0} for group in table["groups"])
        top = item["top"]
        counts = tuple(found["count"] for found in tops)
        return [Column("+".join(top["codes"]), top["label"], top["count"], counts, tops)]
    return [_column(part, table) for part in parts]


def _column(part: Part, table: Figure) -> Column:
    in_groups = [_of_group(part, group) for group in table["groups"]]
    counts = tuple(one.count for one in in_groups)
    figures = tuple(
        answers.merged(one.options, n_eff=group["n_eff"]) if one.is_merged and group["base"] else one.options[0]
        for one, group in zip(in_groups, table["groups"], strict=True)
    )
    return Column(part.code, part.label, part.count, counts, figures)


def _of_group(part: Part, group: Figure) -> Part:
    of_code = {option["code"]: option for option in group["options"]}
    missing = {"share": None, "lower": None, "upper": None, "count": 0}
    return Part(tuple(of_code.get(code, missing | {"code": code, "label": ""}) for code in part.codes))


@dataclass(frozen=True)
class Together:
    """Columns whose rows are shown or hidden as one, with everybody's base and that of each group."""

    base: int
    bases: Sequence[int]
    columns: Sequence[Column]


def safe(table: Together, may: Sequence[bool], fewest: int) -> list[bool]:
    """Tell of each group whether its row is shown.

    A row with fewer than ``fewest`` people in a cell, or all but as few, is not. Then the smallest of the others go
    too, until everybody less the groups that are shown gives no small number of people in those that are not.
    """
    shown = [
        may[place] and all(fewest <= column.counts[place] <= base - fewest for column in table.columns)
        for place, base in enumerate(table.bases)
    ]
    while any(shown) and not _is_protected(table, shown, fewest):
        rows = [place for place, is_shown in enumerate(shown) if is_shown]
        shown[min(rows, key=lambda place: table.bases[place])] = False
    return shown


def _is_protected(table: Together, shown: Sequence[bool], fewest: int) -> bool:
    """Tell whether those in hidden groups stay unknown.

    Whoever did not say which group they belong to is among those left over; where no group is hidden they alone are,
    and they are no group.
    """
    return all(shown) or not any(
        one.gives_away(fewest=fewest) or one.lowest == one.highest for one in _left_over(table, shown)
    )


def _left_over(table: Together, shown: Sequence[bool]) -> Iterator[Told]:
    """Go through what can be told of those in hidden groups: how many, and how many gave each answer or did not."""
    rows = [place for place, is_shown in enumerate(shown) if is_shown]
    bases = [table.bases[row] for row in rows]
    yield left_over(told_of_base(table.base), [told_of_base(base) for base in bases])
    for column in table.columns:
        chose = [column.counts[row] for row in rows]
        for whole, parts in (
            (column.whole, chose),
            (table.base - column.whole, [base - count for base, count in zip(bases, chose, strict=True)]),
        ):
            pairs = zip(parts, bases, strict=True)
            yield left_over(told(whole, table.base), [told(count, base) for count, base in pairs])


def _group(
    place: int, group: Figure, columns: Sequence[Column], shown: dict[str, list[bool]], *, marker: str, why: str
) -> dict[str, Any]:
    is_shown = {column.code: shown[column.code][place] for column in columns}
    return _row(group, is_shown=any(is_shown.values()), why=why) | {
        "options": [
            {"code": column.code}
            | (
                answers.in_whole_points(column.figures[place], marker=marker)
                if is_shown[column.code]
                else answers.withheld(why)
            )
            for column in columns
        ]
    }
