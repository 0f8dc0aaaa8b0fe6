"""The sandbox and the adapter keep to what Mailchimp's own description says (tests/data/mailchimp)."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import requests

from campaigns.mailchimp import mailchimp
from campaigns.mailchimp.adapter import Mailchimp
from campaigns.mailchimp.sandbox import audiences, campaigns, members
from campaigns.mailchimp.sandbox.routes import API
from tests.campaigns.conftest import KEY
from tests.campaigns.mailchimp.accounts import draft, make_account
from tests.installations import REPOSITORY

pytestmark = pytest.mark.alike
DESCRIBED = json.loads((REPOSITORY / "tests/data/mailchimp/api.json").read_text())
TYPES = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "object": dict}
PUBLIC = {name for name in vars(Mailchimp) if not name.startswith("_")}
NEEDS = {
    place: {name for name in facts["required"] if "." not in name}
    for place, facts in DESCRIBED.items()
    if "required" in facts
}


def described(method: str, path: str) -> dict:
    """Return what is said of a call to ``path``."""
    for place, facts in DESCRIBED.items():
        verb, template = place.split()
        if verb == method and re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template)), path):
            return facts
    raise AssertionError(f"{method} {path} is not described.")


def differences(value, said, at="") -> list[str]:
    """Return where ``value`` is not as ``said``: another type, a property or a value that there is not."""
    if isinstance(said, list):
        return [] if value in said or value == "" else [f"{at}: {value!r}"]
    if isinstance(said, str):
        is_right = said == "any" or (isinstance(value, TYPES[said]) and (said == "boolean") == isinstance(value, bool))
        return [] if is_right else [f"{at}: {value!r} is no {said}"]
    if "[]" in said:
        if not isinstance(value, list):
            return [f"{at}: no array"]
        return [found for row in value for found in differences(row, said["[]"], f"{at}[]")]
    if not isinstance(value, dict):
        return [f"{at}: no object"]
    found = [f"{at}.{name}" for name in value.keys() - said.keys()]
    for name in value.keys() & said.keys():
        found += differences(value[name], said[name], f"{at}.{name}")
    return found


def missing(body, required: list[str]) -> list[str]:
    """Return what of ``required`` a body lacks, a nested one where its parent is there."""
    found = []
    for name in required:
        *parents, last = name.split(".")
        row = body
        for parent in parents:
            row = row.get(parent) if isinstance(row, dict) else None
        if isinstance(row, dict) and last not in row:
            found.append(name)
    return found


@pytest.fixture
def exchanged(monkeypatch):
    """Return what is asked and answered from now on: method, path, query, body, answer."""
    exchanges, ask = [], requests.Session.request

    def noting(self, method, url, **asked):
        answer = ask(self, method, url, **asked)
        path = url.partition("/3.0")[2]
        exchanges.append((method, path, dict(asked["params"] or {}), json.loads(asked["data"] or "null"), answer))
        return answer

    monkeypatch.setattr(requests.Session, "request", noting)
    return exchanges


def use_every_method(account, url):
    """Call every method of the adapter once."""
    api, address = mailchimp(), account.addresses[0]
    moment = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=2)
    api.ping()
    api.audiences()
    api.audience(account.id)
    api.merge_fields(account.id)
    api.interests(account.id)
    api.segments(account.id)
    api.segment(account.id, account.segment["id"])
    api.member(account.id, address)
    api.put_member(
        account.id, address, status_if_new="pending", language="ur", interests={account.events: True}, merge_fields={}
    )
    api.change_member(account.id, address, language="pl")
    made = api.create_campaign(draft(account))
    api.change_campaign(made.id, draft(account, segment_id=None))
    api.find_campaign("groundswell-1")
    api.set_content(made.id, html="<p>Welcome</p>", plain_text="Welcome")
    api.content(made.id)
    api.checklist(made.id)
    api.send_test(made.id, ["officer@council.example"])
    api.schedule(made.id, moment)
    api.unschedule(made.id)
    api.send(made.id)
    api.cancel(made.id)
    api.campaign(made.id)
    api.report(made.id)
    api.remove_campaign(made.id)
    api.remove_webhook(account.id, api.create_webhook(account.id, url).id)
    api.webhooks(account.id)
    api.archive_member(account.id, address)
    api.forget_member(account.id, address)


@pytest.fixture
def used(mailchimp_sandbox, exchanged, monkeypatch):
    """Return every exchange of an adapter of which every method was called, and the names of those."""
    called = set()

    def noting(name, method):
        def call(self, *args, **kwargs):
            called.add(name)
            return method(self, *args, **kwargs)

        return call

    for name in PUBLIC:
        monkeypatch.setattr(Mailchimp, name, noting(name, getattr(Mailchimp, name)))
    mailchimp_sandbox.state.sending_takes = 60
    account = make_account(mailchimp_sandbox)
    monkeypatch.setattr("campaigns.mailchimp.sandbox.webhooks.answers", lambda _: True)
    use_every_method(account, f"{mailchimp_sandbox.base_url}/mailchimp/x/")
    return exchanged, called


def test_every_method_of_the_adapter_calls_what_is_described_and_sends_what_is_known(used):
    exchanges, called = used
    assert called == PUBLIC
    for method, path, query, body, answer in exchanges:
        facts = described(method, path)
        assert set(query) <= set(facts.get("query", [])), path
        assert (body is None) == ("body" not in facts), path
        if body is not None:
            assert differences(body, facts["body"], path) == []
            assert missing(body, facts.get("required", [])) == [], path
        assert answer.status_code == facts["status"], path


def test_every_answer_of_the_sandbox_has_only_what_is_described(used):
    exchanges, _ = used
    found = []
    for method, path, _, _, answer in exchanges:
        facts = described(method, path)
        if answer.status_code == 204:
            assert "answer" not in facts, path
        else:
            found += differences(answer.json(), facts["answer"], f"{method} {path}")
    assert found == []


def test_sandbox_answers_no_path_that_is_not_described():
    assert {re.sub(r"<(\w+)>", r"{\1}", place) for place in API} == set(DESCRIBED)


@pytest.mark.parametrize("place", [place for place, needed in NEEDS.items() if needed])
def test_what_is_required_is_asked_for(mailchimp_sandbox, place):
    account = make_account(mailchimp_sandbox)
    made = mailchimp().create_campaign(draft(account))
    method, template = place.split()
    path = template.format(
        list_id=account.id, subscriber_hash=account.addresses[0], campaign_id=made.id, segment_id=account.segment["id"]
    )
    answer = requests.request(
        method, f"{mailchimp_sandbox.base_url}/3.0{path}", json={"language": "en"}, auth=("any", KEY), timeout=5
    )
    assert answer.status_code == 400
    assert {row["field"] for row in answer.json()["errors"]} == NEEDS[place]


def test_closed_lists_are_those_described():
    member = DESCRIBED["PUT /lists/{list_id}/members/{subscriber_hash}"]["body"]
    assert set(member["status_if_new"]) == members.STATUSES
    assert (
        set(DESCRIBED["PATCH /lists/{list_id}/members/{subscriber_hash}"]["body"]["status"]) == members.PATCHED_STATUSES
    )
    assert set(DESCRIBED["POST /lists/{list_id}/merge-fields"]["body"]["type"]) == audiences.FIELD_TYPES
    assert set(DESCRIBED["POST /campaigns"]["body"]["type"]) >= campaigns.TYPES
    assert set(DESCRIBED["POST /campaigns"]["body"]["recipients"]["segment_opts"]["match"]) == campaigns.MATCHES
    assert set(DESCRIBED["GET /campaigns/{campaign_id}"]["answer"]["status"]) >= campaigns.CHANGEABLE
