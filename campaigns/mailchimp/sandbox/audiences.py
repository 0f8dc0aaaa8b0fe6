"""Audiences, the fields they keep, their interests and segments."""

from typing import Any

from campaigns.mailchimp.sandbox.calls import Call, Problem, invalid, missing, public
from campaigns.mailchimp.sandbox.state import Row, State, digest, new_id

FIELD_TYPES = {"text", "number", "address", "phone", "date", "url", "imageurl", "radio", "dropdown", "birthday", "zip"}
MOST_ADDED = 500


def make_audience(
    state: State, *, name: str, double_optin: bool, from_name: str, from_email: str, language: str = "en"
) -> Row:
    """Make an audience with the fields that each has at Mailchimp."""
    audience_id = new_id()
    contact = {"company": from_name, "address1": "1 Example Street", "address2": "", "city": "Exampleton"}
    row: Row = {
        "id": audience_id,
        "web_id": state.number(),
        "name": name,
        "contact": contact | {"state": "", "zip": "EX1 1EX", "country": "GB", "phone": ""},
        "permission_reminder": "You signed up on our website.",
        "use_archive_bar": False,
        "campaign_defaults": {
            "from_name": from_name,
            "from_email": from_email,
            "subject": "",
            "language": language,
        },
        "notify_on_subscribe": "",
        "notify_on_unsubscribe": "",
        "date_created": state.stamp(),
        "list_rating": 0,
        "email_type_option": False,
        "subscribe_url_short": "",
        "subscribe_url_long": "",
        "beamer_address": "",
        "visibility": "prv",
        "double_optin": double_optin,
        "has_welcome": False,
        "marketing_permissions": False,
        "modules": [],
        "_members": {},
        "_forgotten": [],
        "_merge_fields": [],
        "_categories": [],
        "_segments": [],
        "_webhooks": [],
    }
    state.audiences[audience_id] = row
    for tag, label in (("FNAME", "First Name"), ("LNAME", "Last Name")):
        make_merge_field(row, tag=tag, name=label, kind="text", required=False)
    return row


def make_merge_field(audience: Row, *, tag: str, name: str, kind: str, required: bool) -> Row:
    """Let ``audience`` keep one more field of each member."""
    fields = audience["_merge_fields"]
    row = {"merge_id": len(fields) + 1, "tag": tag, "name": name, "type": kind, "required": required}
    row |= {"default_value": "", "public": False, "display_order": len(fields) + 2, "options": {"size": 25}}
    row |= {"help_text": "", "list_id": audience["id"]}
    fields.append(row)
    return row


def make_category(audience: Row, *, title: str, interests: list[str]) -> Row:
    """Let members of ``audience`` tick ``interests``."""
    category = {"list_id": audience["id"], "id": new_id(), "title": title, "display_order": 0, "type": "checkboxes"}
    category["_interests"] = [
        {"category_id": category["id"], "list_id": audience["id"], "id": new_id(), "name": name, "display_order": place}
        for place, name in enumerate(interests)
    ]
    audience["_categories"].append(category)
    return category


def make_segment(
    state: State, audience: Row, *, name: str, addresses: list[str] | None = None, options: Row | None = None
) -> Row:
    """Make a segment: static, of those ``addresses`` that are members, or saved by the conditions of ``options``."""
    static = options is None
    row: Row = {
        "id": state.number(),
        "name": name,
        "type": "static" if static else "saved",
        "created_at": state.stamp(),
        "updated_at": state.stamp(),
        "options": options or {"match": "all", "conditions": []},
        "list_id": audience["id"],
        "_members": [key for address in addresses or [] if (key := digest(address)) in audience["_members"]],
    }
    audience["_segments"].append(row)
    return row


def audience_of(call: Call, list_id: str) -> Row:
    """Return the audience of that id."""
    if not (audience := call.state.audiences.get(list_id)):
        raise missing()
    return audience


def subscribed(audience: Row) -> list[Row]:
    """Return those who get the audience's email."""
    return [member for member in audience["_members"].values() if member["status"] == "subscribed"]


def in_segment(audience: Row, segment: Row) -> list[Row]:
    """Return those of the segment who get email."""
    if segment["type"] == "static":
        chosen = set(segment["_members"])
        return [member for member in subscribed(audience) if member["id"] in chosen]
    options = segment["options"]
    every = all if options.get("match", "all") == "all" else any
    conditions = options.get("conditions", [])
    return [
        member
        for member in subscribed(audience)
        if not conditions or every(_holds(audience, member, condition) for condition in conditions)
    ]


def _holds(audience: Row, member: Row, condition: Row) -> bool:
    """Tell whether one condition holds: interests, language, a text field, or being in a static segment."""
    op, value = condition["op"], condition.get("value")
    match condition["condition_type"]:
        case "Interests":
            ticked = [bool(member["interests"].get(key)) for key in value or []]
            return {"interestcontains": any(ticked), "interestcontainsall": all(ticked)}.get(op, not any(ticked))
        case "Language":
            return (member["language"] == value) == (op == "is")
        case "TextMerge":
            return (str(member["merge_fields"].get(condition["field"], "")) == str(value)) == (op == "is")
        case "StaticSegment":
            segment = next((row for row in audience["_segments"] if row["id"] == value), None)
            return (bool(segment) and member["id"] in segment["_members"]) == (op == "static_is")  # type: ignore[index]
    return False


def lists(call: Call) -> Row:
    """Answer every audience."""
    return call.page("lists", [_answer(audience) for audience in call.state.audiences.values()])


def get_list(call: Call, list_id: str) -> Row:
    """Answer one audience."""
    return _answer(audience_of(call, list_id))


def _answer(audience: Row) -> Row:
    """Return an audience with its sums."""
    statuses = [member["status"] for member in audience["_members"].values()]
    stats = {
        "member_count": statuses.count("subscribed"),
        "unsubscribe_count": statuses.count("unsubscribed"),
        "cleaned_count": statuses.count("cleaned"),
        "campaign_count": 0,
        "merge_field_count": len(audience["_merge_fields"]),
        "open_rate": 0,
        "click_rate": 0,
    }
    return public(audience) | {"stats": stats}


def merge_fields(call: Call, list_id: str) -> Row:
    """Answer what an audience keeps of each member."""
    return call.page("merge_fields", audience_of(call, list_id)["_merge_fields"], list_id=list_id)


def add_merge_field(call: Call, list_id: str) -> Row:
    """Let an audience keep one more field."""
    audience = audience_of(call, list_id)
    call.require("name", "type")
    body, fields = call.body, audience["_merge_fields"]
    if body["type"] not in FIELD_TYPES:
        raise invalid(("type", f"Value must be one of {', '.join(sorted(FIELD_TYPES))}"))
    tag = str(body.get("tag") or f"MMERGE{len(fields) + 1}").upper()
    if tag in {row["tag"] for row in fields}:
        raise Problem(400, "Bad Request", f'A merge field with the tag "{tag}" already exists for this list.')
    return make_merge_field(
        audience, tag=tag, name=body["name"], kind=body["type"], required=bool(body.get("required"))
    )


def interest_categories(call: Call, list_id: str) -> Row:
    """Answer the groups that interests stand in."""
    return call.page("categories", audience_of(call, list_id)["_categories"], list_id=list_id)


def interests(call: Call, list_id: str, interest_category_id: str) -> Row:
    """Answer the interests of one group, each with how many ticked it, as text."""
    audience = audience_of(call, list_id)
    category = next((row for row in audience["_categories"] if row["id"] == interest_category_id), None)
    if not category:
        raise missing()
    rows = [row | {"subscriber_count": str(_ticked(audience, row["id"]))} for row in category["_interests"]]
    return call.page("interests", rows, list_id=list_id, category_id=interest_category_id)


def _ticked(audience: Row, interest_id: str) -> int:
    return sum(bool(member["interests"].get(interest_id)) for member in subscribed(audience))


def segments(call: Call, list_id: str) -> Row:
    """Answer the segments of an audience."""
    audience = audience_of(call, list_id)
    rows = [_counted(audience, row) for row in audience["_segments"]]
    if kind := call.query.get("type"):
        rows = [row for row in rows if row["type"] == kind]
    return call.page("segments", rows, list_id=list_id)


def _counted(audience: Row, segment: Row) -> Row:
    return public(segment) | {"member_count": len(in_segment(audience, segment))}


def segment_of(audience: Row, segment_id: Any) -> Row:
    """Return the segment of that id."""
    for row in audience["_segments"]:
        if str(row["id"]) == str(segment_id):
            return row
    raise missing()


def get_segment(call: Call, list_id: str, segment_id: str) -> Row:
    """Answer one segment."""
    audience = audience_of(call, list_id)
    return _counted(audience, segment_of(audience, segment_id))


def create_segment(call: Call, list_id: str) -> Row:
    """Make a segment."""
    audience = audience_of(call, list_id)
    call.require("name")
    given = call.body.get("static_segment")
    options = None if given is not None else call.body.get("options")
    if given is None and options is None:
        raise invalid(("static_segment", "Either static_segment or options must be given"))
    made = make_segment(call.state, audience, name=call.body["name"], addresses=given, options=options)
    return _counted(audience, made)


def update_segment(call: Call, list_id: str, segment_id: str) -> Row:
    """Rename a segment, or say anew who is in it."""
    audience = audience_of(call, list_id)
    segment = segment_of(audience, segment_id)
    call.require("name")
    segment["name"] = call.body["name"]
    if "options" in call.body and segment["type"] == "saved":
        segment["options"] = call.body["options"]
    if "static_segment" in call.body and segment["type"] == "static":
        segment["_members"] = [digest(address) for address in call.body["static_segment"]]
    segment["updated_at"] = call.state.stamp()
    return _counted(audience, segment)


def delete_segment(call: Call, list_id: str, segment_id: str) -> None:
    """Delete a segment; who was in it stays a member."""
    audience = audience_of(call, list_id)
    audience["_segments"].remove(segment_of(audience, segment_id))


def batch_segment_members(call: Call, list_id: str, segment_id: str) -> Row:
    """Put members into a static segment and take others out."""
    audience = audience_of(call, list_id)
    segment = segment_of(audience, segment_id)
    if segment["type"] != "static":
        raise Problem(400, "Bad Request", "This endpoint only works with static segments.")
    adding, removing = (call.body.get(name, []) for name in ("members_to_add", "members_to_remove"))
    if max(len(adding), len(removing)) > MOST_ADDED:
        raise invalid(("members_to_add", f"At most {MOST_ADDED} at once"))
    known = [key for address in adding if (key := digest(address)) in audience["_members"]]
    gone = {digest(address) for address in removing}
    added = [key for key in known if key not in segment["_members"]]
    removed = [key for key in segment["_members"] if key in gone]
    segment["_members"] = [key for key in segment["_members"] if key not in gone] + added
    members = audience["_members"]
    return {
        "members_added": [public(members[key]) for key in added],
        "members_removed": [public(members[key]) for key in removed if key in members],
        "errors": [],
        "total_added": len(added),
        "total_removed": len(removed),
        "error_count": 0,
    }
