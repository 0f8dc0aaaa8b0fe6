"""Published results as a page tells them. Nothing here sees a number that is not published."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.enums import Strand
from core.languages.marks import filled, said_in
from core.numbers import in_order, number
from indicators.direction import Verdict
from indicators.enums import Marker
from indicators.publish import figure
from surveys.publishing.protecting import Public

PERCENT = "%"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of a table: what it is of, its value, how far that may be off, and what changed since each wave."""

    label: str
    value: str
    limits: str
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Table:
    """A question by groups of people: the heads of its columns, and a line for each group with its base."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[str, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class Told:
    """A question with all that is published of it, in words."""

    key: str
    question: str
    text: str
    about: tuple[str, ...]
    since: tuple[str, ...]
    rows: tuple[Row, ...]
    tables: tuple[Table, ...]
    contrasts: tuple[Table, ...]
    breaks: tuple[str, ...]
    chart: str
    chart_words: str
    chart_height: int


def tell(item: Public, *, chart: str = "", chart_height: int = 0) -> Told:
    """Return what is published of one question in words."""
    compared = [change for change in item["change"] if not change["marker"]]
    return Told(
        key=item["key"],
        question=item["question"],
        text=item["text"],
        about=tuple(_about(item)),
        since=tuple(_since(change) for change in compared),
        rows=tuple(_rows(item, compared)),
        tables=tuple(_table(table) for table in item["by"]),
        contrasts=tuple(_contrast(contrast) for contrast in item.get("contrasts", ())),
        breaks=tuple(
            _("[b] Not compared with wave %(wave)s.") % {"wave": change["since"]}
            for change in item["change"]
            if change["marker"]
        ),
        chart=chart,
        chart_words=chart_words(item),
        chart_height=chart_height,
    )


def english(text: str) -> str:
    """Return what a row says, marked as English among other words."""
    return str(said_in(text, settings.LANGUAGE_CODE))


def value(shown: Public, unit: str = PERCENT) -> str:
    """Return a value as it is printed, with its marker; the marker alone where it is withheld."""
    marker = f"[{shown['marker']}]" if shown["marker"] else ""
    if shown["value"] is None:
        return marker
    return f"{figure(shown['value'], unit)} {marker}".strip()


def limits(shown: Public, unit: str = PERCENT) -> str:
    """Return the two limits; nothing where there are none."""
    if shown["lower"] is None or shown["upper"] is None:
        return ""
    return _("%(first)s to %(last)s") % {
        "first": figure(shown["lower"], unit),
        "last": figure(shown["upper"], unit),
    }


def markers_of(items: Sequence[Public]) -> list[tuple[str, str]]:
    """Return the markers that the tables of ``items`` use, each with what it means."""
    used = {marker for item in items for marker in _markers(item)}
    meanings = {**{str(marker): str(marker.label) for marker in Marker}, str(Marker.UNRELIABLE): _uncertain()}
    return [(f"[{marker}]", meanings[marker]) for marker in meanings if marker in used]


def _uncertain() -> str:
    return _(
        "uncertain: too few answers to show a value; or, beside a value, over a fifth of those who answered did not "
        "say what the answers are weighted by"
    )


def _markers(found: Any) -> Iterator[str]:
    if isinstance(found, dict):
        if found.get("marker"):
            yield found["marker"]
        for part in found.values():
            yield from _markers(part)
    elif isinstance(found, list):
        for part in found:
            yield from _markers(part)


def _about(item: Public) -> Iterator[str]:
    if item["base"] is not None:
        yield _("Based on about %(base)s answers.") % {"base": number(item["base"])}
    for beside in item["outside"]:
        said = english(beside["label"])
        if beside["count"] is not None:
            yield filled(_("About %(count)s more said “%(answer)s”."), count=number(beside["count"]), answer=said)
    if item["strands_omitted"]:
        named = ", ".join(str(Strand(strand).label) for strand in item["strands_omitted"])
        yield _("This question names some strands of hate crime and leaves out: %(strands)s.") % {"strands": named}


def _since(change: Public) -> str:
    return _("Since wave %(wave)s") % {"wave": change["since"]}


def _rows(item: Public, compared: Sequence[Public]) -> Iterator[Row]:
    for option in item["options"]:
        changes = tuple(_verdict(change["options"].get(option["code"], "")) for change in compared)
        yield Row(label=english(option["label"]), value=value(option), limits=limits(option), changes=changes)
    if item["top"]:
        changes = tuple(_verdict(change["top"]) for change in compared)
        together = filled(_("Together: %(answers)s"), answers=english(item["top"]["label"]))
        yield Row(label=together, value=value(item["top"]), limits=limits(item["top"]), changes=changes)
    nothing = tuple("" for _each in compared)
    if item["net"]:
        label = _("Net score: those for, less those against, of 100")
        yield Row(label=label, value=value(item["net"], ""), limits=limits(item["net"], ""), changes=nothing)
    if item["mean"]:
        yield Row(label=_("Mean"), value=value(item["mean"], ""), limits=limits(item["mean"], ""), changes=nothing)


def _verdict(verdict: str) -> str:
    return Verdict(verdict).label if verdict else ""


def _table(table: Public) -> Table:
    units = ["" if column["code"] == "mean" else PERCENT for column in table["columns"]]
    return Table(
        title=english(table["text"]),
        heads=tuple(_("Mean") if column["code"] == "mean" else english(column["label"]) for column in table["columns"]),
        rows=tuple(
            (
                english(group["label"]),
                number(group["base"]) if group["base"] is not None else f"[{group['marker']}]",
                tuple(_cell(option, unit) for option, unit in zip(group["options"], units, strict=True)),
            )
            for group in table["groups"]
        ),
    )


def _contrast(contrast: Public) -> Table:
    """Return those who came across a campaign, those who did not, and in a last line the difference of the two."""
    sides = _table(contrast)
    cells = tuple(_difference(one) for one in contrast["differences"])
    return replace(sides, rows=(*sides.rows, (_("Difference: the first less the second, in points"), "", cells)))


def _difference(found: Public) -> str:
    said = _cell(found, "")
    return f"{said}: {_verdict(found['verdict'])}" if found["verdict"] else said


def _cell(option: Public, unit: str) -> str:
    within = limits(option, unit)
    return f"{value(option, unit)} ({within})" if within else value(option, unit)


def chart_words(item: Public) -> str:
    """Return in words what the picture of a question shows."""
    shown = [option for option in item["options"] if option["value"] is not None]
    if not shown:
        return ""
    most = max(shown, key=lambda option: option["value"])
    return ngettext(
        "%(number)s answer; most gave “%(answer)s”: %(value)s. The table has the same number.",
        "%(number)s answers; most gave “%(answer)s”: %(value)s. The table has the same numbers.",
        len(shown),
    ) % {"number": len(shown), "answer": most["label"], "value": in_order(value(most))}


def over_time(point: Any, unit: str) -> dict[str, Any]:
    """Return one wave's line in the table of a question over time (a `surveys.publishing.trends.Point`)."""
    shown = point.shown
    marked = f"{value(shown, unit)} [b]" if point.is_break else value(shown, unit)
    said = next((change for change in point.item["change"] if not change["marker"]), None)
    return {
        "wave": point.results.wave,
        "value": marked,
        "limits": limits(shown, unit),
        "base": number(point.item["base"]) if point.item["base"] is not None else "",
        "change": _since_last(said) if said and not point.is_break and point.item["top"] else "",
    }


def _since_last(change: Public) -> str:
    return f"{_since(change)}: {_verdict(change['top'])}" if change["top"] else ""
