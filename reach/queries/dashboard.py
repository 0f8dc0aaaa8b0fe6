"""A campaign's reach as its dashboard shows it: a table a question, a column a kind of number, and no sums across."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any

from reach.enums import PLACED_METRICS, WEB_METRICS, Method, Metric
from reach.queries.amounts import Amount
from reach.queries.figures import Figure, figures
from reach.queries.ledger import by_channel, by_page, by_placement, by_ward, by_week

Kind = tuple[Metric, Method]


@dataclass(frozen=True)
class Table:
    """One question: a row for each answer to it, and under each kind of number the amount, if there is one."""

    kinds: list[Kind]
    rows: list[tuple[Any, list[Amount | None]]]


@dataclass(frozen=True)
class Dashboard:
    """All figures of a campaign, and the questions asked of them. Invented ones stand alone, or not at all."""

    figures: list[Figure]
    weeks: Table
    pages: Table
    channels: Table
    placements: Table
    wards: Table
    is_sample: bool


def dashboard(campaign_code: str, start: date | None = None, end: date | None = None) -> Dashboard:
    """Return the reach of a campaign between two days, both included."""
    found = figures(campaign_code, start, end)
    is_sample = bool(found) and all(figure.is_sample for figure in found)
    shown = [figure for figure in found if figure.is_sample == is_sample]
    kinds = list(dict.fromkeys((figure.metric, figure.method) for figure in shown))
    of_site = [kind for kind in kinds if kind[0] in WEB_METRICS]
    placed = [kind for kind in kinds if kind[0] in PLACED_METRICS]
    which = {"campaign_code": campaign_code, "start": start, "end": end, "is_sample": is_sample}

    def table(ask: Callable[..., dict[Any, Amount]], kinds: list[Kind]) -> Table:
        return _table(ask, kinds, which)

    weeks = table(by_week, kinds)
    weeks.rows.sort(key=lambda row: row[0], reverse=True)
    return Dashboard(
        figures=shown,
        weeks=weeks,
        pages=table(by_page, of_site),
        channels=table(by_channel, kinds),
        placements=table(by_placement, placed),
        wards=table(by_ward, kinds),
        is_sample=is_sample,
    )


def _table(ask: Callable[..., dict[Any, Amount]], kinds: list[Kind], which: dict[str, Any]) -> Table:
    columns = [ask(metric=metric, method=method, **which) for metric, method in kinds]
    keys: dict[Hashable, None] = {key: None for column in columns for key in column}
    return Table(kinds, [(key, [column.get(key) for column in columns]) for key in keys])
