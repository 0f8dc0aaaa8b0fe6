"""What the worker does for indicators: an id in, fetch, delegate."""

from celery import shared_task

from indicators import actions, charts
from indicators.models import Indicator, Refresh


@shared_task(name="indicators.refresh")
def refresh(refresh_id: int | None = None) -> None:
    """Run the round with this id; without one (every night), a new round."""
    row = Refresh.objects.filter(pk=refresh_id).first() if refresh_id else actions.waiting_refresh()
    if row:
        actions.run_refresh(row)


@shared_task(name="indicators.sweep")
def sweep() -> None:
    """Run the rounds that a worker forgot or died in."""
    for row in actions.forgotten_refreshes():
        actions.run_refresh(row)


@shared_task(name="indicators.draw_chart")
def draw_chart(indicator_id: int) -> None:
    """Draw one indicator's picture, whose old one goes with the next round."""
    indicator = Indicator.objects.filter(pk=indicator_id).first()
    if indicator:
        charts.draw_for(indicator)
