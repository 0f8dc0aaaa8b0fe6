"""The sandbox tells of members by webhooks, and shows people every email and its faults."""

import json
import re
import socket
import time
from contextlib import closing
from urllib.parse import parse_qs

import pytest
import requests
import time_machine
from django.core.mail import EmailMultiAlternatives
from django.core.management import CommandError, call_command
from django.utils import timezone

from campaigns.mailchimp import Invalid, mailchimp
from campaigns.mailchimp.sandbox.server import Sandbox
from campaigns.mailchimp.sandbox.telling import signature
from campaigns.updates.signatures import refuse_unsigned
from tests.campaigns.mailchimp.accounts import ask, make_account, page, sent
from tests.campaigns.mailchimp.webhook_listener import listening

pytestmark = pytest.mark.alike


@pytest.fixture
def account(mailchimp_sandbox):
    return make_account(mailchimp_sandbox)


@pytest.fixture
def listener():
    with listening() as server:
        yield server


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
    mailchimp_sandbox.state.ahead += 2 * 3600  # the sandbox's clock is moved, and the site's is not
    mailchimp_sandbox.tick()
    [(headers, body)] = listener.told
    refuse_unsigned(headers["X-Mailchimp-Signature"], body, secret=secret, now=time.time())
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
    with time_machine.travel(timezone.now(), tick=True) as clock:
        for minutes in (1, 4, 10, 20, 40, 60):
            clock.shift(minutes * 60)
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
