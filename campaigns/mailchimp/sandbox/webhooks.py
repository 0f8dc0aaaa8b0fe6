"""The webhooks of an audience."""

import secrets

from campaigns.mailchimp.sandbox.audiences import audience_of
from campaigns.mailchimp.sandbox.calls import Call, Problem, missing, public
from campaigns.mailchimp.sandbox.state import Row, new_id
from campaigns.mailchimp.sandbox.telling import answers, is_here

EVENTS = ("subscribe", "unsubscribe", "profile", "cleaned", "upemail", "campaign")
SOURCES = ("user", "admin", "api")
NOT_HERE = "The sandbox delivers to addresses of this machine only."
NO_ANSWER = "We were unable to validate the URL: it must answer a GET request with success."


def webhooks(call: Call, list_id: str) -> Row:
    """Answer the webhooks, without their secrets."""
    rows = audience_of(call, list_id)["_webhooks"]
    return {"webhooks": [public(row) for row in rows], "list_id": list_id, "total_items": len(rows)}


def create_webhook(call: Call, list_id: str) -> Row:
    """Make a webhook, and answer its secret this once."""
    audience = audience_of(call, list_id)
    call.require("url")
    url = call.body["url"]
    if not is_here(url):
        raise Problem(400, "Bad Request", NOT_HERE)
    if any(row["url"] == url for row in audience["_webhooks"]):
        raise Problem(400, "Bad Request", "Sorry, you can't set up multiple WebHooks for one URL")
    if not answers(url):
        raise Problem(400, "Bad Request", NO_ANSWER)
    events, sources = call.body.get("events") or {}, call.body.get("sources") or {}
    row = {
        "id": new_id(),
        "url": url,
        "events": {name: bool(events.get(name)) for name in EVENTS},
        "sources": {name: bool(sources.get(name)) for name in SOURCES},
        "list_id": list_id,
        "signing_enabled": True,
        "_secret": secrets.token_hex(32),
    }
    audience["_webhooks"].append(row)
    return public(row) | {"signing_secret": row["_secret"]}


def delete_webhook(call: Call, list_id: str, webhook_id: str) -> None:
    """Delete a webhook."""
    rows = audience_of(call, list_id)["_webhooks"]
    row = next((row for row in rows if row["id"] == webhook_id), None)
    if not row:
        raise missing()
    rows.remove(row)
