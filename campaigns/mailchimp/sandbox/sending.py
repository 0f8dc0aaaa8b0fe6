"""What happens once an email goes: it is on its way, has arrived, fails at some addresses, and is opened over days."""

import math
from datetime import datetime, timedelta

from campaigns.mailchimp.sandbox.calls import Call, missing, public
from campaigns.mailchimp.sandbox.state import Row, State
from campaigns.mailchimp.sandbox.telling import tell

HALF_OF_IT = timedelta(hours=8)  # after so long, half of those who ever open it have
# Of all who get it, who ever open it, click in it; of opens, what mail programs did that load pictures by themselves.
OPENED, CLICKED, BY_PROXY = 0.42, 0.09, 0.4
FAILS = "bounce"  # An address that begins so fails for good.


def begin(state: State, row: Row, recipients: list[Row]) -> None:
    """Let the email go to ``recipients``: from here on nothing brings it back."""
    row |= {"status": "sending", "send_time": state.stamp(), "_sending_since": state.now().isoformat()}
    state.sends.append(
        {
            "id": f"{row['id']}-{len(state.sends) + 1}",
            "campaign": row["id"],
            "at": state.stamp(),
            "recipients": [member["id"] for member in recipients],
            "frozen": {
                "settings": dict(row["settings"]),
                "recipients": dict(row["recipients"]),
                "_content": dict(row["_content"]),
            },
        }
    )


def arrive(state: State) -> bool:
    """Let what has been sending for long enough be sent, and note what failed; tell whether there was any."""
    long_ago = state.now() - timedelta(seconds=state.sending_takes)
    arrived = [
        row
        for row in state.campaigns.values()
        if row["status"] == "sending" and datetime.fromisoformat(row["_sending_since"]) <= long_ago
    ]
    for row in arrived:
        sent = next(send for send in reversed(state.sends) if send["campaign"] == row["id"])
        row |= {"status": "sent", "emails_sent": len(sent["recipients"])}
        _clean(state, row, sent)
    return bool(arrived)


def _clean(state: State, row: Row, sent: Row) -> None:
    """Let the addresses that failed for good be no members any more."""
    audience = state.audiences[row["recipients"]["list_id"]]
    row["_failed"] = 0
    for key in sent["recipients"]:
        member = audience["_members"].get(key)
        if member and member["email_address"].startswith(FAILS):
            member |= {"status": "cleaned", "last_changed": state.stamp(), "_compliance": True}
            row["_failed"] += 1
            failed = {"campaign_id": row["id"], "reason": "hard", "email": member["email_address"]}
            tell(state, audience, "cleaned", failed, source="admin")


def report(call: Call, campaign_id: str) -> Row:
    """Answer what became of an email until now."""
    row = call.state.campaigns.get(campaign_id)
    if not row or row["status"] not in {"sending", "sent", "canceled"}:
        raise missing()
    sent, tracking = row["emails_sent"], row["tracking"]
    failed = row.get("_failed", 0)
    share = _share_so_far(call.state.now() - datetime.fromisoformat(row["send_time"]))
    unique = math.floor((sent - failed) * OPENED * share) if tracking["opens"] else 0
    clicked = math.floor((sent - failed) * CLICKED * share) if tracking["html_clicks"] else 0
    people = math.floor(unique * (1 - BY_PROXY))
    return public(
        {
            "id": campaign_id,
            "campaign_title": row["settings"]["title"],
            "type": row["type"],
            "list_id": row["recipients"]["list_id"],
            "list_name": row["recipients"]["list_name"],
            "subject_line": row["settings"]["subject_line"],
            "preview_text": row["settings"]["preview_text"],
            "emails_sent": sent,
            "abuse_reports": 0,
            "unsubscribed": row.get("_unsubscribed", 0),
            "send_time": row["send_time"],
            "bounces": {"hard_bounces": failed, "soft_bounces": 0, "syntax_errors": 0},
            "forwards": {"forwards_count": 0, "forwards_opens": 0},
            "opens": {
                "opens_total": unique + unique // 2,
                "proxy_excluded_opens": people + people // 2,
                "unique_opens": unique,
                "proxy_excluded_unique_opens": people,
                "open_rate": unique / sent if sent else 0,
                "proxy_excluded_open_rate": people / sent if sent else 0,
                "last_open": call.state.stamp() if unique else "",
            },
            "clicks": {
                "clicks_total": clicked + clicked // 4,
                "unique_clicks": clicked,
                "unique_subscriber_clicks": clicked,
                "click_rate": clicked / sent if sent else 0,
                "last_click": call.state.stamp() if clicked else "",
            },
        }
    )


def _share_so_far(since: timedelta) -> float:
    """Return which share of all who ever will has opened it by now, from 0 to 1."""
    return 1 - 0.5 ** (since / HALF_OF_IT)
