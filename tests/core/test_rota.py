"""Deputies approve as the manager would, in their days and never their own work; duty officers are named by day."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from config.roles import MANAGERS, OFFICERS
from core.approvals.duty import approvers_now, is_on_duty
from core.models import Deputy, DutyOfficer, OutboxMessage
from tests.core.test_approvals import fresh, offered, review, submit
from tests.factories.campaigns import make_draft_page

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def draft(officer):
    return make_draft_page(by=officer)


@pytest.fixture
def dora(make_user, campaign_index):
    """Return an officer who may not approve by her own role."""
    return make_user("dora", OFFICERS)


def stand_in(manager, user, *, first=0, last=0):
    today = timezone.localdate()
    return Deputy.objects.create(
        for_whom=manager, user=user, first_day=today + first * DAY, last_day=today + last * DAY
    )


def post(client, model, **data):
    return client.post(reverse(f"wagtailsnippets_core_{model}:add"), data)


class TestDeputies:
    def test_a_deputy_approves_what_others_wrote(self, client, officer, manager, dora, draft):
        stand_in(manager, dora)
        submit(client, officer, draft)
        assert offered(draft, dora) == {"approve", "reject"}
        client.force_login(dora)
        assert "To approve" in client.get(reverse("wagtailadmin_home")).content.decode()
        review(client, dora, draft)
        assert fresh(draft).live

    @pytest.mark.parametrize("days", [{"first": -2, "last": -1}, {"first": 1, "last": 2}])
    def test_not_before_the_first_day_nor_after_the_last(self, client, manager, dora, draft, days):
        stand_in(manager, dora, **days)
        submit(client, draft.owner, draft)
        assert offered(draft, dora) == set()
        review(client, dora, draft)
        assert not fresh(draft).live

    def test_never_her_own_work(self, client, manager, dora):
        stand_in(manager, dora)
        page = make_draft_page("hers", by=dora)
        submit(client, dora, page)
        review(client, dora, page)
        assert not fresh(page).live

    def test_who_stands_in_for_somebody_who_may_not_approve_may_not_either(self, client, officer, dora, draft):
        stand_in(officer, dora)
        submit(client, officer, draft)
        assert offered(draft, dora) == set()

    def test_who_stands_in_for_somebody_who_left_may_not(self, client, officer, manager, dora, draft):
        stand_in(manager, dora)
        manager.is_active = False
        manager.save()
        submit(client, officer, draft)
        assert offered(draft, dora) == set()

    def test_she_gets_the_mail_that_managers_get(self, client, manager, dora, draft, make_user):
        make_user("omar", OFFICERS)
        stand_in(manager, dora)
        submit(client, draft.owner, draft)
        told = {address for row in OutboxMessage.objects.all() for address in row.recipients} or {
            address for message in mail.outbox for address in message.to
        }
        assert told == {manager.email, dora.email}

    def test_approvers_of_today_are_the_managers_and_who_stands_in(self, manager, dora, make_user, officer):
        stand_in(manager, dora)
        make_user("gone", MANAGERS, is_active=False)
        assert set(approvers_now()) == {manager, dora}


class TestDuty:
    def test_on_duty_from_the_first_to_the_last_day(self, officer, dora):
        today = timezone.localdate()
        DutyOfficer.objects.create(user=officer, first_day=today, last_day=today)
        DutyOfficer.objects.create(user=dora, first_day=today + DAY, last_day=today + DAY)
        assert (is_on_duty(officer), is_on_duty(dora)) == (True, False)

    def test_an_account_that_was_closed_is_not(self, officer):
        today = timezone.localdate()
        DutyOfficer.objects.create(user=officer, first_day=today, last_day=today)
        officer.is_active = False
        assert not is_on_duty(officer)


@pytest.fixture
def staffed(client, manager, make_user):
    """Return a client signed in as a manager, the manager, and a maker of accounts."""
    client.force_login(manager)
    return client, manager, make_user


class TestForms:
    def test_a_manager_names_a_deputy_and_a_duty_officer(self, client, manager, dora, officer):
        client.force_login(manager)
        today = timezone.localdate().isoformat()
        response = post(client, "deputy", for_whom=manager.pk, user=dora.pk, first_day=today, last_day=today)
        assert response.status_code == 302, response.context["form"].errors
        post(client, "dutyofficer", user=officer.pk, first_day=today, last_day=today)
        assert (Deputy.objects.get().user, DutyOfficer.objects.get().user) == (dora, officer)

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"first_day": 2, "last_day": 1}, "The last day is before the first day. Change one of the"),
            ({"first_day": -2, "last_day": -1}, "This day has passed. Give today or a later one."),
            ({"user": "manager"}, "Nobody stands in for themselves. Choose two people."),
            ({"for_whom": "officer"}, "Select a valid choice."),
        ],
    )
    def test_what_is_wrong_is_said_in_a_sentence(self, client, manager, dora, wrong, said):
        client.force_login(manager)
        people = {"manager": manager.pk, "officer": dora.pk}
        asked = {"for_whom": manager.pk, "user": dora.pk, "first_day": 0, "last_day": 0} | wrong
        data = {
            name: (timezone.localdate() + value * DAY).isoformat() if "day" in name else people.get(value, value)
            for name, value in asked.items()
        }
        errors = post(client, "deputy", **data).context["form"].errors
        assert said in " ".join(sentence for sentences in errors.values() for sentence in sentences)
        assert not Deputy.objects.exists()

    @pytest.mark.parametrize("model", ["deputy", "dutyofficer"])
    def test_officers_name_nobody(self, client, officer, model):
        client.force_login(officer)
        today = timezone.localdate().isoformat()
        post(client, model, for_whom=officer.pk, user=officer.pk, first_day=today, last_day=today)
        assert not Deputy.objects.exists()
        assert not DutyOfficer.objects.exists()

    @pytest.mark.parametrize("rows", [1, 3])
    @pytest.mark.parametrize("model", ["deputy", "dutyofficer"])
    def test_the_lists_ask_as_often_for_any_number(self, staffed, django_assert_num_queries, rows, model):
        client, manager, make_user = staffed
        today = timezone.localdate()
        for number in range(rows):
            user = make_user(f"user-{number}", OFFICERS)
            stand_in(manager, user)
            DutyOfficer.objects.create(user=user, first_day=today, last_day=today)
        address = reverse(f"wagtailsnippets_core_{model}:list")
        client.get(address)
        with django_assert_num_queries(14):
            client.get(address)


class TestRows:
    @pytest.mark.parametrize("model", [Deputy, DutyOfficer])
    def test_the_database_refuses_days_the_wrong_way_round(self, manager, dora, model):
        today = timezone.localdate()
        people = {"user": dora, **({"for_whom": manager} if model is Deputy else {})}
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(first_day=today, last_day=today - DAY, **people)

    def test_the_database_refuses_who_stands_in_for_themselves(self, manager):
        with pytest.raises(IntegrityError), transaction.atomic():
            stand_in(manager, manager)
