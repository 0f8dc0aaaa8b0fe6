"""The strategy, its objectives and its numbers, one file per role."""

from indicators.models.indicators import Indicator, Target
from indicators.models.measurements import Measurement
from indicators.models.refreshes import Refresh
from indicators.models.strategy import Definition, Objective, Strategy

__all__ = ["Definition", "Indicator", "Measurement", "Objective", "Refresh", "Strategy", "Target"]
