"""What handing over asks of Mailchimp about one address."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from campaigns.mailchimp.adapter import Mailchimp
from campaigns.mailchimp.errors import (
    Ambiguous,
    Forbidden,
    Invalid,
    MailchimpError,
    NotFound,
    NotSetUp,
    RemoteDown,
    Throttled,
    Unauthorised,
)
from campaigns.mailchimp.shapes import Member, MergeField
from campaigns.models.audiences import MailchimpAudience

# Nothing else would get through either: what waits is left waiting, and tried again later.
OF_ALL = (NotSetUp, Unauthorised, Forbidden, Throttled, RemoteDown, Ambiguous)
ON_IT = ("subscribed", "pending")
GONE = (
    "The audience that people sign up to is not at Mailchimp any more. "
    "Choose another one under Signing up; what waits goes there."
)


class AudienceError(MailchimpError):
    """Something about the audience itself, which staff mend, keeps everything waiting."""


@dataclass(frozen=True)
class Door:
    """An audience that takes people: its key, whether it asks them to confirm, and the interests that it has."""

    chimp: Mailchimp
    audience: str
    confirms: bool
    interests: frozenset[str]


def open_door(chimp: Mailchimp, audience: MailchimpAudience) -> Door:
    """Return the way into ``audience``, asked of Mailchimp as it is now.

    Raises:
        AudienceError: it is gone, or asks for more than the form does.
        MailchimpError: it cannot be asked now.
    """
    key = audience.remote_id
    try:
        found = chimp.audience(key)
        fields = chimp.merge_fields(key)
    except NotFound as error:
        raise AudienceError(GONE, status=error.status) from None
    if required := [field for field in fields if field.required]:
        raise AudienceError(_asks_for_more(required))
    there = audience.interests.filter(is_gone=False)
    return Door(chimp, key, found.double_optin, frozenset(there.values_list("remote_id", flat=True)))


def _asks_for_more(required: list[MergeField]) -> str:
    names = ", ".join(f"{field.name} ({field.tag})" for field in required)
    return (
        f"The audience asks everybody for more than an email address: {names}. "
        "At Mailchimp, under Settings, Audience fields, make that optional; what waits then goes over by itself."
    )


def member_of(door: Door, address: str) -> Member | None:
    """Return the member with this address; None where there is none."""
    try:
        return door.chimp.member(door.audience, address)
    except NotFound:
        return None


def subscribe(door: Door, address: str, *, language: str, interests: Iterable[str]) -> None:
    """Add ``address``, or add to what a member wants; ask whoever once left to confirm. Safe to do twice.

    Interests that the audience has no more are left out.

    Raises:
        MailchimpError: it did not happen, or nobody knows.
    """
    wanted: dict[str, Any] = {
        "language": language,
        "interests": {key: True for key in interests if key in door.interests},
    }
    there = member_of(door, address)
    if there is None or there.status in ON_IT:
        door.chimp.put_member(
            door.audience, address, status_if_new="pending" if door.confirms else "subscribed", **wanted
        )
    else:
        # Somebody who left, or whose address failed, confirms it themselves, whatever the audience asks of others.
        door.chimp.change_member(door.audience, address, status="pending", **wanted)


def of_audience(error: Invalid) -> bool:
    """Tell whether a refusal is about a field that the audience asks for, not about the address."""
    return any(field not in {"email_address", "language", "interests", "status", ""} for field, _ in error.fields)
