"""Days on which the council's staff are at work: Monday to Friday, without England's bank holidays."""

from datetime import date, timedelta
from functools import lru_cache

from holidays import HolidayBase, country_holidays


@lru_cache(maxsize=1)
def _bank_holidays() -> HolidayBase:
    """Return England's bank holidays, of which a year is worked out when a day in it is first asked for."""
    return country_holidays("GB", subdiv="ENG")


def is_working_day(day: date) -> bool:
    """Tell whether ``day`` is a working day."""
    return day.weekday() < 5 and day not in _bank_holidays()


def working_days_since(day: date, today: date) -> int:
    """Return how many working days there are after ``day``, up to ``today`` and with it; 0 where there are none."""
    return sum(is_working_day(day + timedelta(days=number)) for number in range(1, (today - day).days + 1))
