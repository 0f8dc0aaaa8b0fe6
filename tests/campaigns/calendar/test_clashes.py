"""What every room offers to the calendar, and what clashes in it, by which rule."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from campaigns.calendar.clashes import at_once
from campaigns.calendar.entries import Claim
from campaigns.calendar.enums import EntryKind, Rule
from campaigns.calendar.gathering import entries_between, gather
from campaigns.models import Activity, Audience, Campaign, CampaignPage, Placement
from events.enums import State
from surveys.models import Questionnaire, Wave
from tests.factories.calendar import decided, make_entry, make_period
from tests.factories.campaigns import make_draft_page, make_live_page
from tests.factories.events import make_event, make_occurrence, make_venue
from tests.factories.surveys import make_survey, make_wave

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
OCTOBER = date(2027, 10, 1), date(2027, 10, 31)
WEEK = {"starts": date(2027, 10, 9), "ends": date(2027, 10, 16)}


def entry_of(kind: EntryKind, first=OCTOBER[0], last=OCTOBER[1]):
    return [entry for entry in entries_between(first, last) if entry.kind == kind]


def rules(first=OCTOBER[0], last=OCTOBER[1]) -> list[Rule]:
    return [clash.rule for clash in gather(first, last).clashes]


def wave_in_october(code: str) -> None:
    wave = make_wave(survey=make_survey(code=code), questionnaire=Questionnaire.objects.first())
    Wave.objects.filter(pk=wave.pk).update(opens=date(2027, 10, 1), closes=date(2027, 10, 9))


def at_the_hall(hour: int, venue, **fields):
    starts = datetime(2027, 10, 10, hour, tzinfo=LONDON)
    return make_occurrence(make_event(), starts=starts, ends=starts + timedelta(hours=2), venue=venue, **fields)


def test_a_campaign_says_how_far_it_has_come(campaign_index):
    make_draft_page("one", **WEEK)
    make_live_page("two", **WEEK)
    Campaign.objects.create(**{
        "code": "three", "title": "Three", "objective": Campaign.objects.first().objective, "aim": "A.",
        "closed_on": date(2027, 10, 20), **WEEK,
    })  # fmt: skip
    found = {entry.key: (entry.state, entry.needs_decision) for entry in entry_of(EntryKind.CAMPAIGN)}
    assert found == {"one": ("Draft", True), "two": ("Live", True), "three": ("Closed", False)}


@pytest.mark.parametrize(("first", "last", "is_there"), [(1, 8, False), (1, 9, True), (16, 20, True), (17, 20, False)])
def test_an_entry_is_there_from_its_first_day_to_its_last(campaign_index, first, last, is_there):
    make_draft_page(**WEEK)
    found = entry_of(EntryKind.CAMPAIGN, date(2027, 10, first), date(2027, 10, last))
    assert bool(found) == is_there


def test_a_page_stands_where_it_goes_live_and_where_it_comes_down(campaign_index):
    page = make_draft_page(**WEEK)
    goes_live = datetime(2027, 10, 8, 23, 0, tzinfo=UTC)  # midnight in Britain: the ninth
    page.go_live_at = goes_live
    page.save_revision(approved_go_live_at=goes_live)
    other = make_live_page("other", **WEEK)
    CampaignPage.objects.filter(pk=other.pk).update(expire_at=datetime(2027, 10, 20, 12, tzinfo=UTC))
    found = [(entry.title, entry.first.day, entry.state, entry.needs_decision) for entry in entry_of(EntryKind.PAGE)]
    assert found == [("Campaign no-place", 9, "Goes live", True), ("Campaign other", 20, "Comes down", False)]


def test_two_events_at_one_venue_at_once_clash_and_one_after_the_other_do_not(home):
    hall = make_venue(name="Batley Town Hall")
    at_the_hall(13, hall)
    at_the_hall(15, hall)
    at_the_hall(13, make_venue())
    assert rules() == []
    at_the_hall(14, hall)
    assert rules() == [Rule.VENUE, Rule.VENUE]
    assert "are at the same venue at once: Batley Town Hall." in gather(*OCTOBER).clashes[0].sentence


def test_an_event_that_was_called_off_clashes_with_nothing(home):
    hall = make_venue()
    at_the_hall(13, hall)
    at_the_hall(13, hall, state=State.CANCELLED)
    make_period(date(2027, 10, 1), days=31)
    assert [entry.is_off for entry in entry_of(EntryKind.EVENT)] == [False, True]
    assert rules() == [Rule.RESTRICTED]


def test_two_waves_that_ask_the_same_people_at_once_clash(home):
    for code, population in (("one", "Residents"), ("two", "Teachers")):
        wave_in_october(code)
        Wave.objects.filter(survey__code=code).update(population=population)
    assert rules() == []
    Wave.objects.filter(survey__code="two").update(population="residents")
    assert rules() == [Rule.PEOPLE_ASKED]


def test_one_entry_does_not_clash_with_itself():
    claim = Claim(Rule.AUDIENCE, "young", "Young people")
    one = make_entry(date(2027, 10, 1), date(2027, 10, 9), claims=(claim, claim))
    assert list(at_once([one])) == []


def test_whatever_the_public_meets_in_a_restricted_period_clashes_until_somebody_decides(campaign_index, manager):
    make_draft_page(**WEEK)
    at_the_hall(13, make_venue())
    period = make_period(date(2027, 10, 10), days=20)
    assert rules() == [Rule.RESTRICTED, Rule.RESTRICTED]
    sentence = gather(*OCTOBER).clashes[0].sentence
    assert sentence == (
        "“Campaign no-place” (campaign, 9 to 16 October 2027) falls into the restricted period “Local elections” "
        "(10 to 29 October 2027), and nobody has decided that it may."
    )
    [campaign] = entry_of(EntryKind.CAMPAIGN)
    decided(period, campaign, manager)
    assert [clash.entries[0].kind for clash in gather(*OCTOBER).clashes] == [EntryKind.EVENT]


def test_a_decision_holds_for_one_period_alone(campaign_index, manager):
    make_draft_page(**WEEK)
    [campaign] = entry_of(EntryKind.CAMPAIGN)
    decided(make_period(date(2027, 10, 10)), campaign, manager)
    make_period(date(2027, 10, 12), name="Mourning")
    assert rules() == [Rule.RESTRICTED]


def test_a_decision_about_a_campaign_covers_its_pages(campaign_index, manager):
    page = make_draft_page(**WEEK)
    goes_live = datetime(2027, 10, 11, 9, tzinfo=UTC)
    page.save_revision(approved_go_live_at=goes_live)
    period = make_period(date(2027, 10, 10))
    assert rules() == [Rule.RESTRICTED, Rule.RESTRICTED]
    decided(period, entry_of(EntryKind.CAMPAIGN)[0], manager)
    assert rules() == []


def test_the_calendar_asks_as_much_for_three_of_everything_as_for_one(
    campaign_index, manager, django_assert_num_queries
):
    def add(number: int) -> None:
        page = make_live_page(f"campaign-{number}", **WEEK)
        page.save_revision(approved_go_live_at=datetime(2027, 10, 11, 9, tzinfo=UTC))
        at_the_hall(13 + number, make_venue())
        wave_in_october(f"survey-{number}")
        make_period(date(2027, 10, 10 + number), name=f"Period {number}")

    for before, number in enumerate((1, 2, 3)):
        add(number)
        if before != 1:
            with django_assert_num_queries(15):
                gather(*OCTOBER)


def planned(code: str, *, audience: str = "", channel: str = "", **dates) -> Campaign:
    """Return a campaign with an audience (targeted where it has a name) and a channel of its plan."""
    campaign = make_draft_page(code, **WEEK | dates).campaign
    Audience.objects.create(
        campaign=campaign, name=audience or f"The public of {code}", is_targeted=bool(audience), reason="They asked."
    )
    if channel:
        Activity.objects.create(campaign=campaign, channel=channel, what="Posts")
    return campaign


@pytest.mark.parametrize(
    ("one", "other", "names"),
    [
        ("Bus passengers", "bus passengers", ["Bus passengers"]),
        ("Bus passengers", "Students", []),
        ("Bus passengers", "", []),
        ("", "", ["everybody"]),
    ],
)
def test_two_campaigns_for_the_same_people_at_once_clash(campaign_index, one, other, names):
    planned("one", audience=one)
    planned("other", audience=other)
    assert rules() == [Rule.AUDIENCE] * len(names)
    assert [clash.sentence.rsplit(": ", 1)[1] for clash in gather(*OCTOBER).clashes] == [f"{name}." for name in names]


def test_two_campaigns_in_one_channel_at_once_clash_by_plan_or_placement_but_not_on_the_website(campaign_index):
    one = planned("one", audience="Students", channel="outdoor")
    Activity.objects.create(campaign=one, channel="web", what="A page")
    other = planned("other", audience="Teachers", channel="web")
    assert rules() == []
    placement = {"title": "A poster", "place": "Stand 4", **WEEK}
    for code in ("bus-41", "bus-42"):
        Placement.objects.create(campaign=other, code=code, channel="outdoor", **placement)
    assert rules() == [Rule.CHANNEL]


def test_campaigns_that_follow_each_other_or_are_closed_do_not_clash(campaign_index):
    planned("one", audience="Students", channel="print")
    planned("later", audience="Students", channel="print", starts=date(2027, 10, 17), ends=date(2027, 10, 20))
    assert rules() == []
    closed = planned("closed", audience="Students", channel="print")
    Campaign.objects.filter(pk=closed.pk).update(closed_on=date(2027, 10, 16))
    assert rules() == []


def test_a_placement_stands_in_its_days_and_falls_under_its_campaign_s_decision(campaign_index, manager):
    campaign = planned("one")
    Placement.objects.create(
        campaign=campaign, code="bus-42", title="A poster", place="Stand 4", channel="print", **WEEK
    )
    period = make_period(date(2027, 10, 10))
    [poster] = entry_of(EntryKind.PLACEMENT)
    assert (poster.title, poster.state) == ("A poster (Campaign one)", "Print")
    assert rules() == [Rule.RESTRICTED, Rule.RESTRICTED]
    decided(period, entry_of(EntryKind.CAMPAIGN)[0], manager)
    assert rules() == []
