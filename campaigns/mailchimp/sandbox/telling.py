"""Webhooks: who is told what, signed, and tried again where nobody took it."""

import hashlib
import hmac
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests

from campaigns.mailchimp.sandbox.state import Row, State, new_id

TRIED_AGAIN = [timedelta(minutes=minutes) for minutes in (1, 4, 10, 20, 40)]  # 75 minutes in all
PATIENCE = 10.0  # seconds; whoever answers later is told again
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def is_here(url: str) -> bool:
    """Tell whether ``url`` is on this machine: the sandbox talks to no other."""
    return urlsplit(url).hostname in LOOPBACK


def tell(state: State, audience: Row, event: str, data: Row, *, source: str) -> None:
    """Write down a delivery for each webhook that wants to hear of ``event`` from ``source``."""
    data = {"list_id": audience["id"], **data}
    fired_at = state.now().strftime("%Y-%m-%d %H:%M:%S")
    body = urlencode([("type", event), ("fired_at", fired_at), *_flat("data", data)])
    for webhook in audience["_webhooks"]:
        if webhook["events"].get(event) and webhook["sources"].get(source):
            state.deliveries.append(
                {
                    "id": new_id(),
                    "event": event,
                    "url": webhook["url"],
                    "body": body,
                    "_secret": webhook["_secret"],
                    "due": state.now().isoformat(),
                    "attempts": [],
                    "state": "waiting",
                }
            )


def signature(secret: str, raw: bytes, moment: int) -> str:
    """Return the value of X-Mailchimp-Signature for a delivery of ``raw`` at ``moment`` (seconds since 1970)."""
    signed = hmac.new(secret.encode(), f"{moment}.".encode() + raw, hashlib.sha256).hexdigest()
    return f"t={moment},v1={signed}"


def deliver_due(state: State) -> int:
    """Deliver what is due, without holding the state while somebody answers; return how many were taken."""
    with state.lock:
        now = state.now()
        due = [
            row for row in state.deliveries if row["state"] == "waiting" and datetime.fromisoformat(row["due"]) <= now
        ]
    taken = 0
    for row in due:
        status = _post(row)
        with state.lock:
            _note(state, row, status)
            state.save()
        taken += row["state"] == "delivered"
    return taken


def _post(row: Row) -> int:
    """Return the status that the other side answered; 0 where it did not."""
    raw = row["body"].encode()
    signed_at = int(time.time())  # the site's clock was not moved forward, and it takes minutes' difference for forgery
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "User-Agent": "Mailchimp sandbox",
        "X-Mailchimp-Signature": signature(row["_secret"], raw, signed_at),
    }
    try:
        answer = requests.post(row["url"], data=raw, headers=headers, timeout=PATIENCE, allow_redirects=False)
    except requests.RequestException:
        return 0
    return answer.status_code


def _note(state: State, row: Row, status: int) -> None:
    row["attempts"].append({"at": state.stamp(), "status": status})
    tried = len(row["attempts"])
    if 200 <= status < 300:
        row["state"] = "delivered"
    elif tried > len(TRIED_AGAIN):
        row["state"] = "given up"
    else:
        row["due"] = (state.now() + TRIED_AGAIN[tried - 1]).isoformat()


def answers(url: str) -> bool:
    """Tell whether ``url`` answers a GET with success, as each address must before it is told anything."""
    try:
        return 200 <= requests.get(url, timeout=PATIENCE, allow_redirects=False).status_code < 300
    except requests.RequestException:
        return False


def _flat(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Go through the keys of a form that stands for nested values: ``data[merges][FNAME]``."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(f"{name}[{key}]", inner)
    else:
        yield name, str(value)
