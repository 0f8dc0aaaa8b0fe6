"""Adding to the ledger; nothing in it is ever changed."""

from reach.actions.counting import add, count_visit
from reach.actions.offline import enter_figure, take_back

__all__ = ["add", "count_visit", "enter_figure", "take_back"]
