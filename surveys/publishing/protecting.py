"""From an analyst's figures to what the public may see: rounded, joined, or withheld with a marker.

The rules are the same for the page, its charts, its files, the API and the indicators, because all of them read what
`protect` returns and nothing else.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.disclosure import rounded, withheld
from indicators.publish import SMALLEST_BASE
from surveys.models.results import STRAND_OF
from surveys.publishing import answers, contrasts, groups, method
from surveys.publishing.answers import Figure, Part
from surveys.publishing.differencing import CannotPublishError, Figures, refuse_differences
from surveys.results.choices import FEWEST

LACKING = 0.2  # of a sample, without what it is weighted by: its weighted estimates carry [u]
ABOUT_PEOPLE = "DEM"  # how the codes of questions about the person begin

Public = dict[str, Any]


def protect(
    figures: Figures,
    record: Mapping[str, Any],
    choices: Mapping[str, Any],
    published_before: Sequence[Figures] = (),
    *,
    compared: Collection[int] = (),
) -> Public:
    """Return what the public may see of ``figures``.

    ``published_before`` are the figures of every result set of the same wave that was ever published; ``compared`` the
    numbers of earlier waves whose results are public now, since a change speaks of both.

    Raises:
        CannotPublishError: fewer people answered than a number may stand for, or together with what was published
            before they would give away the answers of a few.
    """
    fewest = choices.get("fewest", FEWEST)
    if record["quality"]["responses"] < fewest:
        raise CannotPublishError(
            f"Fewer than {fewest} people answered, and how many is itself not to be told. Nothing of this wave can be "
            "published; say so beside the survey, or ask again."
        )
    refuse_differences(figures, published_before, fewest=fewest)
    return {
        "is_weighted": bool(record.get("margins")),
        "is_random": record["kind_of_sample"] == "random",
        "responses": rounded(record["quality"]["responses"]),
        "method": method.sentences(record, choices),
        "items": [_item(item, record, fewest=fewest, compared=compared) for item in _splitting_safely(figures, fewest)],
    }


def _splitting_safely(figures: Figures, fewest: int) -> list[Figure]:
    """Return the items without the contrasts by a question whose answers may not be told apart."""
    safe = {
        item["question"]
        for item in figures["items"]
        if (own := item.get("recalled")) and contrasts.may_split(item, own["codes"], fewest=fewest)
    }
    return [
        item | {"contrasts": [one for one in item["contrasts"] if one["question"] in safe]}
        if "contrasts" in item
        else item
        for item in figures["items"]
    ]


def _item(item: Figure, record: Mapping[str, Any], *, fewest: int, compared: Collection[int]) -> Public:
    about = {name: item[name] for name in ("key", "question", "wording", "text", "kind", "sensitive")}
    why, parts = _why_withheld(item, fewest)
    marker = "u" if record.get("margins") and item["lacking_margin"] > LACKING else ""
    shown = about | {
        "strands_omitted": item["strands_omitted"],
        "base": rounded(item["base"]) if item["base"] >= fewest else None,
        "marker": why or marker,
        "options": [],
        "top": None,
        "net": None,
        "mean": None,
        "outside": _outside(item, fewest),
        "by": [],
        "change": [],
    }
    if "contrasts" in item:
        shown |= {"recalled": None, "contrasts": []}
    if why:
        return shown | {"options": [_option(Part((option,)), answers.withheld(why)) for option in item["options"]]}
    options = [_option(part, _estimate(part, item, fewest, marker)) for part in parts]
    top, mean = _together(item, "top", parts, marker), _score(item, "mean", parts, marker)
    tables = _Tables(item | {"top": top and item["top"], "mean": mean}, parts, record, fewest, marker)
    if "contrasts" in item:
        shown |= {"recalled": _together(item, "recalled", parts, marker), "contrasts": tables.contrasts()}
    return shown | {
        "options": options,
        "top": top,
        "net": _score(item, "net", parts, marker),
        "mean": mean,
        "by": tables.by_group(),
        "change": _changes(item, [one["code"] for one in options if one["value"] is not None], top, compared),
    }


def _why_withheld(item: Figure, fewest: int) -> tuple[str, list[Part]]:
    """Return the marker that stands in place of all of an item's values, and its answers as they may be shown."""
    if item["why_not"] or not item["options"]:
        # That nobody came to a question says what everybody answered before it.
        is_told = item["sensitive"] or item.get("not_asked", 0) > 0
        return "c" if 0 < item["base"] < SMALLEST_BASE or (item["options"] and is_told) else "x", []
    if item["base"] < SMALLEST_BASE:
        return "c", []
    if item["n_eff"] < SMALLEST_BASE:
        return "u", []
    parts = answers.parts_of(item, fewest=fewest)
    return ("", parts) if parts else ("c", [])


def _estimate(part: Part, item: Figure, fewest: int, marker: str) -> Figure:
    """Return what is shown of ``part``; of a question that takes several answers a small one is withheld by itself."""
    if answers.gives_away(part.count, item["base"], is_sensitive=item["sensitive"], fewest=fewest):
        return answers.withheld("c")
    return answers.estimate_of(part, n_eff=item["n_eff"], marker=marker)


def _option(part: Part, shown: Figure) -> Public:
    about = {"code": part.code, "codes": part.codes, "label": part.label, "merged": part.is_merged}
    score = None if part.is_merged else part.options[0].get("score")
    return about | {"score": score} | shown


def _together(item: Figure, name: str, parts: Sequence[Part], marker: str) -> Public | None:
    """Return a share of several answers, as at the top of a scale; None where it would tell joined answers apart."""
    top = item.get(name)
    codes = set((top or {}).get("codes", ()))
    apart = any(0 < len(codes & set(part.codes)) < len(part.codes) for part in parts)
    if top is None or apart:
        return None
    return {"codes": top["codes"], "label": top["label"], **answers.in_whole_points(top, marker=marker)}


def _score(item: Figure, name: str, parts: Sequence[Part], marker: str) -> Public | None:
    """Return a net score in whole points or a mean to one decimal; None where it would tell joined answers apart."""
    found = item.get(name)
    if not found or found["value"] is None or any(part.is_merged for part in parts):
        return None
    if name == "mean":
        return answers.in_tenths(found, marker=marker)
    return answers.in_whole_points(found, value="value", marker=marker)


def _outside(item: Figure, fewest: int) -> list[Public]:
    """Return how many said that they do not know, or would rather not say: counts of people, to the nearest five."""
    counts = [option["count"] for option in item["outside"]]
    hidden = withheld(counts, fewest=fewest) if len(counts) > 1 else [count < fewest for count in counts]
    return [
        {"code": option["code"], "label": option["label"]}
        | ({"count": None, "marker": "c"} if hide else {"count": rounded(option["count"]), "marker": ""})
        for option, hide in zip(item["outside"], hidden, strict=True)
    ]


@dataclass(frozen=True)
class _Tables:
    """The tables of an item: none of a question about the person, since two such are never crossed."""

    item: Figure
    parts: Sequence[Part]
    record: Mapping[str, Any]
    fewest: int
    marker: str

    def by_group(self) -> list[Public]:
        """Return it by groups of people."""
        tables = [] if self._is_about_people() else self.item["by"]
        parts = self._safe()
        return [groups.broken_down(self.item, one, parts, fewest=self.fewest, marker=self.marker) for one in tables]

    def contrasts(self) -> list[Public]:
        """Return those who came across a campaign against those who did not."""
        tables = [] if self._is_about_people() else self.item["contrasts"]
        parts = self._safe()
        return [contrasts.contrasted(self.item, one, parts, fewest=self.fewest, marker=self.marker) for one in tables]

    def _is_about_people(self) -> bool:
        question = self.item["question"]
        return question in {*self.record.get("breakdowns", ()), *STRAND_OF} or question.startswith(ABOUT_PEOPLE)

    def _safe(self) -> list[Part]:
        base, is_sensitive = self.item["base"], self.item["sensitive"]
        return [
            part
            for part in self.parts
            if not answers.gives_away(part.count, base, is_sensitive=is_sensitive, fewest=self.fewest)
        ]


def _changes(item: Figure, codes: Sequence[str], top: Public | None, compared: Collection[int]) -> list[Public]:
    """Return the words for what changed since waves whose results are public; a joined answer has none."""
    found = []
    for change in item["change"]:
        if change["since"] not in compared:
            continue
        said = {option["code"]: option["verdict"] for option in change["options"] if option["code"] in codes}
        moved = change.get("top") if top else None
        found.append(
            {name: change[name] for name in ("since", "kind", "marker", "why")}
            | {"top": moved["verdict"] if moved else "", "options": said}
        )
    return found
