"""Restricted periods bind: what falls into one needs a named decision, and no page is approved without it."""

import html
import re
from datetime import date, timedelta
from email import message_from_bytes

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, WorkflowState

from campaigns.actions.calendar import decide, withdraw_decision
from campaigns.calendar.entries import today
from campaigns.calendar.enums import EntryKind, PeriodKind
from campaigns.calendar.gathering import entries_between
from campaigns.models import CampaignPage, Decision, RestrictedPeriod
from campaigns.obstacles import restricted_periods
from core.models import Deputy, DutyOfficer, OutboxMessage
from core.privacy import purge_all
from core.tasks import publish_scheduled
from core.waiting import for_user
from surveys.models import SurveyPage
from tests.factories.calendar import decided, make_entry, make_period
from tests.factories.campaigns import make_draft_page
from tests.factories.events import make_event, make_event_page
from tests.factories.surveys import make_survey

pytestmark = pytest.mark.django_db


def in_days(days: int) -> date:
    return today() + timedelta(days=days)


def campaign_in(first: int, last: int, code: str = "no-place", by=None) -> CampaignPage:
    return make_draft_page(code, starts=in_days(first), ends=in_days(last), by=by)


def campaign_entry(code: str = "no-place"):
    found = entries_between(in_days(-400), in_days(400))
    return next(entry for entry in found if (entry.kind, entry.key) == (EntryKind.CAMPAIGN, code))


def send_in(page, by):
    page.save_revision(user=by)
    page.get_workflow().start(page, by)
    return page


def approve(page, by) -> None:
    state = WorkflowState.objects.get(object_id=page.pk, status="in_progress").current_task_state
    state.task.specific.on_action(state, by, "approve")


def address(period, entry) -> str:
    return f"{reverse('restricted_period_decide', args=[period.pk])}?kind={entry.kind}&key={entry.key}"


class TestApproval:
    def test_a_page_whose_campaign_runs_in_one_is_approved_only_after_a_decision(
        self, client, campaign_index, officer, manager
    ):
        page = send_in(campaign_in(20, 30, by=officer), officer)
        period = make_period(in_days(25))
        client.force_login(manager)
        screen = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert "Nobody can approve this page yet." in screen
        assert "runs in the restricted period “Local elections”" in screen
        assert not {name for name, _, _ in _offered(page, manager)} & {"approve"}
        with pytest.raises(PermissionDenied):
            approve(page, manager)
        assert not CampaignPage.objects.get(pk=page.pk).live

        decided(period, campaign_entry(), manager)
        assert "Nobody can approve" not in client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
        approve(page, manager)
        assert CampaignPage.objects.get(pk=page.pk).live

    def test_a_withdrawn_decision_binds_again(self, campaign_index, officer, manager):
        page = campaign_in(20, 30, by=officer)
        decision = decided(make_period(in_days(25)), campaign_entry(), manager)
        assert list(restricted_periods(page)) == []
        withdraw_decision(decision=decision, by=manager)
        assert len(list(restricted_periods(page))) == 1

    @pytest.mark.parametrize(
        ("begins", "goes_live", "is_kept"),
        [(0, None, True), (1, None, False), (3, 5, True), (3, 2, False), (-9, 5, False)],
    )
    def test_any_page_that_would_go_live_in_one_is_kept_back(self, campaign_index, begins, goes_live, is_kept):
        page = campaign_in(100, 110)
        page.go_live_at = timezone.now() + timedelta(days=goes_live) if goes_live else None
        make_period(in_days(begins), days=6)
        assert [("It would go live" in said) for said in restricted_periods(page)] == [True] * is_kept

    def test_a_decision_about_the_page_lets_it_go_live(self, client, campaign_index, officer, manager):
        page = send_in(campaign_in(100, 110, by=officer), officer)
        period = make_period(today())
        client.force_login(manager)
        screen = client.get(reverse("restricted_period", args=[period.pk])).content.decode()
        assert "Waits for approval" in screen
        form = f"{reverse('restricted_period_decide', args=[period.pk])}?kind=page&key={page.translation_key}"
        assert client.post(form, {"reason": "It corrects a telephone number."}).status_code == 302
        approve(page, manager)
        assert CampaignPage.objects.get(pk=page.pk).live

    def test_a_page_that_was_scheduled_before_the_period_was_entered_waits_for_a_decision(
        self, campaign_index, officer, manager
    ):
        page = campaign_in(100, 110, by=officer)
        page.go_live_at = timezone.now() + timedelta(days=2)
        approve(send_in(page, officer), manager)
        period = make_period(in_days(1))
        OutboxMessage.objects.all().delete()
        with time_machine.travel(timezone.now() + timedelta(days=2, minutes=5)):
            publish_scheduled()
            publish_scheduled()
            assert not CampaignPage.objects.get(pk=page.pk).live
            told = OutboxMessage.objects.get()
            assert (told.recipients, told.subject) == ([manager.email], "Not gone live: Campaign no-place")
            assert (
                "in the restricted period “Local elections”"
                in message_from_bytes(bytes(told.mime)).get_payload(decode=True).decode()
            )
            assert "Restricted period" in [thing.what for thing in for_user(manager)]

            entry = make_entry(today(), kind=EntryKind.PAGE, key=str(page.translation_key))
            decided(period, entry, manager)
            publish_scheduled()
            assert CampaignPage.objects.get(pk=page.pk).live

    def test_what_belongs_to_the_campaign_waits_for_the_same_decision(self, campaign_index, manager):
        campaign = campaign_in(20, 30).campaign
        period = make_period(in_days(25))
        event_page = make_event_page(make_event(campaign=campaign))
        survey = make_survey()
        survey.campaign = campaign
        survey_page = SurveyPage(title="S", slug="s", survey=survey)
        for page in (event_page, survey_page):
            assert ["“Campaign no-place”" in said for said in restricted_periods(page)] == [True]
        decided(period, campaign_entry(), manager)
        assert [*restricted_periods(event_page), *restricted_periods(survey_page)] == []

    def test_a_decision_about_a_campaign_lets_no_page_of_its_events_go_live_in_the_period(
        self, campaign_index, manager
    ):
        campaign = campaign_in(-5, 30).campaign
        period = make_period(today())
        decided(period, campaign_entry(), manager)
        assert list(restricted_periods(make_event_page(make_event(campaign=campaign)))) != []
        assert list(restricted_periods(campaign.pages.get())) == []

    def test_without_a_period_ahead_it_costs_one_query(self, campaign_index, django_assert_num_queries):
        page = campaign_in(20, 30)
        make_period(in_days(-30))
        with django_assert_num_queries(1):
            assert list(restricted_periods(page)) == []


def _offered(page, user):
    page = CampaignPage.objects.get(pk=page.pk)
    return page.current_workflow_task.get_actions(page, user)


class TestDeciding:
    def test_a_manager_records_a_decision_that_all_who_see_the_calendar_read(
        self, client, campaign_index, manager, make_user
    ):
        campaign_in(20, 30)
        period = make_period(in_days(25))
        client.force_login(manager)
        entry = campaign_entry()
        assert "What it restricts" in client.get(address(period, entry)).content.decode()
        answer = client.post(address(period, entry), {"reason": "It names no party."}, follow=True)
        assert "may go out in this period" in answer.content.decode()
        decision = Decision.objects.get()
        assert (decision.by, decision.kind, decision.key, decision.title) == (
            manager, "campaign", "no-place", "Campaign no-place"
        )  # fmt: skip
        assert ModelLogEntry.objects.get(action="campaigns.decide").data["reason"] == "It names no party."
        client.force_login(make_user("anna", "Survey analysts"))
        page = client.get(reverse("restricted_period", args=[period.pk])).content.decode()
        assert "It names no party." in page
        assert "Decided by martha" in page
        assert "Withdraw it" not in page

    def test_a_reason_is_asked_for_beside_its_field(self, client, campaign_index, manager):
        campaign_in(20, 30)
        period = make_period(in_days(25))
        client.force_login(manager)
        response = client.post(address(period, campaign_entry()), {"reason": "  "})
        assert response.status_code == 422
        assert "Say why it may go out in this period, in a few words." in response.content.decode()
        assert not Decision.objects.exists()

    def test_it_is_decided_once(self, client, campaign_index, manager):
        campaign_in(20, 30)
        period = make_period(in_days(25))
        decided(period, entry := campaign_entry(), manager)
        with pytest.raises(ValidationError, match="Somebody has decided this already"):
            decide(period=period, entry=entry, reason="Again.", by=manager)
        client.force_login(manager)
        assert "This is decided already" in client.get(address(period, entry)).content.decode()

    @pytest.mark.parametrize("name", ["kind=campaign&key=other", "kind=campaign", "", "kind=moon&key=no-place"])
    def test_only_what_falls_into_the_period_can_be_decided_about(self, client, campaign_index, manager, name):
        campaign_in(20, 30)
        period = make_period(in_days(25))
        client.force_login(manager)
        decide_at = reverse("restricted_period_decide", args=[period.pk])
        assert client.get(f"{decide_at}?{name}").status_code == 404

    def test_a_decision_is_withdrawn_and_stays_on_record(self, client, campaign_index, manager):
        campaign_in(20, 30)
        period = make_period(in_days(25))
        decision = decided(period, campaign_entry(), manager)
        client.force_login(manager)
        withdraw = reverse("decision_withdraw", args=[decision.pk])
        assert client.get(withdraw).status_code == 405
        page = client.post(withdraw, follow=True).content.decode()
        assert "Withdrawn by martha" in page
        assert "Without a decision (1)" in page
        assert "Somebody has withdrawn this decision already." in client.post(withdraw, follow=True).content.decode()

    @pytest.mark.parametrize("role", ["Communications officers", "Events leads", "Partners"])
    def test_nobody_but_managers_decides(self, client, campaign_index, make_user, manager, role):
        campaign_in(20, 30)
        period = make_period(in_days(25))
        decision = decided(period, campaign_entry(), manager)
        client.force_login(make_user("someone", role))
        for attempt in (address(period, campaign_entry()), reverse("decision_withdraw", args=[decision.pk])):
            assert client.post(attempt, {"reason": "Mine."}).status_code in {302, 403}
        assert Decision.objects.standing().get() == decision

    def test_a_period_with_decisions_is_not_deleted(self, client, campaign_index, manager):
        campaign_in(20, 30)
        period = make_period(in_days(25))
        decided(period, campaign_entry(), manager)
        client.force_login(manager)
        answer = client.post(reverse("restricted_periods:delete", args=[period.pk]), follow=True)
        assert "cannot be deleted, because it is still used by" in answer.content.decode()
        with pytest.raises(ProtectedError):
            period.delete()

    def test_the_page_of_a_period_asks_as_much_for_three_things_as_for_one(
        self, client, campaign_index, officer, manager, django_assert_num_queries
    ):
        period = make_period(in_days(25))
        client.force_login(manager)
        for number in (1, 2, 3):
            send_in(campaign_in(20, 30, f"campaign-{number}", by=officer), officer)
            if number == 2:
                continue
            client.get(reverse("restricted_period", args=[period.pk]))
            with django_assert_num_queries(29):
                client.get(reverse("restricted_period", args=[period.pk]))

    def test_decisions_go_six_years_after_their_period(self, campaign_index, manager):
        entry = make_entry(today())
        old, recent = make_period(in_days(-2300)), make_period(in_days(-2100), name="Mourning")
        decided(old, entry, manager)
        kept = decided(recent, entry, manager)
        purge_all(timezone.now())
        assert list(Decision.objects.all()) == [kept]


class TestWhoElseDecides:
    def test_who_is_on_duty_decides_about_a_draft_that_cannot_wait_and_publishes_it(
        self, client, campaign_index, officer, manager
    ):
        page = campaign_in(100, 110, by=officer)
        page.save_revision(user=officer)
        period = make_period(today())
        DutyOfficer.objects.create(user=officer, first_day=today(), last_day=today())
        client.force_login(officer)
        refused = client.post(reverse("approvals_urgent", args=[page.pk]), {"reason": "Now."})
        assert "It would go live in the restricted period" in refused.content.decode()
        assert not CampaignPage.objects.get(pk=page.pk).live

        screen = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        form = re.search(r'href="(/admin/campaigns/calendar/periods/[^"]*kind=page[^"]*)"', screen).group(1)
        assert client.post(html.unescape(form), {"reason": "People are in danger."}).status_code == 302
        assert Decision.objects.get().by == officer
        assert Decision.objects.get().period == period
        client.post(reverse("approvals_urgent", args=[page.pk]), {"reason": "Now."})
        assert CampaignPage.objects.get(pk=page.pk).live

    def test_who_stands_in_for_a_manager_decides_in_those_days(self, client, campaign_index, officer, manager):
        campaign_in(20, 30)
        period = make_period(in_days(25))
        Deputy.objects.create(for_whom=manager, user=officer, first_day=today(), last_day=today())
        client.force_login(officer)
        client.post(address(period, campaign_entry()), {"reason": "It names no party."})
        assert Decision.objects.get().by == officer
        Deputy.objects.update(first_day=in_days(-3), last_day=in_days(-1))
        withdraw = reverse("decision_withdraw", args=[Decision.objects.get().pk])
        assert client.post(withdraw).status_code in {302, 403}
        assert Decision.objects.standing().exists()

    def test_an_officer_finds_no_button_for_it_on_a_page(self, client, campaign_index, officer):
        page = campaign_in(100, 110, by=officer)
        period = make_period(today())
        client.force_login(officer)
        screen = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert "Nobody can approve this page yet." in screen
        assert reverse("restricted_period_decide", args=[period.pk]) not in screen

    @pytest.mark.parametrize("key", ["", "x", "0f6f4b4c-7f0c-4c1c-9a55-1a3a4e3f0f01"])
    def test_a_page_that_there_is_not_is_not_decided_about(self, client, manager, key):
        period = make_period(today())
        client.force_login(manager)
        form = reverse("restricted_period_decide", args=[period.pk])
        assert client.get(form, {"kind": "page", "key": key}).status_code == 404


class TestWaiting:
    def test_managers_are_told_of_what_nobody_decided_about(self, campaign_index, officer, manager):
        campaign_in(20, 60)
        make_period(in_days(25))
        make_period(in_days(-25), name="Over")
        told = [thing for thing in for_user(manager) if thing.what == "Restricted period"]
        assert [(thing.title, thing.is_late) for thing in told] == [("Campaign no-place", False)]
        assert "falls into “Local elections”" in told[0].when
        assert not [thing for thing in for_user(officer) if thing.what == "Restricted period"]

    def test_it_is_late_once_the_period_has_begun(self, campaign_index, manager):
        campaign_in(-5, 60)
        make_period(today())
        assert [thing.is_late for thing in for_user(manager) if thing.what == "Restricted period"] == [True]


class TestRows:
    def test_a_manager_enters_one_and_keeps_what_was_typed_when_it_is_wrong(self, client, campaign_index, manager):
        client.force_login(manager)
        form = {
            "name": "Local elections", "kind": "election", "starts": "2027-05-06", "ends": "2027-03-22",
            "restricts": "No publicity.", "source": "Notice of election", "source_url": "",
        }  # fmt: skip
        refused = client.post(reverse("restricted_periods:add"), form).content.decode()
        assert "The last day is before the first day. Change one of the two." in refused
        assert "No publicity." in refused
        client.post(reverse("restricted_periods:add"), form | {"starts": "2027-03-22", "ends": "2027-05-06"})
        assert RestrictedPeriod.objects.get().days == "22 March to 6 May 2027"

    def test_officers_read_them_and_change_none(self, client, officer):
        make_period(today())
        client.force_login(officer)
        assert "Local elections" in client.get(reverse("restricted_periods:index")).content.decode()
        assert client.get(reverse("restricted_periods:add")).status_code == 302

    @pytest.mark.parametrize(
        "wrong",
        [{"ends": date(2027, 3, 1)}, {"name": ""}, {"restricts": ""}, {"source": ""}, {"kind": "moon"}],
    )
    def test_the_database_refuses_a_period_that_makes_no_sense(self, wrong):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_period(date(2027, 3, 22), **wrong)

    def test_the_database_refuses_the_same_period_twice(self):
        make_period(date(2027, 3, 22))
        with pytest.raises(IntegrityError), transaction.atomic():
            make_period(date(2027, 3, 22), kind=PeriodKind.OTHER)

    def test_the_database_refuses_decisions_that_make_no_sense(self, manager):
        period = make_period(date(2027, 3, 22))
        row = {"period": period, "kind": "campaign", "key": "a", "title": "A", "reason": "Yes.", "by": manager}
        Decision.objects.create(**row)
        before = timezone.now() - timedelta(days=1)
        for wrong in ({}, {"key": "b", "reason": ""}, {"key": ""}, {"key": "b", "kind": "moon"}, {"withdrawn": before}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Decision.objects.create(**row | wrong)
        Decision.objects.create(**row | {"withdrawn": timezone.now() + timedelta(days=1)})
