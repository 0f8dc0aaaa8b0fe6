"""What is counted, and how a count came to be."""

from django.db.models import TextChoices


class Metric(TextChoices):
    """What a count counts. Counts of different metrics are never added together."""

    VIEWS = "views", "Page views"
    DAILY_VISITORS = "daily_visitors", "Daily visitors"
    ARRIVALS = "arrivals", "Arrivals by a link or code"
    DOWNLOADS = "downloads", "Downloads"
    OPENS = "opens", "Emails opened"
    CLICKS = "clicks", "Clicks in emails"
    ATTENDANCE = "attendance", "Attendance"
    DISTRIBUTED = "distributed", "Copies distributed"
    IMPRESSIONS = "impressions", "Times shown"


class Method(TextChoices):
    """How a quantity is known."""

    COUNTED = "counted", "Counted"
    REPORTED = "reported", "Reported to us"
    ESTIMATED = "estimated", "Estimated"


# Only these say which placement brought them.
PLACED_METRICS = (Metric.ARRIVALS, Metric.DISTRIBUTED, Metric.IMPRESSIONS)

# These are counted from requests to this site, by the rule of `reach.queries.is_countable`.
WEB_METRICS = (Metric.VIEWS, Metric.DAILY_VISITORS, Metric.ARRIVALS, Metric.DOWNLOADS)
