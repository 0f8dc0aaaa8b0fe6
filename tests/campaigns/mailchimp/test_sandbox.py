"""The sandbox behaves as Mailchimp does, remembers, and shows people every email."""

from datetime import UTC, datetime, timedelta

import pytest
import requests

from campaigns.mailchimp import Invalid, mailchimp
from campaigns.mailchimp.sandbox.members import make_member
from campaigns.mailchimp.sandbox.server import Sandbox
from campaigns.mailchimp.shapes import Tracking
from tests.campaigns.conftest import KEY
from tests.campaigns.mailchimp.accounts import HTML, ask, draft, make_account, sent

pytestmark = pytest.mark.alike


@pytest.fixture
def account(mailchimp_sandbox):
    return make_account(mailchimp_sandbox)


def test_ten_rows_come_unless_more_are_asked_for(mailchimp_sandbox):
    account = make_account(mailchimp_sandbox, members=12)
    path = f"/lists/{account.id}/members"
    assert len(ask(mailchimp_sandbox, "GET", path).json()["members"]) == 10
    assert len(ask(mailchimp_sandbox, "GET", f"{path}?count=1000").json()["members"]) == 12
    assert ask(mailchimp_sandbox, "GET", f"{path}?count=x").status_code == 400
    kept = ask(mailchimp_sandbox, "GET", f"{path}?fields=members.status,total_items&count=1").json()
    assert kept == {"members": [{"status": "subscribed"}], "total_items": 12}
    both = ask(mailchimp_sandbox, "GET", f"{path}?fields=members&exclude_fields=total_items")
    assert (both.status_code, both.headers["Content-Type"]) == (400, "application/problem+json; charset=utf-8")


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/nothing", None, 404),
        ("GET", "/lists/unknown", None, 404),
        ("DELETE", "/ping", None, 405),
        ("POST", "/campaigns", {}, 400),
        ("POST", "/campaigns", {"type": "letter"}, 400),
        ("POST", "/campaigns", [1], 400),
    ],
)
def test_what_is_wrong_is_refused_with_a_problem_document(mailchimp_sandbox, method, path, body, status):
    answer = ask(mailchimp_sandbox, method, path, body)
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert {"type", "title", "detail", "instance"} <= set(answer.json())


def test_body_that_is_no_json_is_refused(mailchimp_sandbox):
    answer = requests.post(f"{mailchimp_sandbox.base_url}/3.0/campaigns", data="{", auth=("u", KEY), timeout=5)
    assert (answer.status_code, answer.json()["title"]) == (400, "JSON Parse Error")


def test_misspelt_segment_is_ignored_and_becomes_the_whole_list(mailchimp_sandbox, account):
    recipients = {"list_id": account.id, "segments_opts": {"saved_segment_id": account.segment["id"]}}
    made = ask(mailchimp_sandbox, "POST", "/campaigns", {"type": "regular", "recipients": recipients}).json()
    assert made["recipients"]["recipient_count"] == 3


def test_count_of_recipients_is_stale_once_the_segment_changes(mailchimp_sandbox, account):
    made = mailchimp().create_campaign(draft(account))
    path = f"/lists/{account.id}/segments/{account.segment['id']}"
    changed = ask(mailchimp_sandbox, "POST", path, {"members_to_add": [account.addresses[2], "x@example.com"]}).json()
    assert (changed["total_added"], mailchimp().segment(account.id, account.segment["id"]).member_count) == (1, 3)
    assert mailchimp().campaign(made.id).recipient_count == 2
    mailchimp_sandbox.faults.add("stale_count", method="PATCH")
    assert mailchimp().change_campaign(made.id, draft(account)).recipient_count == 2
    assert mailchimp().change_campaign(made.id, draft(account)).recipient_count == 3


def test_email_whose_segment_was_deleted_goes_to_nobody(mailchimp_sandbox, account):
    made = mailchimp().create_campaign(draft(account))
    mailchimp().set_content(made.id, html=HTML, plain_text="")
    ask(mailchimp_sandbox, "DELETE", f"/lists/{account.id}/segments/{account.segment['id']}")
    assert not mailchimp().checklist(made.id).is_ready
    with pytest.raises(Invalid, match="not ready to send"):
        mailchimp().send(made.id)
    assert mailchimp_sandbox.sends == []


def test_saved_segment_follows_its_conditions(mailchimp_sandbox, account):
    for number, language in enumerate(["ur", "pl", "ur"]):
        mailchimp().change_member(
            account.id, account.addresses[number], language=language, interests={account.schools: number == 0}
        )
    category = account.audience["_categories"][0]["id"]
    asked = [
        {"condition_type": "Language", "field": "language", "op": "is", "value": "ur"},
        {
            "condition_type": "Interests", "field": f"interests-{category}", "op": "interestcontains",
            "value": [account.schools],
        },
    ]  # fmt: skip
    counts = {
        match: ask(
            mailchimp_sandbox, "POST", f"/lists/{account.id}/segments",
            {"name": match, "options": {"match": match, "conditions": asked}},
        ).json()["member_count"]
        for match in ("all", "any")
    }  # fmt: skip
    assert counts == {"all": 1, "any": 2}
    assert {segment.kind for segment in mailchimp().segments(account.id)} == {"saved", "static"}


def test_tag_is_a_static_segment(mailchimp_sandbox, account):
    path = f"/lists/{account.id}/members/{account.addresses[0]}/tags"
    ask(mailchimp_sandbox, "POST", path, {"tags": [{"name": "Volunteers 2", "status": "active"}]})
    assert [tag["name"] for tag in ask(mailchimp_sandbox, "GET", path).json()["tags"]] == ["Volunteers", "Volunteers 2"]
    assert {segment.name: segment.member_count for segment in mailchimp().segments(account.id)} == {
        "Volunteers": 2, "Volunteers 2": 1,
    }  # fmt: skip


def test_field_that_an_audience_insists_on_is_asked_for(mailchimp_sandbox, account):
    made = ask(
        mailchimp_sandbox, "POST", f"/lists/{account.id}/merge-fields",
        {"name": "Ward", "type": "text", "tag": "ward", "required": True},
    )  # fmt: skip
    assert made.json()["tag"] == "WARD"
    put = {"status_if_new": "pending", "language": "", "interests": {}}
    with pytest.raises(Invalid) as refused:
        mailchimp().put_member(account.id, "a@example.com", **put)
    assert refused.value.fields == [("WARD", "Please enter a value")]
    assert mailchimp().put_member(account.id, "a@example.com", **put, merge_fields={"WARD": "Batley"})


def test_schedule_begins_by_itself_and_only_on_a_quarter_of_an_hour(mailchimp_sandbox, account):
    made = mailchimp().create_campaign(draft(account))
    mailchimp().set_content(made.id, html=HTML, plain_text="Hello")
    moment = datetime.now(UTC).replace(minute=30, second=0, microsecond=0) + timedelta(hours=1)
    for wrong in (moment + timedelta(minutes=1), moment - timedelta(hours=3)):
        body = {"schedule_time": wrong.isoformat()}
        assert ask(mailchimp_sandbox, "POST", f"/campaigns/{made.id}/actions/schedule", body).status_code == 400
    mailchimp().schedule(made.id, moment)
    with pytest.raises(Invalid):
        mailchimp().change_campaign(made.id, draft(account))
    with pytest.raises(Invalid):
        mailchimp().send(made.id)
    mailchimp_sandbox.tick()
    assert mailchimp_sandbox.sends == []
    requests.post(f"{mailchimp_sandbox.base_url}/sandbox/clock", data={"minutes": "120"}, timeout=5)
    mailchimp_sandbox.tick()
    assert (len(mailchimp_sandbox.sends), mailchimp().campaign(made.id).status) == (1, "sent")


def test_what_is_sent_is_never_sent_again(mailchimp_sandbox, account):
    campaign_id = sent(account)
    for _ in range(2):
        with pytest.raises(Invalid):
            mailchimp().send(campaign_id)
    assert len(mailchimp_sandbox.sends) == 1


def test_report_grows_and_leaves_out_what_programs_opened_by_themselves(mailchimp_sandbox):
    account = make_account(mailchimp_sandbox, members=200)
    tracked = sent(account, segment_id=None, tracking=Tracking(opens=True, html_clicks=True, text_clicks=True))
    untracked = sent(account, segment_id=None, title="other")
    seen = []
    for _ in range(3):
        mailchimp_sandbox.state.ahead += 8 * 3600
        seen.append(mailchimp().report(tracked))
    assert 0 < seen[0].unique_opens < seen[1].unique_opens < seen[2].unique_opens < 200
    assert seen[2].proxy_excluded_unique_opens < seen[2].unique_opens
    assert 0 < seen[2].unique_clicks < seen[2].unique_opens
    assert (mailchimp().report(untracked).opens, mailchimp().report(untracked).clicks) == (0, 0)


def test_address_that_fails_is_cleaned(mailchimp_sandbox, account):
    make_member(mailchimp_sandbox.state, account.audience, "bounce@example.com", status="subscribed")
    campaign_id = sent(account, segment_id=None)
    assert mailchimp().report(campaign_id).hard_bounces == 1
    assert mailchimp().member(account.id, "bounce@example.com").status == "cleaned"


def test_restart_forgets_nothing(tmp_path, settings):
    path = tmp_path / "sandbox.json"
    first = Sandbox(path=path)
    first.lay_samples_once()
    counts = {audience["name"]: len(audience["_members"]) for audience in first.state.audiences.values()}
    assert counts == {"Community news (sample)": 60, "Partners' bulletin (sample)": 10}
    second = Sandbox(path=path)
    second.lay_samples_once()
    assert second.state.audiences == first.state.audiences
    assert [file.name for file in tmp_path.iterdir()] == ["sandbox.json"]
    path.write_text("{")
    with pytest.raises(ValueError, match="Expecting"):
        Sandbox(path=path)
