"""The ledger of whom we reached: what this site counted, and what was counted elsewhere."""

from reach.models.counts import Count
from reach.models.offline import OfflineFigure, OfflineFigureQuerySet

__all__ = ["Count", "OfflineFigure", "OfflineFigureQuerySet"]
