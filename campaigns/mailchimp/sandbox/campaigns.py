"""Emails at Mailchimp: drafts, their words, and every change of where they stand until they are sent."""

import re
from datetime import UTC, datetime
from html import unescape

from campaigns.mailchimp.sandbox.audiences import audience_of, in_segment, segment_of, subscribed
from campaigns.mailchimp.sandbox.calls import Call, Problem, invalid, missing, public
from campaigns.mailchimp.sandbox.sending import begin
from campaigns.mailchimp.sandbox.state import Row, State, new_id

TYPES = {"regular", "plaintext", "rss", "variate"}
MATCHES = {"any", "all"}
CHANGEABLE = {"save", "paused"}
QUARTER = 15  # minutes
SETTINGS = {
    "subject_line": "",
    "preview_text": "",
    "title": "",
    "from_name": "",
    "reply_to": "",
    "use_conversation": False,
    "to_name": "",
    "folder_id": "",
    "authenticate": True,
    "auto_footer": True,
    "inline_css": False,
    "auto_tweet": False,
    "fb_comments": False,
    "timewarp": False,
    "template_id": 0,
    "drag_and_drop": False,
}
TRACKING = {
    "opens": True,
    "html_clicks": True,
    "text_clicks": True,
    "goal_tracking": False,
    "ecomm360": False,
    "google_analytics": "",
    "clicktale": "",
}
NOT_READY = "Your Campaign is not ready to send. Please review the campaign checklist before sending."


def campaign_of(call: Call, campaign_id: str) -> Row:
    """Return the email of that id."""
    if not (campaign := call.state.campaigns.get(campaign_id)):
        raise missing()
    return campaign


def campaigns(call: Call) -> Row:
    """Answer the emails, oldest first unless asked otherwise."""
    rows = sorted(call.state.campaigns.values(), key=lambda row: (row["create_time"], row["web_id"]))
    if call.query.get("sort_dir") == "DESC":
        rows.reverse()
    if status := call.query.get("status"):
        rows = [row for row in rows if row["status"] == status]
    if list_id := call.query.get("list_id"):
        rows = [row for row in rows if row["recipients"]["list_id"] == list_id]
    return call.page("campaigns", rows)


def get_campaign(call: Call, campaign_id: str) -> Row:
    """Answer one email."""
    return public(campaign_of(call, campaign_id))


def create(call: Call) -> Row:
    """Make a draft."""
    call.require("type")
    if call.body["type"] not in TYPES:
        raise invalid(("type", f"Value must be one of: {', '.join(sorted(TYPES))}"))
    campaign_id = new_id()
    row: Row = {
        "id": campaign_id,
        "web_id": call.state.number(),
        "type": call.body["type"],
        "create_time": call.state.stamp(),
        "archive_url": f"{call.base}/sandbox/emails/{campaign_id}/",
        "long_archive_url": f"{call.base}/sandbox/emails/{campaign_id}/",
        "status": "save",
        "emails_sent": 0,
        "send_time": "",
        "content_type": "html",
        "needs_block_refresh": False,
        "resendable": False,
        "recipients": {
            "list_id": "",
            "list_is_active": True,
            "list_name": "",
            "segment_text": "",
            "recipient_count": 0,
        },
        "settings": dict(SETTINGS),
        "tracking": dict(TRACKING),
        "delivery_status": {"enabled": False},
        "_content": {"html": "", "plain_text": ""},
    }
    _take(call, row)
    call.state.campaigns[campaign_id] = row
    return public(row)


def update(call: Call, campaign_id: str) -> Row:
    """Change a draft."""
    row = campaign_of(call, campaign_id)
    _refuse_unless(row, CHANGEABLE, "Only campaigns that are not scheduled or sent can be changed.")
    call.require("settings")
    _take(call, row)
    return public(row)


def remove(call: Call, campaign_id: str) -> None:
    """Delete an email."""
    row = campaign_of(call, campaign_id)
    if row["status"] == "sending":
        raise Problem(405, "Method Not Allowed", "A campaign cannot be deleted while it is being sent.")
    del call.state.campaigns[campaign_id]


def _take(call: Call, row: Row) -> None:
    """Take over what the call says. Keys that nobody knows are ignored, a misspelt segment among them."""
    for name in ("settings", "tracking"):
        row[name] |= {key: value for key, value in (call.body.get(name) or {}).items() if key in row[name]}
    given = call.body.get("recipients")
    if not given:
        return
    if not given.get("list_id"):
        raise invalid(("recipients.list_id", "Required fields were not provided"))
    if given["list_id"] not in call.state.audiences:
        raise invalid(("recipients.list_id", "The list does not exist"))
    audience = audience_of(call, given["list_id"])
    was = row["recipients"]["recipient_count"]
    row["recipients"] = {"list_id": audience["id"], "list_is_active": True, "list_name": audience["name"]}
    row["recipients"]["segment_text"] = ""
    options = given.get("segment_opts") or {}
    if segment_id := options.get("saved_segment_id"):
        if str(segment_id) not in {str(segment["id"]) for segment in audience["_segments"]}:
            raise invalid(("recipients.segment_opts.saved_segment_id", "The segment does not exist"))
        if options.get("match", "any") not in MATCHES:
            raise invalid(("recipients.segment_opts.match", "Value must be one of: all, any"))
        segment = segment_of(audience, segment_id)
        row["recipients"]["segment_text"] = f"<p>{segment['name']}</p>"
        row["recipients"]["segment_opts"] = {"saved_segment_id": segment["id"], "match": options.get("match", "any")}
    count = len(recipients(call.state, row))
    # What Mailchimp counted stays until the recipients are given anew; at times even then (a fault asks for that).
    row["recipients"]["recipient_count"] = was if "stale_count" in call.wrong else count


def recipients(state: State, row: Row) -> list[Row]:
    """Return whom the email would go to if it went now; nobody where its segment was deleted."""
    audience = state.audiences[row["recipients"]["list_id"]]
    segment_id = (row["recipients"].get("segment_opts") or {}).get("saved_segment_id")
    if not segment_id:
        return subscribed(audience)
    found = next((segment for segment in audience["_segments"] if segment["id"] == segment_id), None)
    return in_segment(audience, found) if found else []


def set_content(call: Call, campaign_id: str) -> Row:
    """Put the words there; the text version is made of the HTML where it is left out."""
    row = campaign_of(call, campaign_id)
    _refuse_unless(row, CHANGEABLE, "The content of a scheduled or sent campaign cannot be changed.")
    html = str(call.body.get("html") or row["_content"]["html"])
    row["_content"] = {"html": html, "plain_text": str(call.body.get("plain_text") or _as_text(html))}
    return get_content(call, campaign_id)


def get_content(call: Call, campaign_id: str) -> Row:
    """Answer the words."""
    content = campaign_of(call, campaign_id)["_content"]
    return {**content, "archive_html": content["html"]}


def _as_text(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"(?is)<(style|head).*?</\1>", "", html))).strip()


def checklist(call: Call, campaign_id: str) -> Row:
    """Answer what stands in the way of sending."""
    faults = _faults(call.state, campaign_of(call, campaign_id))
    items = [
        {"type": "error" if text else "success", "id": 100 + number, "heading": heading, "details": text or "Ready."}
        for number, (heading, text) in enumerate(faults.items())
    ]
    return {"is_ready": not any(faults.values()), "items": items}


def _faults(state: State, row: Row) -> dict[str, str]:
    """Return what each part of the email lacks, empty where it lacks nothing."""
    settings, given = row["settings"], row["recipients"]
    if not given["list_id"]:
        to_whom = "Choose an audience."
    elif not recipients(state, row):
        to_whom = "This campaign has no recipients, or its segment was deleted."
    else:
        to_whom = ""
    return {
        "List": to_whom,
        "Subject Line": "" if settings["subject_line"] else "Add a subject line.",
        "From": "" if settings["from_name"] and settings["reply_to"] else "Add a from name and address.",
        "HTML Email": "" if row["_content"]["html"] else "Design an email.",
    }


def send(call: Call, campaign_id: str) -> None:
    """Send it now."""
    row = campaign_of(call, campaign_id)
    _refuse_unready(call.state, row)
    begin(call.state, row, recipients(call.state, row))


def send_due(state: State) -> bool:
    """Begin to send what was scheduled and is due; tell whether there was any."""
    due = [
        row
        for row in state.campaigns.values()
        if row["status"] == "schedule" and datetime.fromisoformat(row["send_time"]) <= state.now()
    ]
    for row in due:
        if any(_faults(state, row).values()):
            row |= {"status": "save", "send_time": ""}
        else:
            begin(state, row, recipients(state, row))
    return bool(due)


def schedule(call: Call, campaign_id: str) -> None:
    """Let it be sent by itself, on a quarter of an hour."""
    row = campaign_of(call, campaign_id)
    call.require("schedule_time")
    try:
        moment = datetime.fromisoformat(str(call.body["schedule_time"]))
    except ValueError:
        raise invalid(("schedule_time", "Schema describes datetime")) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    if moment.minute % QUARTER or moment.second:
        raise invalid(("schedule_time", "Schedule time must be on the quarter hour (:00, :15, :30, :45)"))
    if moment <= call.state.now():
        raise invalid(("schedule_time", "Schedule time must be in the future"))
    _refuse_unready(call.state, row)
    row |= {"status": "schedule", "send_time": moment.isoformat()}


def unschedule(call: Call, campaign_id: str) -> None:
    """Take the schedule back."""
    row = campaign_of(call, campaign_id)
    _refuse_unless(row, {"schedule"}, "This campaign is not scheduled.")
    row |= {"status": "save", "send_time": ""}


def cancel(call: Call, campaign_id: str) -> None:
    """Stop what is being sent; the rest goes to nobody."""
    row = campaign_of(call, campaign_id)
    _refuse_unless(row, {"sending"}, "This campaign cannot be canceled.")
    row |= {"status": "canceled"}


def test(call: Call, campaign_id: str) -> None:
    """Send it to a few addresses, to look at."""
    row = campaign_of(call, campaign_id)
    call.require("test_emails", "send_type")
    if call.body["send_type"] not in {"html", "plaintext"}:
        raise invalid(("send_type", "Value must be one of: html, plaintext"))
    if not row["_content"]["html"]:
        raise Problem(400, "Bad Request", NOT_READY)
    for address in call.body["test_emails"]:
        letter = {"id": new_id(), "kind": "test", "at": call.state.stamp(), "campaign": campaign_id, "to": address}
        frozen = {"settings": dict(row["settings"]), "_content": dict(row["_content"])}
        call.state.letters.append(letter | {"audience": row["recipients"]["list_id"], "frozen": frozen})


def _refuse_unready(state: State, row: Row) -> None:
    if row["status"] not in CHANGEABLE or any(_faults(state, row).values()):
        raise Problem(400, "Bad Request", NOT_READY)


def _refuse_unless(row: Row, statuses: set[str], words: str) -> None:
    if row["status"] not in statuses:
        raise Problem(400, "Bad Request", words)
