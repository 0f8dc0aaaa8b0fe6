"""The adapter asks a real HTTP server by Mailchimp's own client, and gives back our own shapes."""

from datetime import UTC, datetime, timedelta

import pytest

from campaigns.mailchimp import Invalid, NotFound, NotSetUp, mailchimp
from campaigns.mailchimp.sandbox.audiences import make_audience, make_segment
from campaigns.mailchimp.shapes import Tracking
from tests.campaigns.mailchimp.accounts import draft, make_account

pytestmark = pytest.mark.alike


@pytest.fixture
def account(mailchimp_sandbox):
    return make_account(mailchimp_sandbox)


def test_without_a_key_everything_refuses_in_a_sentence(settings):
    settings.MAILCHIMP_API_KEY = ""
    with pytest.raises(NotSetUp, match="Mailchimp is not set up here"):
        mailchimp()


def test_the_account_comes_with_its_counts(mailchimp_sandbox, account):
    [audience] = mailchimp().audiences()
    assert (audience.name, audience.member_count, audience.double_optin) == ("News", 3, False)
    assert (audience.from_name, audience.from_email, audience.language) == (
        "The council", "news@council.example", "en",
    )  # fmt: skip
    assert mailchimp().audience(account.id) == audience
    assert [(field.tag, field.required) for field in mailchimp().merge_fields(account.id)] == [
        ("FNAME", False), ("LNAME", False),
    ]  # fmt: skip
    [segment] = mailchimp().segments(account.id)
    assert (segment.name, segment.kind, segment.member_count) == ("Volunteers", "static", 2)
    assert mailchimp().segment(account.id, segment.id) == segment
    assert [(found.name, found.category_name) for found in mailchimp().interests(account.id)] == [
        ("Schools", "Areas of news"), ("Events", "Areas of news"),
    ]  # fmt: skip


def test_every_page_of_a_listing_is_read(mailchimp_sandbox, account, monkeypatch):
    monkeypatch.setattr("campaigns.mailchimp.adapter.PAGE", 2)
    for number in range(4):
        make_audience(mailchimp_sandbox.state, name=f"{number}", double_optin=False, from_name="C", from_email="c@c.uk")
        make_segment(mailchimp_sandbox.state, account.audience, name=f"{number}", addresses=[])
    assert len(mailchimp().audiences()) == 5
    assert len(mailchimp().segments(account.id)) == 5


def test_many_calls_share_one_connection(mailchimp_sandbox):
    for _ in range(5):
        mailchimp().ping()
    assert mailchimp_sandbox.connections == 1


def test_a_member_is_put_once_however_often(mailchimp_sandbox, account):
    for _ in range(2):
        member = mailchimp().put_member(
            account.id, "New@Example.com", status_if_new="pending", language="ur", interests={account.schools: True}
        )
    assert (member.status, member.language, member.interests[account.schools]) == ("pending", "ur", True)
    assert mailchimp().member(account.id, "new@example.com") == member
    assert len(account.audience["_members"]) == 4
    assert len(mailchimp_sandbox.state.letters) == 1  # one email to confirm, not two


def test_putting_a_member_who_left_does_not_bring_them_back(account):
    address = account.addresses[0]
    mailchimp().change_member(account.id, address, status="unsubscribed")
    member = mailchimp().put_member(
        account.id, address, status_if_new="subscribed", language="en", interests={account.events: True}
    )
    assert member.status == "unsubscribed"


def test_only_what_a_member_has_can_be_changed(account):
    with pytest.raises(TypeError, match="no ip_signup to change"):
        mailchimp().change_member(account.id, account.addresses[0], ip_signup="192.0.2.1")


def test_members_are_archived_or_forgotten(account):
    mailchimp().archive_member(account.id, account.addresses[0])
    assert mailchimp().member(account.id, account.addresses[0]).status == "archived"
    mailchimp().forget_member(account.id, account.addresses[1])
    with pytest.raises(NotFound):
        mailchimp().member(account.id, account.addresses[1])
    assert mailchimp().audience(account.id).member_count == 1


def test_an_email_goes_its_whole_way(mailchimp_sandbox, account):
    api = mailchimp()
    made = api.create_campaign(draft(account))
    assert (made.status, made.recipient_count, made.segment_id) == ("save", 2, account.segment["id"])
    assert made.tracking == Tracking(opens=False, html_clicks=False, text_clicks=False)
    assert [item.heading for item in api.checklist(made.id).errors] == ["HTML Email"]
    api.set_content(made.id, html="<p>Welcome</p>", plain_text="Welcome")
    assert (api.content(made.id).html, api.content(made.id).plain_text) == ("<p>Welcome</p>", "Welcome")
    assert api.checklist(made.id).is_ready
    changed = api.change_campaign(made.id, draft(account, subject_line="New", segment_id=None))
    assert (changed.subject_line, changed.recipient_count, changed.segment_id) == ("New", 3, None)
    assert api.find_campaign("groundswell-1") == changed
    assert api.find_campaign("groundswell") is None
    api.send_test(made.id, ["officer@council.example"])
    assert mailchimp_sandbox.sends == []
    api.send(made.id)
    assert len(mailchimp_sandbox.sends) == 1
    assert api.campaign(made.id).status == "sent"
    assert (api.report(made.id).emails_sent, api.report(made.id).unique_opens) == (3, 0)


def test_a_schedule_is_on_a_quarter_of_an_hour_and_can_be_taken_back(mailchimp_sandbox, account):
    api, made = mailchimp(), mailchimp().create_campaign(draft(account))
    api.set_content(made.id, html="<p>Welcome</p>", plain_text="Welcome")
    moment = datetime.now(UTC).replace(minute=45, second=0, microsecond=0) + timedelta(hours=1)
    with pytest.raises(ValueError, match="quarter of an hour"):
        api.schedule(made.id, moment + timedelta(minutes=1))
    api.schedule(made.id, moment)
    assert (api.campaign(made.id).status, api.campaign(made.id).send_time) == ("schedule", moment)
    api.unschedule(made.id)
    assert (api.campaign(made.id).status, mailchimp_sandbox.sends) == ("save", [])


def test_what_is_being_sent_can_be_stopped_and_a_draft_deleted(mailchimp_sandbox, account):
    api = mailchimp()
    mailchimp_sandbox.state.sending_takes = 60
    sent, other = (api.create_campaign(draft(account, title=title)) for title in ("sent", "other"))
    api.set_content(sent.id, html="<p>Welcome</p>", plain_text="Welcome")
    api.send(sent.id)
    assert api.campaign(sent.id).status == "sending"
    api.cancel(sent.id)
    assert api.campaign(sent.id).status == "canceled"
    api.remove_campaign(other.id)
    with pytest.raises(NotFound):
        api.campaign(other.id)


@pytest.mark.parametrize("wrong", ["", "../lists", "abc/members", "a b", "abc?x=1", "é"])
def test_what_is_no_id_is_refused_before_anything_is_asked(mailchimp_sandbox, wrong):
    for ask in (mailchimp().audience, mailchimp().campaign, mailchimp().send):
        with pytest.raises(Invalid, match="no id of Mailchimp's"):
            ask(wrong)
    assert mailchimp_sandbox.asked == []


def test_an_id_that_holds_the_word_server_stays_what_it_is(mailchimp_sandbox):
    with pytest.raises(NotFound):
        mailchimp().campaign("server1")
    assert mailchimp_sandbox.asked == [("GET", "/campaigns/server1")]


def test_a_part_that_somebody_made_at_mailchimp_is_not_taken_for_the_whole_audience(mailchimp_sandbox, account):
    made = mailchimp().create_campaign(draft(account, segment_id=None))
    condition = {"condition_type": "Language", "field": "language", "op": "is", "value": "en"}
    recipients = mailchimp_sandbox.state.campaigns[made.id]["recipients"]
    recipients["segment_opts"] = {"match": "all", "conditions": [condition]}
    assert made.segment_id is None
    assert mailchimp().campaign(made.id).segment_id is not None


def test_a_segment_that_is_not_there_never_becomes_the_whole_audience(mailchimp_sandbox, account):
    with pytest.raises(Invalid) as refused:
        mailchimp().create_campaign(draft(account, segment_id=1))
    assert refused.value.fields == [("recipients.segment_opts.saved_segment_id", "The segment does not exist")]
    assert mailchimp_sandbox.state.campaigns == {}
