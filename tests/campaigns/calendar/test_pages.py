"""The calendar's pages in the admin: the month, the list, who sees them, and whatever an address asks."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from wagtail.users.models import UserProfile

from campaigns.actions.calendar import lay_awareness_dates
from campaigns.calendar.enums import DateRule
from campaigns.models import AwarenessDate
from tests.factories.calendar import make_period
from tests.factories.campaigns import make_draft_page
from tests.factories.events import make_event, make_occurrence

pytestmark = pytest.mark.django_db

MONTH = reverse("campaign_calendar")
LIST = reverse("campaign_calendar_list")


@pytest.fixture
def october(client, officer):
    """Sign an officer in, with a campaign, an event and awareness dates in October 2026."""
    lay_awareness_dates()
    make_draft_page(title="Say it together", starts=date(2026, 10, 10), ends=date(2026, 10, 17))
    late = datetime(
        2026, 10, 24, 23, 30, tzinfo=UTC
    )  # half past midnight in Britain, on the day that the clocks go back
    make_occurrence(make_event(title="Night walk"), starts=late)
    client.force_login(officer)


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def cell(html: str, day: str) -> str:
    return words(re.search(rf'<td[^>]*>\s*<time datetime="{day}">.*?</td>', html, re.DOTALL).group())


def test_a_month_shows_what_lasts_across_its_weeks_and_what_is_in_a_day(client, october):
    page = client.get(MONTH, {"month": "2026-10"}).content.decode()
    assert "October 2026" in words(page)
    assert "Night walk" in cell(page, "2026-10-25")
    assert "00:30" in cell(page, "2026-10-25")
    assert "Night walk" not in cell(page, "2026-10-24")
    bars = [words(bar) for bar in re.findall(r'<li class="calendar-entry.*?</li>', page, re.DOTALL)]
    assert [bar for bar in bars if "Say it together" in bar and "10 to 17 October 2026" in bar]
    assert [bar for bar in bars if "National Hate Crime Awareness Week" in bar]
    assert "Transgender Day of Remembrance" not in page


def test_days_are_britain_s_whatever_time_zone_somebody_has_chosen(client, october, officer):
    UserProfile.objects.update_or_create(user=officer, defaults={"current_time_zone": "Pacific/Auckland"})
    page = client.get(MONTH, {"month": "2026-10"}).content.decode()
    assert "00:30" in cell(page, "2026-10-25")
    with time_machine.travel(datetime(2026, 10, 25, 14, 0, tzinfo=UTC), tick=False):  # the 26th in Auckland
        today = re.search(
            r'<td[^>]*aria-current="date">\s*<time datetime="([\d-]+)"', client.get(MONTH).content.decode()
        )
    assert today.group(1) == "2026-10-25"


def test_a_table_says_which_day_each_cell_is_without_sight(client, october):
    page = client.get(MONTH, {"month": "2026-10"}).content.decode()
    assert re.findall(r'<th scope="col">(\w+day)</th>', page)[::6] == ["Monday", "Sunday"]
    assert "Sunday 25 October" in cell(page, "2026-10-25")
    assert "Over several days, in the week of 5 October:" in words(page)


def test_kinds_narrow_what_is_shown_and_stay_when_one_goes_on(client, october):
    page = client.get(MONTH, {"month": "2026-10", "kind": ["event", "page"]}).content.decode()
    assert "Night walk" in page
    assert "Say it together" not in page
    assert 'href="?month=2026-11&amp;kind=event&amp;kind=page"' in page
    assert "2026-10-01" in page  # the way to the same month as a list


@pytest.mark.parametrize("asked", ["2026-13", "x", "2026-", "9999-01", "²026-10", "2026-1²", "1999-12", "2100-01", "-"])
def test_a_month_that_makes_no_sense_shows_the_one_that_it_is(client, october, asked):
    with time_machine.travel(datetime(2026, 11, 30, 12, tzinfo=UTC), tick=False):
        assert "November 2026" in words(client.get(MONTH, {"month": asked}).content.decode())


@pytest.mark.parametrize(("asked", "missing"), [("2000-01", "Earlier month"), ("2099-12", "Later month")])
def test_the_first_and_the_last_month_lead_no_further(client, october, asked, missing):
    page = client.get(MONTH, {"month": asked}).content.decode()
    assert missing not in page
    assert "This month" in page


def test_the_list_shows_the_days_asked_for_and_only_clashes_where_that_is_asked(client, october):
    make_period(date(2026, 10, 20))
    days = {"first": "2026-10-01", "last": "2026-10-31"}
    page = client.get(LIST, days).content.decode()
    assert "Say it together" in page
    assert "25 October 2026, 00:30 to 02:30" not in page  # an hour comes twice: it ends two hours later, at 01:30
    assert "25 October 2026, 00:30 to 01:30" in page
    clashing = client.get(LIST, days | {"clashes": "on"}).content.decode()
    table = words(clashing[clashing.index("<table") :])
    assert "Night walk" in table
    assert "Say it together" not in table
    assert "A manager decides." in words(clashing)


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ({"first": "2026-10-31", "last": "2026-10-01"}, "This is before the first day. Change one of the two."),
        ({"first": "2026-10-01", "last": "2036-10-01"}, "The list shows two years at most. Give an earlier day."),
        ({"first": "yesterday"}, "Give a day."),
    ],
)
def test_days_that_make_no_sense_are_refused_beside_the_field(client, october, days, sentence):
    response = client.get(LIST, days)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert f'value="{days["first"]}"' in response.content.decode()


def test_a_manager_goes_from_a_clash_to_the_decision(client, october, manager):
    make_period(date(2026, 10, 20))
    client.force_login(manager)
    page = client.get(LIST, {"first": "2026-10-01", "last": "2026-10-31"}).content.decode()
    address = re.search(r'href="(/admin/campaigns/calendar/periods/\d+/decide/[^"]*)"', page).group(1)
    form = client.get(address.replace("&amp;", "&"))
    assert form.status_code == 200
    assert "Night walk" in form.content.decode()


def test_nobody_is_led_where_they_may_not_go(client, october, make_user):
    client.force_login(make_user("eve", "Events leads"))
    page = client.get(MONTH, {"month": "2026-10"}).content.decode()
    assert re.search(r'<a href="[^"]*occurrence[^"]*">Night walk', page)
    assert "Say it together" in page
    assert not re.search(r"<a [^>]*>Say it together", page)


@pytest.mark.parametrize("address", [MONTH, LIST, reverse("campaign_calendar_subscribe")])
def test_the_calendar_is_for_those_who_plan(client, make_user, campaign_index, address):
    answers = {"Survey analysts": 200, "Partners": 302, "Language checkers": 302}
    for role, status in answers.items():
        client.force_login(make_user(role.split()[0], role))
        assert client.get(address).status_code == status


@pytest.mark.parametrize("address", [MONTH, LIST])
def test_a_page_of_it_asks_as_much_for_three_of_everything_as_for_one(
    client, october, django_assert_num_queries, address
):
    asked = {"month": "2026-10", "first": "2026-10-01", "last": "2026-10-31"}
    client.get(address, asked)
    for number in (1, 2, 3):
        make_draft_page(f"more-{number}", starts=date(2026, 10, 20), ends=date(2026, 10, 21))
        make_occurrence(make_event(), starts=datetime(2026, 10, 20, 9, tzinfo=UTC) + timedelta(hours=number))
        make_period(date(2026, 10, 19 + number), name=f"Period {number}")
        if number != 2:
            with django_assert_num_queries(28):
                client.get(address, asked)


@pytest.mark.parametrize(("name", "queries"), [("restricted_periods", 14), ("awareness_dates", 15)])
def test_their_lists_ask_as_much_for_three_as_for_one(client, officer, django_assert_num_queries, name, queries):
    client.force_login(officer)
    for number in (1, 2, 3):
        make_period(date(2027, 1, number), name=f"Period {number}")
        AwarenessDate.objects.create(name=f"Week {number}", rule=DateRule.ANNOUNCED, source="They")
        client.get(reverse(f"{name}:index"))
        if number != 2:
            with django_assert_num_queries(queries):
                client.get(reverse(f"{name}:index"))
