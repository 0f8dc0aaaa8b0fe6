"""Handing sign-ups over to Mailchimp: once each, with their own evidence, whatever is down or refused meanwhile."""

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.cache import caches
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns.actions.updates import handing_over
from campaigns.actions.updates.handing_over import hand_over_waiting, let_go_of_lost, try_again
from campaigns.mailchimp.sandbox.members import make_member, set_status
from campaigns.mailchimp.sandbox.state import digest as member_hash
from campaigns.models import SignUp, UpdatesSettings
from campaigns.models.audiences import MailchimpAudience
from campaigns.models.signups import GIVEN_UP
from campaigns.updates.enums import HandOver
from core.privacy import purge_all
from tests.campaigns.mailchimp.accounts import make_account
from tests.factories.updates import make_audience, open_updates, sent

pytestmark = pytest.mark.django_db
ADA = "ada@council.org.uk"
START = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def account(mailchimp_sandbox):
    """Return what is at Mailchimp: an audience that asks everybody to confirm."""
    account = make_account(mailchimp_sandbox, members=0, double_optin=True)
    account.sandbox = mailchimp_sandbox
    return account


@pytest.fixture
def wording(campaign_index, account):
    """Open signing up to it."""
    areas = {account.events: "Events near you", account.schools: "Lessons for schools"}
    return open_updates(make_audience(account.id, areas=areas), areas=areas)


@pytest.fixture
def sign_up(client, wording):
    """Return a function that signs an address up by the form."""

    def post(email: str = ADA, **fields) -> SignUp:
        assert client.post("/updates/", sent(wording, email, **fields)).status_code == 302
        return SignUp.objects.order_by("pk").last()

    return post


def member(account, email: str = ADA) -> dict:
    return account.audience["_members"].get(member_hash(email))


def letters(account) -> list[str]:
    return [letter["to"] for letter in account.sandbox.state.letters]


def problem() -> str:
    return UpdatesSettings.objects.get().problem


def test_a_sign_up_waits_at_mailchimp_to_be_confirmed_and_its_address_is_erased_here(sign_up, account):
    row = sign_up(areas=[account.events], language="pl")
    assert hand_over_waiting() == 1
    there = member(account)
    assert (there["status"], there["language"], there["interests"]) == (
        "pending", "pl", {account.schools: False, account.events: True},
    )  # fmt: skip
    assert not any(there[name] for name in ("ip_signup", "ip_opt", "full_name"))
    assert letters(account) == [ADA]
    row.refresh_from_db()
    assert (row.state, row.address, row.audience, row.must_confirm) == (HandOver.DONE, "", account.id, True)
    assert hand_over_waiting() == 0


def test_an_audience_that_asks_once_has_them_at_once(sign_up, account):
    account.audience["double_optin"] = False
    row = sign_up()
    hand_over_waiting()
    assert member(account)["status"] == "subscribed"
    assert letters(account) == []
    row.refresh_from_db()
    assert row.must_confirm is False


def test_somebody_who_is_there_gets_nothing_but_what_they_chose_beside(sign_up, account):
    make_member(account.sandbox.state, account.audience, ADA, status="subscribed")
    member(account)["interests"][account.schools] = True
    sign_up(areas=[account.events])
    hand_over_waiting()
    assert (member(account)["status"], member(account)["interests"]) == (
        "subscribed", {account.schools: True, account.events: True},
    )  # fmt: skip
    assert letters(account) == []


@pytest.mark.parametrize("status", ["unsubscribed", "cleaned", "archived", "transactional"])
@pytest.mark.parametrize("double_optin", [True, False])
def test_somebody_who_left_is_asked_to_confirm_whatever_the_audience_asks(sign_up, account, status, double_optin):
    account.audience["double_optin"] = double_optin
    make_member(account.sandbox.state, account.audience, ADA, status="subscribed")
    set_status(account.sandbox.state, account.audience, member(account), status)
    member(account)["_compliance"] = True
    sign_up()
    assert hand_over_waiting() == 1
    assert member(account)["status"] == "pending"
    assert letters(account) == [ADA]


def test_who_was_deleted_for_good_is_refused_with_the_sentence_and_erased(sign_up, account):
    account.audience["_forgotten"].append(member_hash(ADA))
    row = sign_up()
    sign_up("bea@council.org.uk")
    assert hand_over_waiting() == 1
    row.refresh_from_db()
    assert (row.state, row.address) == (HandOver.REFUSED, "")
    assert "deleted for good at Mailchimp" in row.problem
    assert member(account, "bea@council.org.uk")["status"] == "pending"


def test_an_address_that_mailchimp_refuses_is_refused_and_holds_up_nobody(sign_up, account):
    row = sign_up()
    sign_up("bea@council.org.uk")
    account.sandbox.faults.add(
        "problem", method="PUT", status=400, title="Invalid Resource", detail=f"{ADA} looks fake"
    )
    assert hand_over_waiting() == 1
    row.refresh_from_db()
    assert (row.state, row.address) == (HandOver.REFUSED, "")
    assert ADA not in row.problem


def test_an_audience_that_asks_for_more_keeps_everything_waiting_until_it_is_mended(sign_up, account, time_machine):
    time_machine.move_to(START)
    field = {"tag": "PCODE", "name": "Postcode", "type": "text", "required": True, "default_value": "", "merge_id": 9}
    account.audience["_merge_fields"].append(field)
    row = sign_up()
    assert hand_over_waiting() == 0
    assert "Postcode (PCODE)" in problem()
    row.refresh_from_db()
    assert (row.state, row.address) == (HandOver.WAITING, ADA)
    field["required"] = False
    assert hand_over_waiting() == 1
    assert problem() == ""


def test_an_audience_that_was_deleted_keeps_everything_waiting_and_another_takes_it(sign_up, account, wording):
    row = sign_up(areas=[account.events])
    del account.sandbox.state.audiences[account.id]
    assert hand_over_waiting() == 0
    assert "not at Mailchimp any more" in problem()
    row.refresh_from_db()
    assert row.address == ADA
    other = make_account(account.sandbox, members=0)
    UpdatesSettings.objects.update(audience=make_audience(other.id))
    assert hand_over_waiting() == 1
    assert member(other)["status"] == "subscribed"
    row.refresh_from_db()
    assert row.audience == other.id


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("empty_429", {}),
        ("problem", {"status": 401}),
        ("problem", {"status": 403}),
        ("html_502", {}),
        ("timeout_before", {}),
        ("redirect", {}),
    ],
)
def test_what_keeps_mailchimp_from_answering_keeps_rows_waiting_and_tells_staff(
    sign_up, account, time_machine, kind, given
):
    time_machine.move_to(START)
    row = sign_up()
    account.sandbox.faults.add(kind, times=99, **given)
    assert hand_over_waiting() == 0
    assert problem().endswith(".")
    account.sandbox.faults.clear()
    time_machine.shift(timedelta(minutes=2))
    assert hand_over_waiting() == 1
    assert problem() == ""
    row.refresh_from_db()
    assert row.agreed_at == START


def test_without_a_key_everything_waits_and_staff_are_told(sign_up, account, settings):
    row = sign_up()
    settings.MAILCHIMP_API_KEY = ""
    assert hand_over_waiting() == 0
    assert "MAILCHIMP_API_KEY" in problem()
    row.refresh_from_db()
    assert (row.state, row.attempts) == (HandOver.WAITING, 0)


@pytest.mark.parametrize("kind", ["answer_lost", "html_502_done", "empty_200"])
def test_what_happened_though_its_answer_was_lost_happens_once(sign_up, account, time_machine, kind):
    time_machine.move_to(START)
    sign_up()
    account.sandbox.faults.add(kind, method="PUT", times=9)
    assert hand_over_waiting() == 0
    account.sandbox.faults.clear()
    time_machine.shift(timedelta(minutes=2))
    assert hand_over_waiting() == 1
    assert letters(account) == [ADA]


def test_a_week_without_mailchimp_loses_no_sign_up_and_doubles_none(client, sign_up, account, time_machine, settings):
    time_machine.move_to(START)
    where, settings.MAILCHIMP_BASE_URL = settings.MAILCHIMP_BASE_URL, "http://127.0.0.1:9"
    evidence = {}
    for day in range(7):
        for number in range(5):
            email = f"person-{day}-{number}@council.org.uk"
            row = sign_up(email, areas=[account.events if number % 2 else account.schools], language="ur")
            evidence[email] = (row.pk, row.agreed_at, row.wording_id, row.interests, row.language)
        for _ in range(4):
            assert hand_over_waiting() == 0
            time_machine.shift(timedelta(hours=6))
    assert "does not answer" in problem()
    assert UpdatesSettings.objects.get().problem_since < timezone.now() - timedelta(days=6)
    assert SignUp.objects.filter(state=HandOver.WAITING).count() == 35
    settings.MAILCHIMP_BASE_URL = where
    for _ in range(3):
        hand_over_waiting()
        time_machine.shift(timedelta(hours=1))
    assert sorted(letters(account)) == sorted(evidence)
    for email, kept in evidence.items():
        row = SignUp.objects.get(pk=kept[0])
        assert (row.pk, row.agreed_at, row.wording_id, row.interests, row.language) == kept
        assert (row.state, row.address) == (HandOver.DONE, "")
        wanted = {one["key"] for one in row.interests}
        assert {key for key, ticked in member(account, email)["interests"].items() if ticked} == wanted
    assert problem() == ""


def test_what_a_dead_worker_held_is_handed_over_by_another(sign_up, account, monkeypatch, time_machine):
    time_machine.move_to(START)
    row = sign_up()

    def die(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(handing_over, "_settle", die)
        with pytest.raises(KeyboardInterrupt):
            hand_over_waiting()
    row.refresh_from_db()
    assert row.state == HandOver.HANDING
    assert let_go_of_lost() == 0
    time_machine.shift(timedelta(minutes=6))
    assert hand_over_waiting() == 1
    assert letters(account) == [ADA]
    row.refresh_from_db()
    assert (row.state, row.attempts) == (HandOver.DONE, 2)


def test_one_row_that_breaks_keeps_no_other_waiting(sign_up, account, monkeypatch):
    row = sign_up()
    sign_up("bea@council.org.uk")
    whole = handing_over.subscribe

    def breaks(door, address, **given):
        if address == ADA:
            raise ZeroDivisionError(address)
        whole(door, address, **given)

    monkeypatch.setattr(handing_over, "subscribe", breaks)
    assert hand_over_waiting() == 1
    row.refresh_from_db()
    assert row.problem.startswith("Something went wrong that nobody foresaw (ZeroDivisionError).")
    assert row.due > timezone.now()
    monkeypatch.undo()


def test_staff_have_what_waits_tried_again_at_once(sign_up, account):
    sign_up()
    account.sandbox.faults.add("html_502", method="PUT", times=9)
    hand_over_waiting()
    account.sandbox.faults.clear()
    assert hand_over_waiting() == 0
    assert try_again() == 1
    assert hand_over_waiting() == 1


def test_an_area_that_is_gone_at_mailchimp_is_left_out(sign_up, account):
    sign_up(areas=[account.events, account.schools])
    MailchimpAudience.objects.get().interests.filter(remote_id=account.schools).update(is_gone=True)
    category = account.audience["_categories"][0]
    category["_interests"] = [one for one in category["_interests"] if one["id"] != account.schools]
    assert hand_over_waiting() == 1
    assert member(account)["interests"][account.events] is True


def test_after_the_handing_over_the_address_is_in_no_row_log_task_or_cache(
    sign_up, account, caplog, monkeypatch, django_capture_on_commit_callbacks
):
    asked = []
    monkeypatch.setattr("celery.current_app.send_task", lambda name, args=(), **_: asked.append((name, args)))
    email = "Very-Rare-Name@council.org.uk"
    with caplog.at_level(logging.DEBUG), django_capture_on_commit_callbacks(execute=True):
        sign_up(email)
        account.sandbox.faults.add("html_502", method="PUT")
        hand_over_waiting()
        try_again()
        hand_over_waiting()
    assert SignUp.objects.get().state == HandOver.DONE
    assert "very-rare-name" not in everything_kept().lower()
    assert "very-rare-name" not in caplog.text.lower()
    assert {args for _, args in asked} <= {()}
    assert b"very-rare-name" not in caches_content().lower()


def everything_kept() -> str:
    """Return all that every row holds."""
    return "\n".join(repr(list(model._base_manager.values())) for model in apps.get_models())


def caches_content() -> bytes:
    """Return what the caches made of files hold; where they are no files, nothing can be read so."""
    folders = [getattr(caches[alias], "_dir", None) for alias in ("default", "limits", "visitors")]
    return b"".join(path.read_bytes() for folder in folders if folder for path in Path(folder).rglob("*.djcache"))


def test_an_address_stands_only_in_a_row_on_its_way(sign_up, account):
    row = sign_up()
    for wrong in (
        {"state": HandOver.DONE, "handed_over_at": timezone.now()},
        {"state": HandOver.REFUSED},
        {"address": ""},
    ):
        with pytest.raises(IntegrityError, match="sign_up_address_only_on_its_way"), transaction.atomic():
            SignUp.objects.filter(pk=row.pk).update(**wrong)


def test_what_ended_goes_when_its_time_has_come(sign_up, account, time_machine):
    time_machine.move_to(START)
    withdrawn, confirmed, unconfirmed = (sign_up(f"{name}@council.org.uk") for name in ("w", "c", "u"))
    hand_over_waiting()
    waiting = sign_up("stuck@council.org.uk")
    now = timezone.now()
    SignUp.objects.filter(pk=withdrawn.pk).update(withdrawn_at=now, withdrawn_how="link", confirmed_at=now)
    SignUp.objects.filter(pk=confirmed.pk).update(confirmed_at=now)

    def left(days: int) -> set[int]:
        time_machine.move_to(START + timedelta(days=days))
        purge_all(timezone.now())
        return set(SignUp.objects.values_list("pk", flat=True))

    everybody = {withdrawn.pk, confirmed.pk, unconfirmed.pk, waiting.pk}
    assert left(89) == everybody
    assert left(91) == everybody
    waiting.refresh_from_db()
    assert (waiting.state, waiting.address, waiting.problem) == (HandOver.REFUSED, "", GIVEN_UP)
    assert left(122) == everybody - {waiting.pk}
    assert left(366) == {withdrawn.pk, confirmed.pk}
    assert left(731) == {confirmed.pk}
