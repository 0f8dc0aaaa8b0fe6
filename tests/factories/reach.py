"""Figures from elsewhere."""

from datetime import date
from typing import Any

from reach.models import OfflineFigure

SOUND = {
    "campaign_code": "stand-up",
    "channel": "print",
    "metric": "distributed",
    "method": "reported",
    "quantity": 500,
    "starts": date(2026, 10, 5),
    "ends": date(2026, 10, 11),
    "source": "Delivery note of the printer",
    "confidence": "medium",
}


def make_figure(**changes: Any) -> OfflineFigure:
    """Keep a figure: 500 leaflets given out in a week of October, unless told otherwise."""
    return OfflineFigure.objects.create(**SOUND | changes)
