"""What is known of the account: kept as rows, shown without asking, mended by what the page says."""

import io
from contextlib import suppress
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from campaigns.actions.audiences import make_webhook
from campaigns.mailchimp import Mailchimp, mailchimp
from campaigns.mailchimp.sandbox import webhooks
from campaigns.mailchimp.sandbox.audiences import make_audience, make_merge_field, make_segment
from campaigns.models import (
    MailchimpAudience,
    MailchimpConnection,
    MailchimpInterest,
    MailchimpSegment,
    MailchimpWebhook,
)
from campaigns.queries.audiences import standing, webhook_standing
from campaigns.tasks import keep_mailchimp, refresh_mailchimp
from config.roles import lay_roles
from tests.campaigns.mailchimp.accounts import make_account
from tests.campaigns.mailchimp.webhook_listener import listening


@pytest.fixture
def account(mailchimp_sandbox, db):
    return make_account(mailchimp_sandbox)


@pytest.fixture
def listener(settings):
    """Return who answers at the site's address."""
    with listening() as server:
        settings.SITE_URL = server.site
        yield server


@pytest.fixture
def signed_in(client, make_user):
    """Return a function that gives the browser of somebody in a role."""
    lay_roles()

    def sign_in(role):
        client.force_login(make_user(role.lower().replace(" ", "-"), role))
        return client

    return sign_in


@pytest.fixture(autouse=True)
def nudges(monkeypatch):
    """Return the names of the tasks that the worker is told of."""
    told = []
    monkeypatch.setattr("celery.current_app.send_task", lambda name, **_: told.append(name))
    return told


def test_everything_in_the_account_is_kept_with_its_counts(account):
    keep_mailchimp()
    audience = MailchimpAudience.objects.get()
    assert (str(audience), audience.remote_id, audience.member_count, audience.is_gone) == (
        "News",
        account.id,
        3,
        False,
    )
    assert (audience.from_name, audience.from_email) == ("The council", "news@council.example")
    segment = MailchimpSegment.objects.get()
    assert (str(segment), segment.remote_id, segment.kind, segment.member_count) == (
        "Volunteers", account.segment["id"], "static", 2,
    )  # fmt: skip
    assert [(row.name, row.category_name) for row in MailchimpInterest.objects.all()] == [
        ("Events", "Areas of news"), ("Schools", "Areas of news"),
    ]  # fmt: skip
    assert standing().is_well
    assert standing().words.startswith("The connection stands. Mailchimp last answered on ")


def test_what_is_no_longer_there_is_gone_and_may_come_back(mailchimp_sandbox, account):
    refresh_mailchimp()
    [gone] = account.audience["_segments"]
    account.audience["_segments"].clear()
    refresh_mailchimp()
    assert MailchimpSegment.objects.get().is_gone
    account.audience["_segments"].append(gone)
    refresh_mailchimp()
    assert not MailchimpSegment.objects.get().is_gone
    mailchimp_sandbox.state.audiences.clear()
    refresh_mailchimp()
    assert MailchimpAudience.objects.get().is_gone


def test_account_is_looked_at_every_quarter_of_an_hour(mailchimp_sandbox, account):
    keep_mailchimp()
    mailchimp_sandbox.asked.clear()
    keep_mailchimp()
    assert mailchimp_sandbox.asked == []
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        keep_mailchimp()
    assert mailchimp_sandbox.asked


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("", "Mailchimp is not set up here. Ask whoever runs this site to set MAILCHIMP_API_KEY."),
        ("0123-us9", "Mailchimp refuses the API key: it was revoked, mistyped, or belongs to another data centre."),
        ("revoked-us1", "Make a new key at Mailchimp, and ask whoever runs this site to set it as MAILCHIMP_API_KEY."),
    ],
)
def test_key_that_is_no_good_is_told_with_its_mend_and_nothing_is_forgotten(account, settings, key, sentence):
    refresh_mailchimp()
    settings.MAILCHIMP_API_KEY = key
    refresh_mailchimp()
    assert (standing().is_well, sentence in standing().words) == (False, True)
    assert not MailchimpAudience.objects.get().is_gone


def test_remote_that_is_down_or_forbids_is_told(mailchimp_sandbox, account):
    for status, words in ((403, "Give its user the role of manager or higher"), (500, "Mailchimp does not answer.")):
        mailchimp_sandbox.faults.add("problem", status=status, times=3)
        refresh_mailchimp()
        assert words in standing().words
        mailchimp_sandbox.faults.clear()
    refresh_mailchimp()
    assert standing().is_well


def test_worker_that_does_not_look_is_noticed(account):
    assert "has not been asked yet" in standing().words
    refresh_mailchimp()
    MailchimpConnection.objects.update(looked_at=timezone.now() - timedelta(hours=2))
    assert (standing().is_well, "Mailchimp was last asked on" in standing().words) == (False, True)


def test_page_shows_the_account_without_asking_mailchimp(mailchimp_sandbox, account, signed_in):
    make_merge_field(account.audience, tag="WARD", name="Ward", kind="text", required=True)
    refresh_mailchimp()
    mailchimp_sandbox.asked.clear()
    page = signed_in("Communications officers").get(reverse("mailchimp")).content.decode()
    assert mailchimp_sandbox.asked == []
    for words in (
        "The connection stands", "3 people get its email", "Volunteers", "Areas of news: Schools",
        "It insists on Ward", "this site does not hear who unsubscribes", "connected to a sandbox",
    ):  # fmt: skip
        assert words in page
    assert account.id not in page  # names, never ids
    assert "Set the webhook up" not in page


@pytest.mark.parametrize("audiences", [1, 3])
def test_page_asks_as_much_of_the_database_however_large_the_account_is(
    mailchimp_sandbox, account, signed_in, django_assert_num_queries, audiences
):
    for number in range(audiences - 1):
        more = make_audience(mailchimp_sandbox.state, name=f"{number}", double_optin=True, from_name="C", from_email="")
        make_segment(mailchimp_sandbox.state, more, name="Some", addresses=[])
    refresh_mailchimp()
    for audience in MailchimpAudience.objects.all():
        audience.webhooks.create()
    client = signed_in("Communications managers")
    client.get(reverse("mailchimp"))
    with django_assert_num_queries(17):
        client.get(reverse("mailchimp"))


def test_only_those_who_may_see_and_set_up(account, signed_in, nudges):
    refresh_mailchimp()
    set_up = reverse("set_up_mailchimp_webhook", args=[MailchimpAudience.objects.get().pk])
    client = signed_in("Partners")
    assert client.get(reverse("mailchimp")).status_code == 302
    assert client.post(set_up).status_code == 302
    client = signed_in("Communications officers")
    assert client.post(set_up).status_code == 302
    assert client.post(reverse("refresh_mailchimp")).url == reverse("mailchimp")
    assert not MailchimpWebhook.objects.exists()
    client = signed_in("Administrators")
    assert client.get(set_up).status_code == 405
    assert client.post(set_up).url == reverse("mailchimp")
    assert MailchimpWebhook.objects.count() == 1
    assert "campaigns.refresh_mailchimp" in nudges


def ask_for_webhook(client):
    client.post(reverse("set_up_mailchimp_webhook", args=[MailchimpAudience.objects.get().pk]))


def test_webhook_is_made_by_the_worker_and_its_secrets_are_shown_nowhere(
    account, listener, signed_in, nudges, django_capture_on_commit_callbacks
):
    refresh_mailchimp()
    client = signed_in("Communications managers")
    with django_capture_on_commit_callbacks(execute=True):
        ask_for_webhook(client)
    assert "campaigns.keep_mailchimp" in nudges
    assert "Being set up." in client.get(reverse("mailchimp")).content.decode()
    keep_mailchimp()
    webhook = MailchimpWebhook.objects.get()
    assert account.audience["_webhooks"][0]["url"] == f"{listener.site}/mailchimp/{webhook.path_secret}/"
    assert webhook.signing_secret == account.audience["_webhooks"][0]["_secret"]
    page = client.get(reverse("mailchimp")).content.decode()
    assert "Set up on " in page
    for shown in (page, repr(webhook), str(webhook), repr(mailchimp().webhooks(account.id))):
        assert webhook.path_secret not in shown
        assert webhook.signing_secret not in shown


def test_webhook_made_anew_takes_the_place_of_the_other(account, listener, signed_in):
    refresh_mailchimp()
    client = signed_in("Administrators")
    for _ in range(2):
        ask_for_webhook(client)
        ask_for_webhook(client)  # pressed twice: one
        keep_mailchimp()
    newest, older = MailchimpWebhook.objects.all()
    assert [hook.id for hook in mailchimp().webhooks(account.id)] == [newest.remote_id]
    assert older.signing_secret  # what was signed with it may still be on its way
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        refresh_mailchimp()
    assert list(MailchimpWebhook.objects.all()) == [newest]


@pytest.mark.parametrize("kind", ["answer_lost", "html_502_done", "timeout_before", "empty_429"])
def test_webhook_whose_making_broke_off_is_made_again_and_is_one(mailchimp_sandbox, account, listener, signed_in, kind):
    refresh_mailchimp()
    ask_for_webhook(signed_in("Administrators"))
    mailchimp_sandbox.faults.add(kind, method="POST")
    keep_mailchimp()
    assert MailchimpWebhook.objects.get().made_at is None
    assert not webhook_standing(MailchimpAudience.objects.get()).is_well
    keep_mailchimp()  # not at once
    assert MailchimpWebhook.objects.get().made_at is None
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        keep_mailchimp()
    webhook = MailchimpWebhook.objects.get()
    assert [(hook["id"], hook["_secret"]) for hook in account.audience["_webhooks"]] == [
        (webhook.remote_id, webhook.signing_secret)
    ]


def test_webhook_that_mailchimp_does_not_sign_is_not_taken_for_made(account, listener, signed_in, monkeypatch):
    refresh_mailchimp()
    ask_for_webhook(signed_in("Administrators"))
    monkeypatch.setattr(webhooks, "secrets", SimpleNamespace(token_hex=lambda _length: ""))
    keep_mailchimp()
    assert MailchimpWebhook.objects.get().made_at is None
    assert "gave no secret to sign with" in webhook_standing(MailchimpAudience.objects.get()).words


def test_role_that_may_not_make_a_webhook_is_told(account, settings, signed_in):
    refresh_mailchimp()
    ask_for_webhook(signed_in("Administrators"))
    settings.MAILCHIMP_API_KEY = "viewer-us1"
    keep_mailchimp()
    said = webhook_standing(MailchimpAudience.objects.get())
    assert "Give its user the role of manager or higher" in said.words


def test_webhook_removed_at_mailchimp_is_noticed(account, listener, signed_in):
    refresh_mailchimp()
    ask_for_webhook(signed_in("Administrators"))
    keep_mailchimp()
    account.audience["_webhooks"].clear()
    refresh_mailchimp()
    assert "removed at Mailchimp" in webhook_standing(MailchimpAudience.objects.get()).words


def test_webhook_made_while_the_account_is_looked_at_is_not_taken_for_removed(
    account, listener, signed_in, monkeypatch
):
    refresh_mailchimp()
    ask_for_webhook(signed_in("Administrators"))
    look = Mailchimp.webhooks

    def made_after_the_look(api, list_id):
        monkeypatch.setattr(Mailchimp, "webhooks", look)
        seen = look(api, list_id)
        make_webhook(MailchimpWebhook.objects.get())
        return seen

    monkeypatch.setattr(Mailchimp, "webhooks", made_after_the_look)
    refresh_mailchimp()
    assert webhook_standing(MailchimpAudience.objects.get()).is_well


def doctor() -> str:
    out = io.StringIO()
    with suppress(CommandError):
        call_command("doctor", stdout=out)
    return next(line for line in out.getvalue().splitlines() if "Mailchimp" in line)


def test_doctor_says_how_it_is_with_mailchimp(mailchimp_sandbox, settings, db):
    assert doctor().split() == ["ok", "Mailchimp", "takes", "our", "key"]
    settings.MAILCHIMP_API_KEY = "revoked-us1"
    assert "WRONG   Mailchimp        It cannot be used. Mailchimp refuses the API key" in doctor()
    settings.MAILCHIMP_API_KEY = ""
    assert doctor().startswith("absent  Mailchimp        Only mailings would need it. Set MAILCHIMP_API_KEY.")
