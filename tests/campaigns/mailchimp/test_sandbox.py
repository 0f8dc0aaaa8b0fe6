"""The sandbox behaves as Mailchimp does, remembers, and shows people every email."""

import json
import re
import socket
from contextlib import closing
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import pytest
import requests
from django.core.mail import EmailMultiAlternatives
from django.core.management import CommandError, call_command

from campaigns.mailchimp import Invalid, mailchimp
from campaigns.mailchimp.sandbox.members import make_member
from campaigns.mailchimp.sandbox.server import Sandbox
from campaigns.mailchimp.sandbox.telling import signature
from campaigns.mailchimp.shapes import Tracking
from tests.campaigns.conftest import KEY
from tests.campaigns.mailchimp.accounts import draft, make_account
from tests.campaigns.mailchimp.webhook_listener import listening

pytestmark = pytest.mark.alike
HTML = (
    "<html><body><p>Hello *|IF:FNAME|**|FNAME|**|ELSE:|*neighbour*|END:IF|*, from *|LIST:NAME|*</p>"
    "<a href='*|UNSUB|*'>Unsubscribe</a> <a href='*|UPDATE_PROFILE|*'>Choices</a> *|UNHEARD_OF|*</body></html>"
)


@pytest.fixture
def account(mailchimp_sandbox):
    return make_account(mailchimp_sandbox)


def ask(sandbox, method, path, body=None, key=KEY):
    """Call the API past the adapter, as other clients would."""
    return requests.request(method, f"{sandbox.base_url}/3.0{path}", json=body, auth=("any", key), timeout=5)


def page(sandbox, path):
    """Return what a page says."""
    answer = requests.get(f"{sandbox.base_url}{path}", timeout=5)
    assert answer.status_code == 200, answer.text
    return answer.text


def sent(account, **changes):
    """Send an email, and return its id."""
    made = mailchimp().create_campaign(draft(account, **changes))
    mailchimp().set_content(made.id, html=HTML, plain_text="Hello *|FNAME|*\n*|UNSUB|*")
    mailchimp().send(made.id)
    mailchimp().campaign(made.id)
    return made.id


@pytest.fixture
def listener():
    with listening() as server:
        yield server


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


def test_webhook_is_made_only_where_it_answers_and_shows_its_secret_once(mailchimp_sandbox, account, listener):
    made = mailchimp().create_webhook(account.id, listener.url)
    assert len(made.signing_secret) == 64
    assert [(hook.id, hook.signing_secret) for hook in mailchimp().webhooks(account.id)] == [(made.id, None)]
    for url in ("http://127.0.0.1:1/", "https://council.example/mailchimp/", listener.url):
        with pytest.raises(Invalid):
            mailchimp().create_webhook(account.id, url)
    mailchimp().remove_webhook(account.id, made.id)
    assert mailchimp().webhooks(account.id) == []


def test_webhooks_are_signed_and_tell_what_members_do_but_not_what_we_did(mailchimp_sandbox, account, listener):
    secret = mailchimp().create_webhook(account.id, listener.url).signing_secret
    mailchimp().change_member(account.id, account.addresses[1], status="unsubscribed")
    campaign_id = sent(account, segment_id=None)
    member = account.audience["_members"][next(iter(account.audience["_members"]))]
    send = mailchimp_sandbox.sends[0]["id"]
    answer = requests.post(f"{mailchimp_sandbox.base_url}/sandbox/unsubscribe/{send}/{member['id']}/", timeout=5)
    assert "You are unsubscribed." in answer.text
    assert mailchimp().member(account.id, account.addresses[0]).status == "unsubscribed"
    mailchimp_sandbox.tick()
    [(headers, body)] = listener.told
    given = headers["X-Mailchimp-Signature"]
    assert given == signature(secret, body, int(re.match(r"t=(\d+),", given)[1]))
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    told = {name: values[0] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}
    assert (told["type"], told["data[action]"], told["data[reason]"]) == ("unsubscribe", "unsub", "manual")
    assert (told["data[campaign_id]"], told["data[email]"]) == (campaign_id, account.addresses[0])
    assert (told["data[list_id]"], told["data[merges][EMAIL]"]) == (account.id, account.addresses[0])
    assert mailchimp().report(campaign_id).unsubscribed == 1


def test_delivery_that_nobody_takes_is_tried_again_for_75_minutes(mailchimp_sandbox, account, listener):
    mailchimp().create_webhook(account.id, listener.url)
    listener.statuses.extend([500] * 6)
    mailchimp().put_member(account.id, "new@example.com", status_if_new="pending", language="", interests={})
    letter = mailchimp_sandbox.state.letters[-1]["id"]
    requests.post(f"{mailchimp_sandbox.base_url}/sandbox/confirm/{letter}/", timeout=5)
    assert mailchimp().member(account.id, "new@example.com").status == "subscribed"
    mailchimp_sandbox.tick()
    mailchimp_sandbox.tick()
    assert len(listener.told) == 1
    for minutes in (1, 4, 10, 20, 40, 60):
        mailchimp_sandbox.state.ahead += minutes * 60
        mailchimp_sandbox.tick()
    assert len(listener.told) == 6
    assert len({body for _, body in listener.told}) == 1
    assert len({headers["X-Mailchimp-Signature"] for headers, _ in listener.told}) == 6
    assert mailchimp_sandbox.state.deliveries[-1]["state"] == "given up"


def test_profile_page_tells_what_was_chosen(mailchimp_sandbox, account, listener):
    mailchimp().create_webhook(account.id, listener.url)
    key = next(iter(account.audience["_members"]))
    path = f"{mailchimp_sandbox.base_url}/sandbox/profile/{account.id}/{key}/"
    assert "Schools" in requests.get(path, timeout=5).text
    requests.post(path, data={"interests": [account.events], "language": "pl"}, timeout=5)
    mailchimp_sandbox.tick()
    [(_, body)] = listener.told
    assert parse_qs(body.decode())["data[merges][INTERESTS]"] == ["Events"]
    member = mailchimp().member(account.id, account.addresses[0])
    assert (member.language, member.interests) == ("pl", {account.schools: False, account.events: True})


def test_every_email_is_shown_as_each_got_it(mailchimp_sandbox, account):
    mailchimp().change_member(account.id, account.addresses[0], merge_fields={"FNAME": "<Jo>"})
    campaign_id = sent(account, from_name="The council\r\nBcc: everybody@example.com")
    mailchimp().send_test(campaign_id, ["officer@council.example"])
    front = page(mailchimp_sandbox, "/")
    assert "sends nothing to anybody" in front
    assert ("2 people" in front, "officer@council.example" in front) == (True, True)
    [whole] = re.findall(r'href="(/sandbox/sent/[^"]+)"', front)
    readers = re.findall(rf'href="({whole}[^"]+)"', page(mailchimp_sandbox, whole))
    assert len(readers) == 2
    shown = page(mailchimp_sandbox, readers[0])
    assert "Hello &lt;Jo&gt;" in shown
    assert '<th scope="row">List-Unsubscribe</th>' in shown
    assert '<th scope="row">Bcc</th>' not in shown
    html = page(mailchimp_sandbox, f"{readers[0]}html/")
    assert "Hello &lt;Jo&gt;, from News" in html
    assert "*|UNHEARD_OF|*" in html  # seen, not swallowed
    assert "Hello neighbour, from News" in page(mailchimp_sandbox, f"{readers[1]}html/")
    assert "Hello neighbour" in page(mailchimp_sandbox, f"/sandbox/emails/{campaign_id}/")
    [letter] = re.findall(r'href="(/sandbox/letters/[^"]+)"', front)
    assert "[Test] What is new" in page(mailchimp_sandbox, letter)
    assert "nobody&#x27;s" in page(mailchimp_sandbox, "/sandbox/unsubscribe/nobody/")
    for path in ("/sandbox/audiences/", "/sandbox/emails/", "/sandbox/faults"):
        assert "<h1>" in page(mailchimp_sandbox, path)


def test_mail_of_the_site_itself_stands_in_the_inbox(tmp_path):
    message = EmailMultiAlternatives("Your place", "See you there.", "site@council.example", ["jo@example.com"])
    message.attach_alternative("<p>See you <b>there</b>.</p>", "text/html")
    (tmp_path / "20260301-120000-000000-abcdef.eml").write_bytes(message.message().as_bytes())
    (tmp_path / "half.part").write_text("unfinished")
    sandbox = Sandbox(mail=tmp_path)
    sandbox.start()
    try:
        [path] = re.findall(r'href="(/sandbox/mail/[^"]+)"', page(sandbox, "/"))
        assert "See you there." in page(sandbox, path)
        assert "<b>there</b>" in page(sandbox, f"{path}html/")
        for nothing in ("half.part", "nothing.eml", "%2e%2e%2fsecret.eml"):
            assert requests.get(f"{sandbox.base_url}/sandbox/mail/{nothing}/", timeout=5).status_code == 404
    finally:
        sandbox.stop()


def test_faults_are_asked_for_over_http(mailchimp_sandbox):
    path, told = f"{mailchimp_sandbox.base_url}/sandbox/faults", {"Accept": "application/json"}
    asked = {"kind": "problem", "method": "get", "path": "/ping$", "status": 404, "times": 2}
    assert requests.post(path, json=asked, headers=told, timeout=5).json()["faults"][0]["times"] == 2
    assert [ask(mailchimp_sandbox, "GET", "/ping").status_code for _ in range(3)] == [404, 404, 200]
    requests.post(path, data={"kind": "empty_429", "times": "1", "method": "", "seconds": "0"}, timeout=5)
    assert ask(mailchimp_sandbox, "GET", "/lists").status_code == 429
    for wrong in ({"kind": "nothing"}, {"kind": "slow", "colour": "red"}, {"kind": "slow", "path": "("}, {}):
        assert requests.post(path, json=wrong, headers=told, timeout=5).status_code == 400
    requests.post(path, json={"kind": "empty_429", "times": 9}, timeout=5)
    assert requests.delete(path, headers=told, timeout=5).json() == {"faults": []}
    assert requests.get(f"{mailchimp_sandbox.base_url}/sandbox/sends", timeout=5).json() == {"sends": []}


def test_no_other_name_than_that_of_this_machine_is_answered(mailchimp_sandbox):
    answer = requests.get(mailchimp_sandbox.base_url, headers={"Host": "elsewhere.example"}, timeout=5)
    assert answer.status_code == 400
    assert requests.get(f"{mailchimp_sandbox.base_url}/nothing", timeout=5).status_code == 404


def test_state_is_json_as_it_stands(mailchimp_sandbox, account):
    sent(account)
    assert json.loads(json.dumps(mailchimp_sandbox.state.campaigns)) == mailchimp_sandbox.state.campaigns


def test_command_refuses_in_a_sentence_what_it_cannot_do(tmp_path, settings):
    settings.VAR_DIR, settings.EMAIL_FILE_PATH = tmp_path, tmp_path
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} cannot be had. Choose another, such as --port 8026"):
            call_command("mailchimp_sandbox", port=port)
    with pytest.raises(CommandError, match="Port 70000 cannot be had"):
        call_command("mailchimp_sandbox", port=70000)
    (tmp_path / "mailchimp-sandbox.json").write_text("{")
    with pytest.raises(CommandError, match="Delete it: the sandbox then begins anew"):
        call_command("mailchimp_sandbox", port=0)
    settings.DEMO_ALLOWED = False
    with pytest.raises(CommandError, match="production settings refuse it"):
        call_command("mailchimp_sandbox", port=0)
