"""The picture of a campaign's reach: views of its pages by week, for whole weeks alone."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format

from campaigns.models import Campaign
from core.charts import files
from core.charts.timeseries import Point, TimeSeries
from core.numbers import number
from reach.enums import Metric
from reach.queries import Amount, by_week, monday


def folder_of(campaign: Campaign) -> str:
    """Return where the picture of ``campaign`` is kept."""
    return f"charts-reach/{campaign.code}"


def chart_of(campaign: Campaign) -> TimeSeries | None:
    """Return what is drawn: the weeks that are over, so that it is drawn once a week; None without any.

    Sample views are drawn where there are no others.
    """
    for is_sample in (False, True):
        end = monday(timezone.localdate()) - timedelta(days=1)
        weeks = by_week(metric=Metric.VIEWS, campaign_code=campaign.code, end=end, is_sample=is_sample)
        if weeks:
            return TimeSeries(
                title=f"Page views by week: {campaign}",
                description=_description(weeks),
                unit="views a week",
                points=tuple(Point(on=week, value=float(views.quantity)) for week, views in weeks.items()),
                is_sample=is_sample,
                folder=folder_of(campaign),
            )
    return None


def _description(weeks: dict[date, Amount]) -> str:
    first, last = next(iter(weeks)), next(reversed(weeks))
    most = max(weeks, key=lambda week: weeks[week].quantity)
    return (
        f"Page views by week, from the week of {date_format(first)} to that of {date_format(last)}. Most were in the "
        f"week of {date_format(most)}: {number(weeks[most].quantity)}. The table by week has the same numbers."
    )


def draw(campaign: Campaign) -> str:
    """Draw the picture where it does not stand, take away the campaign's older ones, and return its name."""
    picture = chart_of(campaign)
    name = files.keep(picture) if picture else ""
    files.remove_unused({name}, folder=folder_of(campaign))
    return name
