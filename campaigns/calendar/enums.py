"""Closed lists of the calendar."""

from django.db.models import IntegerChoices, TextChoices


class EntryKind(TextChoices):
    """What an entry of the calendar is."""

    CAMPAIGN = "campaign", "Campaign"
    PAGE = "page", "Page"
    EVENT = "event", "Event"
    WAVE = "wave", "Survey"
    PLACEMENT = "placement", "Placement"
    AWARENESS = "awareness", "Awareness date"
    PERIOD = "period", "Restricted period"


class PeriodKind(TextChoices):
    """Why a council says less for a while."""

    ELECTION = "election", "Election"
    MOURNING = "mourning", "Mourning"
    OTHER = "other", "Other"


class DateRule(TextChoices):
    """How the days of an awareness date are known."""

    DAY = "day", "The same day each year"
    MONTH = "month", "A whole month each year"
    WEEKDAYS = "weekdays", "A weekday of a month, such as the second Saturday of October"
    ANNOUNCED = "announced", "Announced for each year by those who hold it"


class Month(IntegerChoices):
    """The months, as calendars number them."""

    JANUARY = 1, "January"
    FEBRUARY = 2, "February"
    MARCH = 3, "March"
    APRIL = 4, "April"
    MAY = 5, "May"
    JUNE = 6, "June"
    JULY = 7, "July"
    AUGUST = 8, "August"
    SEPTEMBER = 9, "September"
    OCTOBER = 10, "October"
    NOVEMBER = 11, "November"
    DECEMBER = 12, "December"


class Weekday(IntegerChoices):
    """The days of a week, as ``date.weekday`` numbers them."""

    MONDAY = 0, "Monday"
    TUESDAY = 1, "Tuesday"
    WEDNESDAY = 2, "Wednesday"
    THURSDAY = 3, "Thursday"
    FRIDAY = 4, "Friday"
    SATURDAY = 5, "Saturday"
    SUNDAY = 6, "Sunday"


class Nth(IntegerChoices):
    """Which weekday of a month. The last one is the fourth or the fifth."""

    FIRST = 1, "first"
    SECOND = 2, "second"
    THIRD = 3, "third"
    FOURTH = 4, "fourth"
    LAST = 5, "last"


class Rule(TextChoices):
    """Why two things should not be at once."""

    RESTRICTED = "restricted", "Inside a restricted period"
    AUDIENCE = "audience", "The same audience"
    CHANNEL = "channel", "The same channel"
    VENUE = "venue", "The same venue"
    PEOPLE_ASKED = "people-asked", "The same people asked"
