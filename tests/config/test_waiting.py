"""Each role's admin home begins with what waits for it, and for nobody else."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from django.utils.html import strip_tags

from campaigns.actions import close_campaign
from config import roles
from core.health import checks
from core.models import OutboxMessage
from core.outbox.models import State
from core.pictures.replacing import ask
from core.waiting import for_user
from indicators.models import Indicator
from surveys.actions import open_wave
from surveys.models import Wave
from tests.factories import indicators
from tests.factories.campaigns import make_draft_page, make_live_page
from tests.factories.events import make_event, make_event_page, make_occurrence
from tests.factories.pictures import picture
from tests.factories.schools import make_file, make_pack_page
from tests.factories.surveys import make_open_wave, make_survey, make_wave, sign_off


@pytest.fixture(autouse=True)
def _well(db):
    cache.set(checks.TICK_KEY, timezone.now(), None)
    yield
    cache.delete(checks.TICK_KEY)


@pytest.fixture
def lead(make_user, campaign_index):
    """Return a function that makes somebody with one role."""
    return lambda role: make_user(role.split()[0].lower(), role)


def told(user) -> list[tuple[str, str]]:
    """Return what waits, but for the pages of the factories, which nobody ever approved."""
    return [(thing.what, thing.title) for thing in for_user(user) if thing.what != "Never approved"]


def around_today(before: int, after: int) -> dict:
    today = timezone.localdate()
    return {"starts": today - timedelta(days=before), "ends": today + timedelta(days=after)}


def send_in(page, by):
    page.save_revision(user=by)
    page.get_workflow().start(page, by)
    return page


def test_the_home_of_whom_nothing_waits_for_says_so(client, lead):
    client.force_login(lead(roles.STRATEGIC_GROUP))
    page = strip_tags(client.get("/admin/").content.decode())

    assert "Waiting for you" in page
    assert "Nothing waits for you." in page


def test_a_manager_sees_what_others_sent_in_and_how_long_ago(client, officer, manager):
    page = send_in(make_draft_page("theirs", by=officer, **around_today(-90, 99)), officer)
    state = page.current_workflow_state.current_task_state
    type(state).objects.filter(pk=state.pk).update(started_at=timezone.now() - timedelta(days=3, hours=1))
    send_in(make_draft_page("own", by=manager, **around_today(-90, 99)), manager)
    edited = make_draft_page("edited", by=officer, **around_today(-90, 99))
    edited.save_revision(user=manager)
    send_in(edited, officer)

    assert told(manager) == [("To approve", "Campaign theirs")]
    client.force_login(manager)
    home = re.sub(r"\s+", " ", strip_tags(client.get("/admin/").content.decode())).replace("\xa0", " ")
    assert "To approve Campaign theirs sent in 3 days ago by olive" in home
    assert "Awaiting your review" not in home
    assert told(officer) == []


def test_what_a_manager_may_not_approve_hides_nothing(monkeypatch, officer, manager):
    edited = make_draft_page("edited", by=officer, **around_today(-90, 99))
    edited.save_revision(user=manager)
    send_in(edited, officer)
    send_in(make_draft_page("theirs", by=officer, **around_today(-90, 99)), officer)
    monkeypatch.setattr("core.waiting.MOST", 1)

    assert told(manager) == [("To approve", "Campaign theirs")]


def test_an_officer_sees_what_was_sent_back_and_why(officer, manager):
    page = send_in(make_draft_page(by=officer, **around_today(-90, 99)), officer)
    page.current_workflow_state.current_task_state.reject(user=manager, comment="Whose picture is it?")

    (thing,) = for_user(officer)
    assert (thing.what, thing.title) == ("Sent back to you", "Campaign no-place")
    assert "“Whose picture is it?”" in thing.when
    assert told(manager) == []


def test_an_officer_sees_campaigns_that_end_soon_or_have_no_page(officer, lead):
    make_live_page("ending", **around_today(5, 14))
    make_live_page("long", **around_today(5, 15))
    make_live_page("over", **around_today(5, -1))
    closed = make_live_page("closed", **around_today(5, 3)).campaign
    close_campaign(campaign=closed, by=officer)
    make_draft_page("late", **around_today(0, 60))
    make_draft_page("soon", **around_today(-14, 60))
    make_draft_page("far", **around_today(-15, 60))

    assert told(officer) == [
        ("Campaign without a page", "Campaign late"),
        ("Campaign ending", "Campaign ending"),
        ("Campaign without a page", "Campaign soon"),
        ("Campaign to evaluate", "Campaign closed"),
    ]
    assert told(lead(roles.ANALYSTS)) == []


def test_an_analyst_sees_waves_to_open_and_to_close(lead):
    make_open_wave(survey=make_survey("week"), days=7)
    late = make_open_wave(survey=make_survey("late"), questionnaire=Wave.objects.get().questionnaire, days=0)
    Wave.objects.filter(pk=late.pk).update(opens=timezone.localdate() - timedelta(days=3))
    Wave.objects.filter(pk=late.pk).update(closes=timezone.localdate() - timedelta(days=1))
    for code, opens_in, state_days in (("long", 0, 8), ("begun", 0, 9), ("later", 1, 9)):
        wave = make_wave(survey=make_survey(code), questionnaire=late.questionnaire, opens_in=opens_in, days=state_days)
        if code == "long":
            open_wave(wave=wave)

    found = [
        (thing.what, thing.when.split(";")[0].split(" 20")[0].split()[0]) for thing in for_user(lead(roles.ANALYSTS))
    ]
    assert found == [("Wave to close", "its"), ("Wave closing", "last"), ("Wave to open", "was")]


def test_colleagues_see_a_wave_to_sign_off_until_it_is_and_its_planner_does_not(lead, make_user, manager):
    planner = lead(roles.ANALYSTS)
    wave = make_wave(signed=False, opens_in=1, planned_by=planner)
    other = make_user("other", roles.ANALYSTS)

    assert told(planner) == []
    assert told(manager) == told(other) == [("Wave to sign off", "Your voice, wave 1")]
    sign_off(wave)
    assert told(manager) == told(other) == []


def test_an_events_lead_sees_dates_that_nobody_can_find(lead):
    unseen, seen = make_event(title="Unseen"), make_event(title="Seen")
    make_event_page(unseen, live=False)
    make_event_page(seen)
    for event in (unseen, seen):
        make_occurrence(event)
    make_occurrence(make_event(title="Far"), starts=timezone.now() + timedelta(days=29))

    assert told(lead(roles.EVENTS_LEADS)) == [("Event without a page", "Unseen")]


def test_a_schools_lead_sees_published_packs_without_files(lead):
    empty = make_pack_page().pack
    make_file(make_pack_page().pack)
    make_pack_page(live=False)

    assert told(lead(roles.SCHOOLS_LEADS)) == [("Lesson pack without files", empty.title)]


def test_a_coordinator_sees_indicators_that_cannot_be_computed(lead):
    indicators.indicator("B5")
    indicators.indicator("B6")
    Indicator.objects.filter(code="B5").update(problem="No wave is closed yet.", refreshed_at=timezone.now())

    assert told(lead(roles.COORDINATORS)) == [("Indicator not computed", "B5 Indicator B5")]


def test_an_administrator_sees_mail_in_doubt_and_work_that_stands_still(lead, manager):
    administrator = lead(roles.ADMINISTRATORS)
    for state in (State.IN_DOUBT, State.FAILED, State.SENT):
        OutboxMessage.objects.create(
            state=state,
            sender="a@example.org",
            recipients=[],
            subject="x",
            mime=b"",
            due=timezone.now(),
            finished=timezone.now(),
        )
    review = ("To review", "Accessibility statement")
    assert told(administrator) == [("Mail", "2 messages in doubt or not sent"), review]

    cache.delete(checks.TICK_KEY)
    assert [what for what, _ in told(administrator)] == ["Health", "Mail", "To review"]
    assert told(manager) == []


QUERIES_OF_THE_LIST = 59


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_as_often_for_one_thing_as_for_three(make_user, officer, many, django_assert_num_queries):
    everything = make_user("everything", *roles.ROLES)
    for number in range(many):
        send_in(make_draft_page(f"sent-{number}", by=officer, **around_today(1, 1)), officer)
        make_live_page(f"ending-{number}", **around_today(1, 1))
        make_occurrence(make_event())
        make_pack_page()
        Indicator.objects.filter(pk=indicators.indicator(f"B{number}").pk).update(problem="No.")
        back = send_in(make_draft_page(f"back-{number}", by=everything, **around_today(-90, 99)), everything)
        back.current_workflow_state.current_task_state.reject(user=officer, comment="No.")
        shown = picture(f"Gone {number}", withdrawn_at=timezone.now(), withdrawn_because="Asked to.")
        picture(f"Ends {number}", ends_on=timezone.localdate())
        page = make_draft_page(f"pictured-{number}")
        page.hero_image = shown
        page.save(clean=False)
        page.save_revision(clean=False)
        ask(picture=shown, by=None, words={}, asked_by=officer)
    for_user(everything)  # content types are looked up once a process
    everything = type(everything).objects.get(pk=everything.pk)

    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        found = for_user(everything)
    assert len({thing.what for thing in found}) == 13
