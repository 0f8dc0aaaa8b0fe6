"""Preferences without an account: a link to whoever is on the audience, the same answer to everybody."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from campaigns.actions.updates.handing_over import hand_over_waiting
from campaigns.mailchimp.sandbox.members import make_member
from campaigns.mailchimp.sandbox.state import digest as member_hash
from campaigns.models import AudienceEvent, PreferencesRequest, SignUp
from campaigns.updates.addresses import digest
from campaigns.updates.enums import Ending, HandOver, Preferences, Standing
from core.models import OutboxMessage
from core.outbox.letters import Letter
from core.privacy import purge_all
from tests.campaigns.mailchimp.accounts import make_account
from tests.factories.updates import make_audience, open_updates

pytestmark = pytest.mark.django_db
ADA, ASK, SENT, DONE = (
    "ada@council.org.uk",
    "/updates/preferences/",
    "/updates/preferences/sent/",
    "/updates/preferences/done/",
)
START = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def account(mailchimp_sandbox, campaign_index):
    """Return an audience at Mailchimp, with Ada on it, that people can sign up to here."""
    account = make_account(mailchimp_sandbox, members=0, double_optin=True)
    make_member(mailchimp_sandbox.state, account.audience, ADA, status="subscribed")
    account.audience["_members"][member_hash(ADA)]["interests"][account.schools] = True
    areas = {account.events: "Events near you", account.schools: "Lessons for schools"}
    account.wording = open_updates(make_audience(account.id, areas=areas), areas=areas)
    return account


@pytest.fixture
def ask(client, account):
    """Return a function that asks for the preferences of an address, and lets the worker answer."""

    def post(email: str = ADA, *, prefix: str = "") -> str:
        """Return the link, empty where none was sent."""
        before = OutboxMessage.objects.count()
        answer = client.post(f"{prefix}{ASK}", {"email": email})
        assert (answer.status_code, answer["Location"]) == (302, f"{prefix}{SENT}")
        hand_over_waiting()
        return link() if OutboxMessage.objects.count() > before else ""

    return post


def mail() -> str:
    message = Letter(OutboxMessage.objects.latest("pk")).message()
    return message.get_payload(decode=True).decode()


def link() -> str:
    return re.search(r"https?://[^/]+(/\S*updates/preferences/\S+/)", mail()).group(1)


def member(account) -> dict:
    return account.audience["_members"][member_hash(ADA)]


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_whoever_is_on_the_audience_gets_a_link_without_their_address_in_it(ask, client):
    address = ask("Ada@Council.org.uk")
    assert OutboxMessage.objects.get().recipients == [ADA]
    assert "ada" not in address.lower().replace("updates", "")
    assert "It works once, for 3 hours." in mail()
    answer = client.get(address)
    assert (answer.status_code, answer.cookies) == (200, {})
    page = text(answer)
    assert re.search(r'value="stay"[^>]* checked', page)
    assert re.search(r"Lessons for schools", page)
    assert page.count("checked") == 2
    assert ADA not in page


def test_nobody_can_tell_from_the_answer_who_is_on_the_audience(client, account, django_assert_num_queries):
    answers = []
    for email in (ADA, "nobody@council.org.uk"):
        with django_assert_num_queries(1):
            answers.append(client.post(ASK, {"email": email}))
    assert len({(one.status_code, one["Location"], one.content) for one in answers}) == 1
    assert text(client.get(SENT)).count("If that address gets our news, a link is on its way to it.") == 1
    hand_over_waiting()
    assert [message.recipients for message in OutboxMessage.objects.all()] == [[ADA]]
    states = dict(PreferencesRequest.objects.values_list("state", "address"))
    assert states == {Preferences.LINKED: ADA, Preferences.NOBODY: ""}


@pytest.mark.parametrize("status", ["unsubscribed", "cleaned", "archived"])
def test_whoever_left_gets_no_mail(ask, account, status):
    member(account)["status"] = status
    assert ask() == ""


def test_the_mail_and_the_page_are_in_the_language_in_which_they_were_asked_for(ask, client):
    address = ask(prefix="/ur")
    assert address.startswith("/ur/updates/preferences/")
    assert 'dir="rtl"' in text(client.get(address))


def test_opening_the_link_changes_nothing_and_what_is_chosen_goes_over_later(ask, client, account):
    address = ask()
    client.get(address)
    client.get(address)
    answer = client.post(address, {"frequency": "stay", "areas": [account.events], "language": "pl"})
    assert (answer.status_code, answer["Location"]) == (302, DONE)
    assert member(account)["interests"] == {account.schools: True, account.events: False}
    assert client.get(address).status_code == 410
    assert "This link no longer works" in text(client.post(address, {"frequency": "leave"}))
    assert hand_over_waiting() == 1
    assert member(account)["interests"] == {account.schools: False, account.events: True}
    assert (member(account)["language"], member(account)["status"]) == ("pl", "subscribed")
    row = PreferencesRequest.objects.get()
    assert (row.state, row.address, row.wanted) == (Preferences.DONE, "", {})


def test_stopping_is_on_our_evidence_at_once_and_at_mailchimp_once_it_answers(
    ask, client, account, time_machine, settings
):
    time_machine.move_to(START)
    agreed = SignUp.objects.create(
        digest=digest(ADA), wording=account.wording, agreed_at=START, due=START, language="en", page="/updates/",
        state=HandOver.DONE, handed_over_at=START, audience=account.id,
    )  # fmt: skip
    address = ask()
    where, settings.MAILCHIMP_BASE_URL = settings.MAILCHIMP_BASE_URL, "http://127.0.0.1:9"
    time_machine.shift(timedelta(minutes=5))
    client.post(address, {"frequency": "leave"})
    agreed.refresh_from_db()
    assert (agreed.standing, agreed.withdrawn_how) == (Standing.WITHDRAWN, Ending.HERE)
    assert agreed.withdrawn_at == timezone.now().replace(microsecond=0)
    for _ in range(7):
        time_machine.shift(timedelta(days=1))
        purge_all(timezone.now())
        assert hand_over_waiting() == 0
    assert member(account)["status"] == "subscribed"
    settings.MAILCHIMP_BASE_URL = where
    time_machine.shift(timedelta(hours=1))
    assert hand_over_waiting() == 1
    assert member(account)["status"] == "unsubscribed"
    assert PreferencesRequest.objects.get().address == ""


def test_a_link_ends_after_three_hours_and_its_address_is_erased(ask, client, time_machine):
    time_machine.move_to(START)
    address = ask()
    time_machine.shift(timedelta(hours=3, minutes=1))
    assert client.get(address).status_code == 410
    hand_over_waiting()
    row = PreferencesRequest.objects.get()
    assert (row.state, row.address, row.known) == (Preferences.ENDED, "", {})


@pytest.mark.parametrize("token", ["x", "Mg:1abc:signature", "é"])
def test_a_link_that_is_none_of_ours_says_so(client, account, token):
    answer = client.get(f"{ASK}{token}/")
    assert answer.status_code == 410
    assert "Get another link" in text(answer)


def test_what_is_wrong_is_said_beside_its_field_and_the_link_still_works(ask, client, account):
    address = ask()
    answer = client.post(address, {"frequency": "sometimes", "areas": ["race"]})
    assert set(answer.context["form"].errors) == {"frequency", "areas"}
    assert client.post(ASK, {"email": "ada"}).context["form"].errors.keys() == {"email"}
    assert client.post(address, {"frequency": "leave"})["Location"] == DONE


def test_one_address_gets_three_links_a_day_and_one_network_asks_ten_times_in_two_minutes(ask, client, account):
    assert [bool(ask()) for _ in range(4)] == [True, True, True, False]
    for number in range(6):
        ask(f"person-{number}@council.org.uk")
    answer = client.post(ASK, {"email": "one-more@council.org.uk"})
    assert answer.status_code == 429
    assert 'value="one-more@council.org.uk"' in text(answer)


def test_a_worker_that_dies_after_the_mail_sends_no_second_one(ask, client, account, monkeypatch, time_machine):
    from campaigns.actions.updates import handing_over

    time_machine.move_to(START)
    client.post(ASK, {"email": ADA})
    with monkeypatch.context() as killed:
        killed.setattr(handing_over, "_settle", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            hand_over_waiting()
    time_machine.shift(timedelta(minutes=6))
    assert hand_over_waiting() == 1
    assert OutboxMessage.objects.count() == 1
    assert client.get(link()).status_code == 200


def test_who_stops_without_an_agreement_of_ours_leaves_no_trace_but_the_change(ask, client, account):
    client.post(ask(), {"frequency": "leave"})
    assert AudienceEvent.objects.get().worked_at
    assert hand_over_waiting() == 1
    assert member(account)["status"] == "unsubscribed"
