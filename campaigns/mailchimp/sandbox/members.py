"""Members of an audience: how they come, change and go, and what that tells of them."""

import re
from typing import Any

from campaigns.mailchimp.sandbox.audiences import audience_of, make_segment
from campaigns.mailchimp.sandbox.calls import Call, Problem, invalid, missing, public
from campaigns.mailchimp.sandbox.state import Row, State, digest, new_id
from campaigns.mailchimp.sandbox.telling import tell

STATUSES = {"subscribed", "unsubscribed", "cleaned", "pending", "transactional"}
PATCHED_STATUSES = STATUSES - {"transactional"}
_ADDRESS = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\".]+")
# What a call may say of a member, and is taken as it stands.
_TAKEN = (
    "email_type",
    "language",
    "vip",
    "location",
    "ip_signup",
    "timestamp_signup",
    "ip_opt",
    "timestamp_opt",
)


def find(audience: Row, subscriber_hash: str) -> Row | None:
    """Return the member by hash, address or contact id; None where there is none."""
    key = digest(subscriber_hash) if "@" in subscriber_hash else subscriber_hash.lower()
    by_contact = (row for row in audience["_members"].values() if row["contact_id"] == key)
    return audience["_members"].get(key) or next(by_contact, None)


def member_of(audience: Row, subscriber_hash: str) -> Row:
    """Return the member by hash, address or contact id."""
    if not (member := find(audience, subscriber_hash)):
        raise missing()
    return member


def make_member(state: State, audience: Row, address: str, *, status: str) -> Row:
    """Make a member, who is asked to confirm where ``status`` is pending."""
    key = digest(address)
    row: Row = {
        "id": key,
        "email_address": address,
        "unique_email_id": new_id(),
        "contact_id": digest(f"{audience['id']}{key}"),
        "full_name": "",
        "web_id": state.number(),
        "email_type": "html",
        "status": "",
        "unsubscribe_reason": "",
        "consents_to_one_to_one_messaging": True,
        "merge_fields": {field["tag"]: field["default_value"] for field in audience["_merge_fields"]},
        "interests": {
            interest["id"]: False for category in audience["_categories"] for interest in category["_interests"]
        },
        "stats": {"avg_open_rate": 0, "avg_click_rate": 0},
        "ip_signup": "",
        "timestamp_signup": "",
        "ip_opt": "",
        "timestamp_opt": "",
        "member_rating": 2,
        "last_changed": state.stamp(),
        "language": "",
        "vip": False,
        "email_client": "",
        "location": {"latitude": 0, "longitude": 0, "gmtoff": 0, "dstoff": 0, "country_code": "", "timezone": ""},
        "source": "API - Generic",
        "tags_count": 0,
        "tags": [],
        "list_id": audience["id"],
        "_compliance": False,
    }
    audience["_members"][key] = row
    set_status(state, audience, row, status)
    return row


def set_status(state: State, audience: Row, member: Row, status: str) -> None:
    """Let ``member`` stand so; who newly is pending gets an email to confirm."""
    if status == "pending" and member["status"] != "pending":
        state.letters.append(
            {
                "id": new_id(),
                "kind": "confirmation",
                "at": state.stamp(),
                "audience": audience["id"],
                "member": member["id"],
                "to": member["email_address"],
            }
        )
    if status == "subscribed":
        member |= {"timestamp_opt": state.stamp(), "_compliance": False}
    member |= {"status": status, "last_changed": state.stamp()}


def get_member(call: Call, list_id: str, subscriber_hash: str) -> Row:
    """Answer one member."""
    return public(member_of(audience_of(call, list_id), subscriber_hash))


def members(call: Call, list_id: str) -> Row:
    """Answer the members, those who were archived only where they are asked for."""
    status = call.query.get("status")
    rows = [
        row
        for row in audience_of(call, list_id)["_members"].values()
        if (row["status"] == status if status else row["status"] != "archived")
    ]
    return call.page("members", rows, list_id=list_id)


def put_member(call: Call, list_id: str, subscriber_hash: str) -> Row:
    """Add a member, or change what is given of one who is there."""
    audience = audience_of(call, list_id)
    call.require("email_address", "status_if_new")
    _refuse_wrong_fields(call, audience, statuses=STATUSES)
    member = find(audience, subscriber_hash)
    if member and member["status"] != "archived":
        return _change(call, audience, member)
    return _add(call, audience, call.body.get("status") or call.body["status_if_new"])


def add_member(call: Call, list_id: str) -> Row:
    """Add a member who is not there yet."""
    audience = audience_of(call, list_id)
    call.require("email_address", "status")
    _refuse_wrong_fields(call, audience, statuses=STATUSES)
    member = find(audience, call.body["email_address"])
    if member and member["status"] != "archived":
        raise Problem(400, "Member Exists", f"{call.body['email_address']} is already a list member.")
    return _add(call, audience, call.body["status"])


def update_member(call: Call, list_id: str, subscriber_hash: str) -> Row:
    """Change what is given of a member."""
    audience = audience_of(call, list_id)
    member = member_of(audience, subscriber_hash)
    _refuse_wrong_fields(call, audience, statuses=PATCHED_STATUSES, partly=True)
    return _change(call, audience, member)


def archive_member(call: Call, list_id: str, subscriber_hash: str) -> None:
    """Take a member out; they can be added again."""
    audience = audience_of(call, list_id)
    member = member_of(audience, subscriber_hash)
    if member["status"] == "archived":
        raise Problem(405, "Method Not Allowed", "This list member cannot be removed.")
    member |= {"status": "archived", "last_changed": call.state.stamp()}
    unsubscribed(call.state, audience, member, source="api", action="delete")


def delete_permanently(call: Call, list_id: str, subscriber_hash: str) -> None:
    """Delete all that is known of a member, and let nobody add the address again."""
    audience = audience_of(call, list_id)
    member = member_of(audience, subscriber_hash)
    del audience["_members"][member["id"]]
    audience["_forgotten"].append(member["id"])
    for segment in audience["_segments"]:
        segment["_members"] = [key for key in segment["_members"] if key != member["id"]]
    call.state.letters = [letter for letter in call.state.letters if letter.get("member") != member["id"]]


def tags(call: Call, list_id: str, subscriber_hash: str) -> Row:
    """Answer the tags of a member."""
    member = member_of(audience_of(call, list_id), subscriber_hash)
    return {"tags": member["tags"], "total_items": len(member["tags"])}


def update_tags(call: Call, list_id: str, subscriber_hash: str) -> None:
    """Put tags on a member and take others off; a tag is a static segment."""
    audience = audience_of(call, list_id)
    member = member_of(audience, subscriber_hash)
    call.require("tags")
    for asked in call.body["tags"]:
        segment = next((row for row in audience["_segments"] if row["name"] == asked["name"]), None)
        if not segment:
            segment = make_segment(call.state, audience, name=asked["name"], addresses=[])
        others = [key for key in segment["_members"] if key != member["id"]]
        segment["_members"] = [*others, member["id"]] if asked["status"] == "active" else others
    member["tags"] = [
        {"id": row["id"], "name": row["name"], "date_added": call.state.stamp()}
        for row in audience["_segments"]
        if row["type"] == "static" and member["id"] in row["_members"]
    ]
    member["tags_count"] = len(member["tags"])


def _refuse_wrong_fields(call: Call, audience: Row, *, statuses: set[str], partly: bool = False) -> None:
    """Refuse what Mailchimp refuses of a member; keys that it does not know it ignores."""
    body = call.body
    if "email_address" in body and not _ADDRESS.fullmatch(str(body["email_address"])):
        raise Problem(400, "Invalid Resource", "Please provide a valid email address.")
    given = {name: body[name] for name in ("status", "status_if_new") if body.get(name) is not None}
    allowed = f"Value must be one of: {', '.join(sorted(statuses))}"
    errors = [(name, allowed) for name, status in given.items() if status not in statuses]
    unknown = (body.get("interests") or {}).keys() - _interest_names(audience)
    errors += [("interests", f"Invalid interest ID: '{key}'.") for key in sorted(unknown)]
    if not partly and str(call.query.get("skip_merge_validation", "")).lower() != "true":
        values = body.get("merge_fields") or {}
        errors += [
            (field["tag"], "Please enter a value")
            for field in audience["_merge_fields"]
            if field["required"] and not values.get(field["tag"])
        ]
    if errors:
        raise invalid(*errors)


def _add(call: Call, audience: Row, status: str) -> Row:
    address = call.body["email_address"]
    if digest(address) in audience["_forgotten"]:
        detail = f"{address} was permanently deleted and cannot be re-imported. The contact must re-subscribe."
        raise Problem(400, "Forgotten Email Not Subscribed", detail)
    member = make_member(call.state, audience, address, status=status)
    _take(call, audience, member)
    if status == "subscribed":
        tell(call.state, audience, "subscribe", profile(audience, member), source="api")
    return public(member)


def _change(call: Call, audience: Row, member: Row) -> Row:
    status = call.body.get("status")
    if status == "subscribed" and member["_compliance"]:
        who = member["email_address"]
        detail = f"{who} is in a compliance state due to unsubscribe or bounce and cannot be subscribed."
        raise Problem(400, "Member In Compliance State", detail)
    was = member["status"]
    if status and status != was:
        set_status(call.state, audience, member, status)
    _take(call, audience, member)
    if status == "unsubscribed" != was:
        unsubscribed(call.state, audience, member, source="api")
    else:
        tell(call.state, audience, "profile", profile(audience, member), source="api")
    return public(member)


def _take(call: Call, audience: Row, member: Row) -> None:
    """Take over what the call says of the member."""
    body = call.body
    member |= {name: body[name] for name in _TAKEN if name in body}
    known = {field["tag"] for field in audience["_merge_fields"]}
    given = (body.get("merge_fields") or {}).items()
    member["merge_fields"] |= {tag: value for tag, value in given if tag in known}
    member["interests"] |= {key: bool(value) for key, value in (body.get("interests") or {}).items()}
    names = (str(member["merge_fields"].get(tag) or "") for tag in ("FNAME", "LNAME"))
    member |= {"full_name": " ".join(filter(None, names)), "last_changed": call.state.stamp()}
    if "email_address" in body and digest(body["email_address"]) != member["id"]:
        move(call.state, audience, member, body["email_address"], source="api")


def move(state: State, audience: Row, member: Row, address: str, *, source: str) -> None:
    """Give a member another address, and so another name in paths."""
    key = digest(address)
    if key in audience["_members"]:
        raise Problem(400, "Member Exists", f"{address} is already a list member.")
    old = member["email_address"]
    del audience["_members"][member["id"]]
    for segment in audience["_segments"]:
        segment["_members"] = [key if listed == member["id"] else listed for listed in segment["_members"]]
    member |= {"id": key, "email_address": address}
    audience["_members"][key] = member
    moved = {"new_id": member["unique_email_id"], "new_email": address, "old_email": old}
    tell(state, audience, "upemail", moved, source=source)


def unsubscribed(
    state: State, audience: Row, member: Row, *, source: str, action: str = "unsub", campaign_id: str = ""
) -> None:
    """Tell that a member left, by whatever way."""
    left: dict[str, Any] = {"action": action, "reason": "manual", **profile(audience, member)}
    if campaign_id:
        left["campaign_id"] = campaign_id
    tell(state, audience, "unsubscribe", left, source=source)


def profile(audience: Row, member: Row) -> Row:
    """Return what a webhook says of a member."""
    named = _interest_names(audience)
    ticked = [named[key] for key, value in member["interests"].items() if value and key in named]
    return {
        "id": member["unique_email_id"],
        "email": member["email_address"],
        "email_type": member["email_type"],
        "ip_opt": member["ip_opt"],
        "web_id": member["web_id"],
        "merges": {"EMAIL": member["email_address"], **member["merge_fields"], "INTERESTS": ", ".join(ticked)},
    }


def _interest_names(audience: Row) -> dict[str, str]:
    """Return the name of each interest of ``audience``, by its id."""
    categories = audience["_categories"]
    return {interest["id"]: interest["name"] for category in categories for interest in category["_interests"]}
