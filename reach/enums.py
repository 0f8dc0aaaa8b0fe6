"""What is counted, and how a count came to be."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Metric(TextChoices):
    """What a count counts. Counts of different metrics are never added together."""

    VIEWS = "views", _("Page views")
    DAILY_VISITORS = "daily_visitors", _("Daily visitors")
    ARRIVALS = "arrivals", _("Arrivals by a link or code")
    DOWNLOADS = "downloads", _("Downloads")
    OPENS = "opens", _("Emails opened")
    CLICKS = "clicks", _("Clicks in emails")
    ATTENDANCE = "attendance", _("Attendance")
    DISTRIBUTED = "distributed", _("Copies distributed")
    IMPRESSIONS = "impressions", _("Times shown")


class Method(TextChoices):
    """How a quantity is known."""

    COUNTED = "counted", _("Counted")
    REPORTED = "reported", _("Reported to us")
    ESTIMATED = "estimated", _("Estimated")


# Only these say which placement brought them.
PLACED_METRICS = (Metric.ARRIVALS, Metric.DISTRIBUTED, Metric.IMPRESSIONS)

# These are counted from requests to this site, by the rule of `reach.queries.is_countable`.
WEB_METRICS = (Metric.VIEWS, Metric.DAILY_VISITORS, Metric.ARRIVALS, Metric.DOWNLOADS)

# These are counted elsewhere and entered here: leaflets given out, a poster's or a programme's audience, people in a
# hall, what a mailing service reports. What this site counts is never typed in.
OFFLINE_METRICS = (Metric.DISTRIBUTED, Metric.IMPRESSIONS, Metric.ATTENDANCE, Metric.OPENS, Metric.CLICKS)
OFFLINE_METHODS = (Method.REPORTED, Method.ESTIMATED)


class Confidence(TextChoices):
    """How sure a figure from elsewhere is, by what it rests on."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


# In the words that stand beside the choice.
CONFIDENCE_MEANS = {
    Confidence.HIGH: "A record that somebody else can check, such as a delivery note, an invoice or a platform's "
    "report. It is given as evidence.",
    Confidence.MEDIUM: "Somebody who was there counted, or a supplier said so, without a record that can be checked.",
    Confidence.LOW: "An estimate from something else, such as the usual number of passengers, or from memory.",
}
