"""Whom it reached: every figure by itself, never summed with another."""

from collections.abc import Iterator
from datetime import date

from campaigns.enums import Level
from campaigns.evaluation.lines import Line
from campaigns.models import Campaign
from core.numbers import number
from indicators.publish import nearest
from reach.queries import Figure, figures
from reach.queries.public import EXACT_METRICS, FEWEST_ARRIVALS

WITHHELD = "[c] withheld, fewer than 10"
ROUNDED = "To the nearest 5."


def output_lines(campaign: Campaign, until: date) -> Iterator[Line]:
    """Yield a line for each figure of ``campaign`` up to the day ``until``.

    Views, downloads and visits stand as they are published. Every other figure is withheld under 10 and else given to
    the nearest 5, so that no week that is withheld elsewhere can be worked out from it.
    """
    for figure in figures(campaign.code, end=until):
        yield _line(figure)


def _line(figure: Figure) -> Line:
    is_exact = figure.metric in EXACT_METRICS
    is_withheld = not is_exact and figure.quantity < FEWEST_ARRIVALS
    quantity = figure.quantity if is_exact else int(nearest(figure.quantity, 5))
    method = str(figure.method.label)
    return Line(
        level=Level.OUTPUT,
        label=f"{figure.label}: {figure.channel.label}",
        value=None if is_withheld else quantity,
        shown=WITHHELD if is_withheld else number(quantity),
        unit=figure.label.lower(),
        method=f"{method}, {figure.confidence.label.lower()} confidence" if figure.confidence else method,
        source=figure.source,
        about="" if is_exact or is_withheld else ROUNDED,
        rule=figure.rule,
        is_sample=figure.is_sample,
    )
