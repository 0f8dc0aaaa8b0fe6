"""Awareness dates: worked out by rule, or as announced; laid with their sources."""

import html
import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from campaigns.actions.calendar import lay_awareness_dates
from campaigns.calendar.awareness import days_between, days_by_rule, nth_weekday
from campaigns.calendar.enums import DateRule, Nth, Weekday
from campaigns.calendar.gathering import entries_between
from campaigns.models import AnnouncedDate, AwarenessDate

pytestmark = pytest.mark.django_db


def date_by(rule: DateRule, **fields) -> AwarenessDate:
    return AwarenessDate(name="A day", rule=rule, source="Those who hold it", **fields)


@pytest.mark.parametrize(
    ("year", "first", "last"),
    [
        # As the charity that holds it posted for these years.
        (2015, 10, 17),
        (2016, 8, 15),
        (2020, 10, 17),
        (2023, 14, 21),
        (2026, 10, 17),
        (2027, 9, 16),
        (2028, 14, 21),
    ],
)
def test_the_awareness_week_runs_from_the_second_to_the_third_saturday_of_october(year, first, last):
    lay_awareness_dates()
    week = AwarenessDate.objects.get(name="National Hate Crime Awareness Week")
    assert days_by_rule(week, year) == (date(year, 10, first), date(year, 10, last))
    assert week.rule_in_words == "From the second to the third Saturday of October"


def test_a_month_ends_with_its_last_day_in_leap_years_too():
    month = date_by(DateRule.MONTH, month=2)
    assert [days_by_rule(month, year)[1].day for year in (2027, 2028)] == [28, 29]


@pytest.mark.parametrize(("month", "day"), [(8, 30), (5, 31), (2, 22)])
def test_the_last_weekday_of_a_month_is_the_fourth_or_the_fifth(month, day):
    assert nth_weekday(2027, month, Weekday.MONDAY, Nth.LAST) == date(2027, month, day)
    assert nth_weekday(2027, month, Weekday.MONDAY, Nth.LAST) + timedelta(days=7) > date(2027, month, 28)


def test_announced_dates_are_never_worked_out():
    lay_awareness_dates()
    week = AwarenessDate.objects.get(name="Anti-Bullying Week")
    AnnouncedDate.objects.create(
        awareness=week, starts=date(2026, 11, 16), ends=date(2026, 11, 20), source="Those who hold it"
    )
    years = {year: list(days_between(week, date(year, 1, 1), date(year, 12, 31))) for year in (2025, 2026, 2027)}
    assert years == {2025: [], 2026: [(date(2026, 11, 16), date(2026, 11, 20))], 2027: []}


def test_the_list_says_when_each_falls_next_and_what_nobody_has_announced_yet(client, officer):
    lay_awareness_dates()
    refugees = AwarenessDate.objects.get(name="Refugee Week")
    for year in (2026, 2027):
        days = {"starts": date(year, 6, 14), "ends": date(year, 6, 20)}
        AnnouncedDate.objects.create(awareness=refugees, source="They", **days)
    client.force_login(officer)
    with time_machine.travel(date(2026, 12, 3)):
        page = client.get(reverse("awareness_dates:index")).content.decode()
    rows = {row[0]: row[2] for row in map(cells, re.findall(r"<tr.*?</tr>", page, re.DOTALL)) if len(row) == 4}
    assert rows["Refugee Week"] == "14 to 20 June 2027"
    assert rows["International Day of Persons with Disabilities"] == "3 December 2026"
    assert rows["LGBT+ History Month"] == "1 to 28 February 2027"
    assert rows["Inter Faith Week"] == "Not announced here yet"


def cells(row: str) -> list[str]:
    found = re.findall(r"<td.*?</td>", row, re.DOTALL)
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for cell in found]


def test_what_is_laid_has_a_source_for_every_date_and_is_laid_once():
    assert lay_awareness_dates() == AwarenessDate.objects.count() > 10
    assert not AwarenessDate.objects.filter(source="").exists()
    AwarenessDate.objects.filter(name="Black History Month").update(source="Read in a letter")
    assert lay_awareness_dates() == 0
    assert AwarenessDate.objects.get(name="Black History Month").source == "Read in a letter"


def test_the_calendar_shows_them_in_any_year_in_a_fixed_number_of_queries(django_assert_num_queries):
    lay_awareness_dates()
    weeks = AwarenessDate.objects.filter(rule=DateRule.ANNOUNCED)
    AnnouncedDate.objects.create(awareness=weeks[0], starts=date(2031, 2, 3), ends=date(2031, 2, 9), source="They")
    february = {entry.title: entry.when for entry in entries_between(date(2031, 2, 1), date(2031, 2, 28))}
    assert february == {
        "LGBT+ History Month": "1 to 28 February 2031",
        weeks[0].name: "3 to 9 February 2031",
    }
    with django_assert_num_queries(2):
        [*AwarenessDate.objects.prefetch_related("announced")]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"rule": DateRule.DAY, "month": 4}, "day"),
        ({"rule": DateRule.DAY, "month": 4, "day": 31}, "day"),
        ({"rule": DateRule.DAY, "month": 2, "day": 29}, "day"),
        ({"rule": DateRule.MONTH, "month": 4, "day": 1}, "day"),
        ({"rule": DateRule.WEEKDAYS, "month": 4, "nth": 2}, "weekday"),
        ({"rule": DateRule.WEEKDAYS, "month": 4, "nth": 3, "last_nth": 2, "weekday": 5}, "last_nth"),
        ({"rule": DateRule.ANNOUNCED, "month": 4}, "month"),
    ],
)
def test_a_rule_that_lacks_something_or_has_too_much_is_refused_beside_the_field(fields, field):
    with pytest.raises(ValidationError) as refused:
        date_by(**fields).full_clean()
    assert field in refused.value.message_dict


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ""},
        {"source": ""},
        {"day": None},
        {"day": 32},
        {"month": 13},
        {"nth": 2},
        {"rule": DateRule.ANNOUNCED},
        {"rule": DateRule.WEEKDAYS, "day": None, "nth": 3, "last_nth": 2, "weekday": 5},
        {"rule": DateRule.WEEKDAYS, "day": None, "nth": 6, "weekday": 5},
        {"rule": DateRule.WEEKDAYS, "day": None, "nth": 1, "weekday": 7},
        {"rule": "moon"},
    ],
)
def test_the_database_refuses_a_date_that_makes_no_sense(fields):
    row = {"name": "A day", "rule": DateRule.DAY, "month": 4, "day": 1, "source": "They"}
    AwarenessDate.objects.create(**row).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        AwarenessDate.objects.create(**row | fields)


def test_the_database_refuses_an_announcement_that_makes_no_sense():
    week = AwarenessDate.objects.create(name="A week", rule=DateRule.ANNOUNCED, source="They")
    given = {"awareness": week, "starts": date(2027, 2, 1), "ends": date(2027, 2, 7), "source": "They"}
    AnnouncedDate.objects.create(**given)
    for wrong in ({"starts": date(2027, 2, 8), "ends": date(2027, 2, 9)}, {"ends": date(2026, 1, 1)}, {"source": ""}):
        year = {} if "starts" in wrong else {"starts": date(2028, 2, 1), "ends": date(2028, 2, 2)}
        with pytest.raises(IntegrityError), transaction.atomic():
            AnnouncedDate.objects.create(**given | year | wrong)


def test_an_officer_enters_the_days_of_a_year_and_keeps_what_was_typed_when_they_are_wrong(client, officer):
    lay_awareness_dates()
    week = AwarenessDate.objects.get(name="Refugee Week")
    client.force_login(officer)
    form = {
        "name": week.name, "rule": week.rule, "source": week.source, "source_url": "", "month": "", "day": "",
        "nth": "", "last_nth": "", "weekday": "", "announced-TOTAL_FORMS": 1, "announced-INITIAL_FORMS": 0,
        "announced-MIN_NUM_FORMS": 0, "announced-MAX_NUM_FORMS": 1000, "announced-0-starts": "2027-06-20",
        "announced-0-ends": "2027-06-14", "announced-0-source": "Refugee Week", "announced-0-source_url": "",
    }  # fmt: skip
    address = reverse("awareness_dates:edit", args=[week.pk])
    refused = client.post(address, form).content.decode()
    assert "The last day is before the first day. Change one of the two." in refused
    assert 'value="2027-06-20"' in refused
    assert client.post(address, form | {"announced-0-starts": "2027-06-14", "announced-0-ends": "2027-06-20"}).url
    assert [f"{one.year} {one.days}" for one in week.announced.all()] == ["2027 14 to 20 June 2027"]
