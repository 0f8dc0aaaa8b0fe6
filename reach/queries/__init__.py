"""Reading the ledger: who is counted, the counts, what anybody may see of them, and a campaign's figures."""

from reach.queries.amounts import Amount, VisitsByDay, amount
from reach.queries.dashboard import Dashboard, Table, dashboard
from reach.queries.figures import Figure, figures
from reach.queries.ledger import (
    by_channel,
    by_page,
    by_placement,
    by_ward,
    by_week,
    counts,
    daily,
    elsewhere,
    monday,
    total,
)
from reach.queries.public import as_row, published
from reach.queries.rule import DO_NOT_COUNT_COOKIE, RULE_VERSION, is_countable

__all__ = [
    "DO_NOT_COUNT_COOKIE",
    "RULE_VERSION",
    "Amount",
    "Dashboard",
    "Figure",
    "Table",
    "VisitsByDay",
    "amount",
    "as_row",
    "by_channel",
    "by_page",
    "by_placement",
    "by_ward",
    "by_week",
    "counts",
    "daily",
    "dashboard",
    "elsewhere",
    "figures",
    "is_countable",
    "monday",
    "published",
    "total",
]
