"""What the public may see of those who came across a campaign against those who did not.

The two sides are protected as any table by groups is, and the difference is shown where both of them are: with one of
them it would give the other back. It also narrows what the two shares tell, so whoever is in neither of them must stay
as unknown beside it as without.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from indicators.direction import Verdict
from surveys.publishing import answers, groups
from surveys.publishing.answers import Figure, Part
from surveys.publishing.telling import Told, left_over, told_by_difference, told_of_both
from surveys.results.contrasts import JOINED


def may_split(item: Figure, recalled: Sequence[str], *, fewest: int) -> bool:
    """Tell whether people may be split by which of the ``recalled`` answers they gave to ``item``.

    They may not where it would tell apart answers that are shown as one.
    """
    parts = answers.parts_of(item, fewest=fewest)
    return bool(parts) and not any(0 < len({*part.codes} & {*recalled}) < len(part.codes) for part in parts)


def contrasted(item: Figure, contrast: Figure, parts: Sequence[Part], *, fewest: int, marker: str) -> dict[str, Any]:
    """Return both sides and the differences between them as they may be shown; ``marker`` stands beside every value."""
    table = groups.broken_down(item, contrast, parts, fewest=fewest, marker=marker)
    found = {one["code"]: one for one in contrast["differences"]}
    differences = []
    for column, *cells in zip(table["columns"], *(group["options"] for group in table["groups"]), strict=True):
        code, hidden = column["code"], _why_hidden(cells)
        if hidden or code not in found or _gives_away(item, contrast, code, fewest):
            shown = answers.withheld(hidden or "c") | {"verdict": ""}
        else:
            shown = _shown(found[code], marker)
        differences.append({"code": code} | shown)
    return table | {"differences": differences}


def _why_hidden(cells: Sequence[Figure]) -> str:
    """Return the marker of a side that is hidden; nothing where both are shown."""
    return next((cell["marker"] for cell in cells if cell["value"] is None), "")


def _shown(found: Figure, marker: str) -> Figure:
    in_unit = answers.in_tenths if found["code"] == groups.MEAN else answers.in_whole_points
    verdict = "" if found["verdict"] == Verdict.NONE else found["verdict"]
    return in_unit({**found, "share": found["value"]}, marker=marker) | {"verdict": verdict}


def _gives_away(item: Figure, contrast: Figure, code: str, fewest: int) -> bool:
    """Tell whether the difference would say more of those who are in neither side than their two shares do."""
    whole = _of_code(item, code)
    sides = [_of_code(group, code) for group in contrast["groups"]]
    if whole is None or any(side is None for side in sides):
        return False  # a mean to one decimal says of nobody how they answered
    first, second = ((side[0], side[1]) for side in sides if side)
    everybody, beside = told_of_both(*whole), told_by_difference(first, second)
    one, two = told_of_both(*first), told_of_both(*second)
    return any(
        _says_more(left_over(of_all, [plain, other]), left_over(of_all, [both]), fewest=fewest)
        for of_all, plain, other, both in zip(everybody, one, two, beside, strict=True)
    )


def _says_more(without: Told, beside: Told, *, fewest: int) -> bool:
    """Tell whether a count is known exactly, or known to be small, beside the difference and not ``without`` it."""
    newly_known = beside.lowest == beside.highest and without.lowest != without.highest
    return newly_known or (beside.gives_away(fewest=fewest) and not without.gives_away(fewest=fewest))


def _of_code(figure: Figure, code: str) -> tuple[int, int] | None:
    """Return how many gave an answer, or one at the top of a scale, and of how many; None where it is no share."""
    named: Mapping[str, Any] = {option["code"]: option for option in figure["options"]}
    if figure.get("top"):
        named = {**named, JOINED.join(figure["top"]["codes"]): figure["top"]}
    return (named[code]["count"], figure["base"]) if code in named else None
