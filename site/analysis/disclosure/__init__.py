"""Which numbers would give somebody away, and what else has to stay hidden for their sake."""

from analysis.disclosure.attacker import RecoverableError, attack, audit
from analysis.disclosure.differencing import AnswerSet, differences
from analysis.disclosure.rounding import BASE, FEWEST, Interval, rounded
from analysis.disclosure.suppression import NotPublishableError, suppress, withheld, withheld_in_table
from analysis.disclosure.tables import as_published, with_totals

__all__ = [
    "BASE",
    "FEWEST",
    "AnswerSet",
    "Interval",
    "NotPublishableError",
    "RecoverableError",
    "as_published",
    "attack",
    "audit",
    "differences",
    "rounded",
    "suppress",
    "with_totals",
    "withheld",
    "withheld_in_table",
]
