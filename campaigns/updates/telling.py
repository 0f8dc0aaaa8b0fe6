"""What Mailchimp tells, read from the form that it sends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from campaigns.updates.addresses import digest
from campaigns.updates.enums import Ending, Happening

MOST_FIELDS = 300
FIRED = "%Y-%m-%d %H:%M:%S"
# What of a subscription's end Mailchimp tells apart, by action and reason.
DELETED, ABUSE = "delete", "abuse"


class UnreadableError(ValueError):
    """What was told makes no sense. The message is a sentence, and quotes nothing of it."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """One thing that happened, with digests in the place of addresses; ``name`` tells it from every other."""

    kind: Happening
    digest: str
    new_digest: str
    how: str
    happened_at: datetime
    name: str


def read(body: bytes, *, audience: str) -> Told | None:
    """Read what was told about ``audience``; None where it is of a kind that concerns no agreement.

    Raises:
        UnreadableError: a part is missing, or it is about another audience.
    """
    try:
        sent = dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        raise UnreadableError("What was sent is no form that can be read.") from None
    if sent.get("type") not in {*Happening.values} - {Happening.HERE}:
        if sent.get("type"):
            return None
        raise UnreadableError("What was sent does not say what happened.")
    if sent.get("data[list_id]") != audience:
        raise UnreadableError("What was sent is about another audience.")
    return _told(Happening(sent["type"]), sent)


def _told(kind: Happening, sent: Mapping[str, str]) -> Told:
    old = sent.get("data[old_email]" if kind == Happening.UPEMAIL else "data[email]", "")
    new = sent.get("data[new_email]", "") if kind == Happening.UPEMAIL else ""
    if not old or (kind == Happening.UPEMAIL and not new):
        raise UnreadableError("What was sent does not say whom it happened to.")
    happened_at = _moment(sent.get("fired_at", ""))
    of, to = digest(old), digest(new) if new else ""
    return Told(
        kind=kind,
        digest=of,
        new_digest=to,
        how=_how(kind, sent),
        happened_at=happened_at,
        name=f"{kind} {of} {to} {happened_at:%Y%m%d%H%M%S}",
    )


def _moment(text: str) -> datetime:
    """Return when it happened. Mailchimp names no time zone here; all its other times are in UTC, so this is too."""
    try:
        return datetime.strptime(text, FIRED).replace(tzinfo=UTC)
    except ValueError:
        raise UnreadableError("What was sent does not say when it happened.") from None


def _how(kind: Happening, sent: Mapping[str, str]) -> str:
    reason = sent.get("data[reason]")
    if kind == Happening.CLEANED:
        return Ending.ABUSE if reason == ABUSE else Ending.BOUNCED
    if kind != Happening.UNSUBSCRIBE:
        return ""
    if reason == ABUSE:
        return Ending.ABUSE
    return Ending.DELETED if sent.get("data[action]") == DELETED else Ending.LINK
