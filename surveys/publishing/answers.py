"""Which answers to a question are shown by themselves, which together with another, and which not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analysis.counts import wilson
from indicators.publish import nearest
from surveys.enums import Kind
from surveys.publishing.telling import told

Figure = dict[str, Any]
POINTS = 100


@dataclass(frozen=True)
class Part:
    """One answer, or several that are shown as one, with how many gave them."""

    options: tuple[Figure, ...]

    @property
    def count(self) -> int:
        """How many gave one of them."""
        return sum(option["count"] for option in self.options)

    @property
    def codes(self) -> list[str]:
        """The codes of its options."""
        return [option["code"] for option in self.options]

    @property
    def code(self) -> str:
        """Its code: of several, all of them."""
        return "+".join(self.codes)

    @property
    def label(self) -> str:
        """What it is called."""
        return " or ".join(option["label"] for option in self.options)

    @property
    def is_merged(self) -> bool:
        """Whether it is several."""
        return len(self.options) > 1

    def joined(self, other: "Part") -> "Part":
        """Return both as one."""
        return Part((*self.options, *other.options))


def gives_away(count: int, base: int, *, is_sensitive: bool, fewest: int) -> bool:
    """Tell whether the share of ``count`` in ``base`` would say something of fewer than ``fewest`` people.

    Of a sensitive question those who gave the answer, and those who did not, are ``fewest`` or more. Of any other the
    published percentage and base must not give a smaller number back.
    """
    if is_sensitive:
        return min(count, base - count) < fewest
    return any(told(people, base).gives_away(fewest=fewest) for people in (count, base - count))


def parts_of(item: Figure, *, fewest: int) -> list[Part]:
    """Return the answers to ``item`` as they may be shown, those that give somebody away joined to the one beside them.

    Empty where only all of them together could be shown. Of a question that takes several answers none are joined: how
    many gave one or the other is not their sum. Answers without an order are joined with the smallest other, wherever
    it stands.
    """
    parts = [Part((option,)) for option in item["options"]]
    if item["kind"] == Kind.MULTIPLE:
        return parts
    top = set((item.get("top") or {}).get("codes", ()))
    in_order = _have_an_order(item)
    while small := [part for part in parts if _is_small(part, item, fewest)]:
        if len(parts) == 1:
            return []
        parts = _with_one_joined(parts, min(small, key=lambda part: part.count), top, in_order=in_order)
    return parts


def _have_an_order(item: Figure) -> bool:
    """Tell whether the answers are a scale, or bands such as ages."""
    is_scale = any(item.get(name) for name in ("top", "net", "mean"))
    return is_scale or all(any(map(str.isdigit, option["code"])) for option in item["options"])


def _is_small(part: Part, item: Figure, fewest: int) -> bool:
    """Tell so of ``part``; answers that were joined are never fewer, whatever a reader could tell of them."""
    return gives_away(part.count, item["base"], is_sensitive=item["sensitive"] or part.is_merged, fewest=fewest)


def _with_one_joined(parts: list[Part], small: Part, top: set[str], *, in_order: bool) -> list[Part]:
    """Join ``small`` with one beside it that points the same way, of two such with the smaller."""
    place = parts.index(small)
    others = (place - 1, place + 1) if in_order else range(len(parts))
    beside = [other for other in others if other != place and 0 <= other < len(parts)]
    other = min(beside, key=lambda other: (_is_for(parts[other], top) != _is_for(small, top), parts[other].count))
    first, last = sorted((place, other))
    joined = parts[first].joined(parts[last])
    return [joined if number == first else part for number, part in enumerate(parts) if number != last]


def _is_for(part: Part, top: set[str]) -> bool:
    return top.issuperset(part.codes)


def in_tenths(found: Figure, *, marker: str = "") -> Figure:
    """Return a mean with its limits to one decimal; [x] where there is none."""
    if found["value"] is None:
        return withheld("x")
    limits = {name: None if found[name] is None else nearest(found[name], 0.1) for name in ("value", "lower", "upper")}
    return {**limits, "marker": marker}


def whole(share: float | None) -> int | None:
    """Return a share in whole percent."""
    return None if share is None else int(nearest(POINTS * share))


def withheld(marker: str) -> Figure:
    """Return what stands in place of a value and its limits."""
    return {"value": None, "lower": None, "upper": None, "marker": marker}


def in_whole_points(found: Figure, *, value: str = "share", marker: str = "") -> Figure:
    """Return an estimate between -1 and 1 with its limits in whole points; [x] where there is none."""
    if found[value] is None:
        return withheld("x")
    limits = {name: whole(found[name]) for name in ("lower", "upper")}
    return {"value": whole(found[value]), **limits, "marker": marker}


def estimate_of(part: Part, *, n_eff: float, marker: str = "") -> Figure:
    """Return what is shown of ``part``.

    The interval of a joined answer is Wilson's on Kish's effective number of answers: how the errors of its parts go
    together is not kept. Source: Kish, L. (1965), Survey Sampling, section 8.2; Wilson as in `analysis.counts`.
    """
    if not part.is_merged:
        return in_whole_points(part.options[0], marker=marker)
    return in_whole_points(merged(part.options, n_eff=n_eff), marker=marker)


def merged(options: Sequence[Figure], *, n_eff: float) -> Figure:
    """Return the share of those who gave one of ``options``, with its interval."""
    if any(option["share"] is None for option in options):
        return {"share": None}
    share = min(1.0, sum(option["share"] for option in options))
    found = wilson(share * n_eff, n_eff)
    return {"share": share, "lower": found.lower, "upper": found.upper}
