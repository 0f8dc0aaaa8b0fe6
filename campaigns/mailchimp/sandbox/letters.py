"""Emails as they would arrive: to one person each, with everything between ``*|`` and ``|*`` filled in."""

import re
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from typing import Any

from campaigns.mailchimp.sandbox.state import Row, State

# *|TAG|*, *|LIST:NAME|*, *|IF:FNAME|* … *|ELSE:|* … *|END:IF|*
_TAG = re.compile(r"\*\|([A-Z0-9_]+(?::[^|*]*)?)\|\*")
_IF = re.compile(r"\*\|IF:([A-Z0-9_]+)\|\*(.*?)(?:\*\|ELSE:?\|\*(.*?))?\*\|END:IF\|\*", re.DOTALL)
CONFIRM_SUBJECT = "Please confirm your subscription"


def member_of_send(state: State, send: Row, key: str) -> Row | None:
    """Return the member who got an email, as they are now; None where nothing is known of them any more."""
    return state.audiences[send["frozen"]["recipients"]["list_id"]]["_members"].get(key)


def arrived(state: State, base: str, send: Row, member: Row) -> EmailMessage:
    """Return the email of ``send`` as ``member`` got it."""
    audience = state.audiences[member["list_id"]]
    links = _links(base, send["campaign"], audience, unsubscribe=f"{send['id']}/{member['id']}", member=member["id"])
    message = _written(send["frozen"], audience, member, links, at=send["at"])
    message["List-Unsubscribe"] = f"<{links['UNSUB']}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["List-ID"] = f"{_line(audience['name'])} <{audience['id']}.sandbox.invalid>"
    return message


def anonymous(state: State, base: str, campaign: Row) -> EmailMessage:
    """Return an email as the archive shows it to anybody."""
    audience = state.audiences[campaign["recipients"]["list_id"]]
    nobody = {"email_address": "", "merge_fields": {}, "language": ""}
    return _written(campaign, audience, nobody, _links(base, campaign["id"], audience), at=campaign["create_time"])


def letter(state: State, base: str, row: Row) -> EmailMessage:
    """Return what went to one person alone: a test, or the question whether they want to be subscribed."""
    if row["kind"] == "test":
        audience = state.audiences[row["audience"]]
        reader = {"email_address": row["to"], "merge_fields": {}, "language": ""}
        message = _written(row["frozen"], audience, reader, _links(base, row["campaign"], audience), at=row["at"])
        message.replace_header("Subject", f"[Test] {message['Subject']}")
        return message
    return _confirmation(state, base, row)


def _confirmation(state: State, base: str, row: Row) -> EmailMessage:
    audience = state.audiences[row["audience"]]
    defaults, link = audience["campaign_defaults"], f"{base}/sandbox/confirm/{row['id']}/"
    name = escape(audience["name"])
    text = f"{audience['name']}\n\nPlease confirm your subscription: {link}\n\nIf you did not ask for it, do nothing."
    html = (
        f"<h1>{name}</h1><p><a href='{link}'>Yes, subscribe me to this list.</a></p>"
        "<p>If you did not ask for it, do nothing.</p>"
    )
    settings = {"from_name": defaults["from_name"], "reply_to": defaults["from_email"], "subject_line": CONFIRM_SUBJECT}
    message = _message(settings, to=row["to"], at=row["at"], subject=f"{audience['name']}: {CONFIRM_SUBJECT}")
    return _with_bodies(message, text, html)


def _written(row: Row, audience: Row, reader: Row, links: dict[str, str], *, at: str) -> EmailMessage:
    settings, content = row["settings"], row["_content"]
    values = _values(audience, reader, settings, links)
    message = _message(settings, to=reader["email_address"], at=at, subject=fill(settings["subject_line"], values, str))
    return _with_bodies(message, fill(content["plain_text"], values, str), fill(content["html"], values, escape))


def _message(settings: Row, *, to: str, at: str, subject: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = f'"{_line(settings["from_name"])}" <{_line(settings["reply_to"])}>'
    message["Reply-To"] = _line(settings["reply_to"])
    message["To"] = _line(to) or "Anybody who opens it in the archive"
    message["Subject"] = _line(subject)
    message["Date"] = datetime.fromisoformat(at)
    return message


def _with_bodies(message: EmailMessage, text: str, html: str) -> EmailMessage:
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    return message


def _line(text: str) -> str:
    """Return ``text`` as a header can hold it: whatever would begin another one becomes a space."""
    return " ".join(str(text).replace('"', "'").split())


def _links(base: str, campaign_id: str, audience: Row, *, unsubscribe: str = "", member: str = "") -> dict[str, str]:
    """Return what the tags of links stand for; to nobody in particular where there is no member."""
    return {
        "UNSUB": f"{base}/sandbox/unsubscribe/{unsubscribe or 'nobody'}/",
        "UPDATE_PROFILE": f"{base}/sandbox/profile/{audience['id']}/{member or 'nobody'}/",
        "ARCHIVE": f"{base}/sandbox/emails/{campaign_id}/",
        "FORWARD": f"{base}/sandbox/emails/{campaign_id}/",
    }


def _values(audience: Row, reader: Row, settings: Row, links: dict[str, str]) -> dict[str, str]:
    """Return what each tag stands for, for this reader."""
    contact = audience["contact"]
    lines = [contact.get(name, "") for name in ("company", "address1", "address2", "city", "zip", "country")]
    address = ", ".join(filter(None, lines))
    return {
        **{tag: str(value) for tag, value in reader["merge_fields"].items()},
        **links,
        "EMAIL": reader["email_address"],
        "LIST:NAME": audience["name"],
        "LIST:COMPANY": contact.get("company", ""),
        "LIST:ADDRESS": address,
        "LIST:ADDRESSLINE": address,
        "HTML:LIST_ADDRESS_HTML": address,
        "LIST_ADDRESS": address,
        "LIST:DESCRIPTION": audience["permission_reminder"],
        "LIST:URL": "",
        "MC_LANGUAGE": reader.get("language", ""),
        "MC:SUBJECT": settings["subject_line"],
        "MC_PREVIEW_TEXT": settings.get("preview_text", ""),
        "CURRENT_YEAR": str(datetime.now().astimezone().year),
    }


def fill(text: str, values: dict[str, str], escaped: Callable[[str], str]) -> str:
    """Return ``text`` with its tags filled in. A tag that nobody knows stays, so that it can be seen."""

    def chosen(found: re.Match[str]) -> str:
        return found[2] if values.get(found[1]) else found[3] or ""

    def value(found: re.Match[str]) -> str:
        return escaped(values[found[1]]) if found[1] in values else found[0]

    return _TAG.sub(value, _IF.sub(chosen, text))


def parts(message: Any) -> tuple[str, str]:
    """Return the text and the HTML of a message, empty where it has none."""
    bodies = []
    for kind in ("plain", "html"):
        body = message.get_body(preferencelist=(kind,))
        bodies.append(body.get_content() if body else "")
    return bodies[0], bodies[1]
