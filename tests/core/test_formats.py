"""Dates as Britain writes and reads them."""

from datetime import date, datetime

from django import forms
from django.utils.formats import date_format


def test_the_day_stands_before_the_month():
    assert date_format(date(2026, 12, 3)) == "3 December 2026"
    assert date_format(date(2026, 12, 3), "SHORT_DATE_FORMAT") == "03/12/2026"
    assert date_format(datetime(2026, 12, 3, 9, 5), "DATETIME_FORMAT") == "3 December 2026, 09:05"  # noqa: DTZ001  (only written)


def test_a_typed_date_is_read_with_the_day_first():
    assert forms.DateField(localize=True).clean("03/12/2026") == date(2026, 12, 3)
    assert forms.DateField().clean("2026-12-03") == date(2026, 12, 3)
