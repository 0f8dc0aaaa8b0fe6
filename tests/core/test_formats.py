"""Dates and numbers as each language writes and reads them."""

from datetime import date, datetime

import pytest
from django import forms
from django.utils import translation
from django.utils.formats import date_format

from core.numbers import in_order, number, telephones_in_order

ISOLATED = "\u2066{}\u2069"


def test_the_day_stands_before_the_month():
    assert date_format(date(2026, 12, 3)) == "3 December 2026"
    assert date_format(date(2026, 12, 3), "SHORT_DATE_FORMAT") == "03/12/2026"
    assert date_format(datetime(2026, 12, 3, 9, 5), "DATETIME_FORMAT") == "3 December 2026, 09:05"  # noqa: DTZ001  (only written)


def test_a_typed_date_is_read_with_the_day_first():
    assert forms.DateField(localize=True).clean("03/12/2026") == date(2026, 12, 3)
    assert forms.DateField().clean("2026-12-03") == date(2026, 12, 3)


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("en", "3 December 2026", "December 2026"),
        ("ur", "3 دسمبر 2026", "دسمبر 2026"),
        ("gu", "3 ડિસેમ્બર 2026", "ડિસેમ્બર 2026"),
        ("pl", "3 grudnia 2026", "grudzień 2026"),
    ],
)
def test_a_date_has_the_months_of_its_language_and_western_digits(language, day, month):
    with translation.override(language):
        assert date_format(date(2026, 12, 3)) == day
        assert date_format(date(2026, 12, 3), "YEAR_MONTH_FORMAT") == month


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "1,234.5"),
        ("ur", "1,234.5"),
        ("gu", "1,234.5"),
        ("pl", "1\xa0234,5"),
        ("en-x-pl", "1,234.5"),  # English words at a Polish address
    ],
)
def test_a_number_has_the_signs_of_its_language_and_western_digits(language, written):
    with translation.override(language):
        assert number(1234.54, 1) == written


def test_a_number_is_rounded_not_cut():
    assert [number(54.6), number(999.96, 1), number(-0.25, 2), number(12)] == ["55", "1,000.0", "-0.25", "12"]


@pytest.mark.parametrize(("language", "kept"), [("en", "-3.4"), ("pl", "-3.4"), ("ur", ISOLATED.format("-3.4"))])
def test_a_number_with_signs_is_kept_apart_from_words_that_go_the_other_way(language, kept):
    with translation.override(language):
        assert in_order("-3.4") == kept


@pytest.mark.parametrize("telephone", ["0800 138 1625", "01484 221000", "+44 (0)1484 221000", "(01484) 221-000"])
def test_telephone_numbers_in_words_from_right_to_left_keep_their_order(telephone):
    with translation.override("ur"):
        assert (
            telephones_in_order(f"<p>کال کریں {telephone}</p>") == f'<p>کال کریں <bdi dir="ltr">{telephone}</bdi></p>'
        )
    with translation.override("pl"):
        assert telephones_in_order(f"<p>Tel. {telephone}.</p>") == f"<p>Tel. {telephone}.</p>"


@pytest.mark.parametrize("html", ['<a href="tel:08001381625">کال</a>', "<p>2017-2020، 101، 1,250,000</p>"])
def test_what_is_no_telephone_number_among_words_is_left(html):
    with translation.override("ur"):
        assert telephones_in_order(html) == html
