"""Which numbers would give somebody away, and what else has to stay hidden for their sake."""

from analysis.disclosure.attacker import Interval, RecoverableError, attack, audit
from analysis.disclosure.rounding import BASE, rounded
from analysis.disclosure.suppression import FEWEST, NotPublishableError, suppress, withheld, withheld_in_table
from analysis.disclosure.tables import as_published, with_totals

__all__ = [
    "BASE",
    "FEWEST",
    "Interval",
    "NotPublishableError",
    "RecoverableError",
    "as_published",
    "attack",
    "audit",
    "rounded",
    "suppress",
    "with_totals",
    "withheld",
    "withheld_in_table",
]
