"""Whatever goes wrong at Mailchimp, or on the way there, comes back as what a caller can do about it."""

import pickle

import pytest

from campaigns.mailchimp import (
    Ambiguous,
    Forbidden,
    Forgotten,
    InComplianceState,
    Invalid,
    MailchimpError,
    NotFound,
    NotSetUp,
    RemoteDown,
    Throttled,
    Unauthorised,
    mailchimp,
)
from campaigns.mailchimp.errors import without_secrets
from tests.campaigns.mailchimp.accounts import draft, make_account

pytestmark = pytest.mark.alike
ERRORS = [
    NotSetUp,
    Unauthorised,
    Forbidden,
    NotFound,
    Invalid,
    InComplianceState,
    Forgotten,
    Throttled,
    RemoteDown,
    Ambiguous,
]


@pytest.fixture
def account(mailchimp_sandbox):
    return make_account(mailchimp_sandbox)


@pytest.fixture
def ready(account):
    """Return the id of an email that could be sent."""
    made = mailchimp().create_campaign(draft(account))
    mailchimp().set_content(made.id, html="<p>Welcome</p>", plain_text="Welcome")
    return made.id


@pytest.mark.parametrize(
    ("kind", "status", "errors"),
    [
        ("empty_429", 400, (Throttled, Throttled)),
        ("problem", 429, (Throttled, Throttled)),
        ("problem", 400, (Invalid, Invalid)),
        ("problem", 401, (Unauthorised, Unauthorised)),
        ("problem", 403, (Forbidden, Forbidden)),
        ("problem", 404, (NotFound, NotFound)),
        ("problem", 405, (Invalid, Invalid)),
        ("problem", 408, (RemoteDown, Ambiguous)),
        ("problem", 500, (RemoteDown, Ambiguous)),
        ("html_502", 400, (RemoteDown, Ambiguous)),
        ("html_502_done", 400, (RemoteDown, Ambiguous)),
        ("empty_200", 400, (RemoteDown, Ambiguous)),
        ("redirect", 400, (RemoteDown, Ambiguous)),
        ("timeout_before", 400, (RemoteDown, Ambiguous)),
        ("answer_lost", 400, (RemoteDown, Ambiguous)),
    ],
)
def test_each_fault_is_told_apart_and_nothing_is_sent_twice(mailchimp_sandbox, ready, kind, status, errors):
    mailchimp_sandbox.faults.add(kind, method="GET", times=3, status=status)
    with pytest.raises(MailchimpError) as read:
        mailchimp().campaign(ready)
    assert type(read.value) is errors[0]
    mailchimp_sandbox.asked.clear()
    mailchimp_sandbox.faults.add(kind, method="POST", times=3, status=status)
    with pytest.raises(MailchimpError) as sent:
        mailchimp().send(ready)
    assert type(sent.value) is errors[1]
    assert mailchimp_sandbox.asked == [("POST", f"/campaigns/{ready}/actions/send")]
    assert len(mailchimp_sandbox.sends) == (kind in {"html_502_done", "empty_200", "answer_lost"})


@pytest.mark.parametrize("kind", ["empty_429", "html_502", "timeout_before", "answer_lost"])
def test_reading_and_putting_are_tried_again(mailchimp_sandbox, account, ready, kind):
    for method, ask in (
        ("GET", lambda: mailchimp().campaign(ready)),
        ("PUT", lambda: mailchimp().set_content(ready, html="<p>New</p>", plain_text="New")),
    ):
        mailchimp_sandbox.asked.clear()
        mailchimp_sandbox.faults.add(kind, method=method, times=2)
        ask()
        assert [asked for asked, _ in mailchimp_sandbox.asked] == [method] * 3


def test_what_was_refused_is_not_asked_again(mailchimp_sandbox):
    mailchimp_sandbox.faults.add("problem", method="GET", times=3, status=404)
    with pytest.raises(NotFound):
        mailchimp().ping()
    assert len(mailchimp_sandbox.asked) == 1


@pytest.mark.parametrize(("method", "error"), [("GET", RemoteDown), ("POST", Ambiguous)])
def test_an_answer_that_takes_too_long_is_no_answer(mailchimp_sandbox, settings, ready, method, error):
    settings.MAILCHIMP_TIMEOUT = (1.0, 0.2)
    mailchimp_sandbox.faults.add("slow", method=method, times=3, seconds=0.5)
    with pytest.raises(error):
        mailchimp().campaign(ready) if method == "GET" else mailchimp().send(ready)


def test_an_answer_that_is_only_slow_is_an_answer(mailchimp_sandbox):
    mailchimp_sandbox.faults.add("slow", seconds=0.1)
    mailchimp().ping()


def test_where_nobody_listens_nothing_can_have_happened(mailchimp_sandbox, ready):
    mailchimp_sandbox.stop()
    for ask in (mailchimp().campaign, mailchimp().send):
        with pytest.raises(RemoteDown):
            ask(ready)


def test_an_address_that_leads_nowhere_says_so(settings):
    settings.MAILCHIMP_API_KEY, settings.MAILCHIMP_BASE_URL = "0123-us1", "http://nowhere.invalid"
    with pytest.raises(RemoteDown):
        mailchimp().send("abc")


@pytest.mark.parametrize(
    ("key", "error"), [("0123-us9", Unauthorised), ("revoked-us1", Unauthorised), ("viewer-us1", Forbidden)]
)
def test_keys_that_are_no_good_are_told_apart(mailchimp_sandbox, settings, account, key, error):
    settings.MAILCHIMP_API_KEY = key
    with pytest.raises(error) as refused:
        mailchimp().put_member(account.id, "a@example.com", status_if_new="pending", language="", interests={})
    assert refused.value.status == {Unauthorised: 401, Forbidden: 403}[error]
    assert "key" in str(refused.value)


def test_who_left_or_was_forgotten_is_told_apart(mailchimp_sandbox, account):
    member = account.audience["_members"][next(iter(account.audience["_members"]))]
    member |= {"status": "unsubscribed", "_compliance": True}
    with pytest.raises(InComplianceState, match="Only they themselves can subscribe again"):
        mailchimp().change_member(account.id, account.addresses[0], status="subscribed")
    mailchimp().change_member(account.id, account.addresses[0], status="pending")
    mailchimp().forget_member(account.id, account.addresses[1])
    with pytest.raises(Forgotten):
        mailchimp().put_member(account.id, account.addresses[1], status_if_new="pending", language="", interests={})


def test_fields_that_are_wrong_are_named(mailchimp_sandbox, account):
    with pytest.raises(Invalid) as refused:
        mailchimp().put_member(
            account.id, "new@example.com", status_if_new="pending", language="", interests={"nothing": True}
        )
    assert refused.value.fields == [("interests", "Invalid interest ID: 'nothing'.")]
    assert "Invalid interest ID" in str(refused.value)


def test_an_answer_of_another_shape_is_no_answer(mailchimp_sandbox, account):
    del account.audience["campaign_defaults"]
    with pytest.raises(RemoteDown):
        mailchimp().audiences()


@pytest.mark.parametrize("kind", ERRORS)
def test_every_error_is_a_sentence_and_survives_pickling(kind):
    error = kind(status=418)
    if isinstance(error, Invalid):
        error.fields = [("FNAME", "Please enter a value")]
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301  (our own)
    assert (type(copy), str(copy), copy.status) == (kind, str(error), 418)
    assert getattr(copy, "fields", None) == getattr(error, "fields", None)
    assert str(error).endswith(".")


def test_the_words_of_mailchimp_keep_no_address():
    said = without_secrets("Jo <jo.o'hara+news@example.org> (55502f40dc8b7c769880b10874abc9d0-us19) is\nin a state")
    assert said == "Jo <(an address)> ((hidden)) is in a state"
