"""What can come of a call to Mailchimp that did not succeed: a class for each thing that a caller can do about it.

Each says in one sentence, to an officer, what is wrong and how to mend it. None holds an email address or the API key,
whatever Mailchimp's own words held. Each survives pickling, as it must to pass between processes.
"""

import re
from typing import Any

_ADDRESS = re.compile(r"[^\s<>\"(),;:]+@[^\s<>\"'(),;:]+")
# An MD5 of an address, which anybody can find by trying, or an API key.
_DIGEST = re.compile(r"\b[0-9a-fA-F]{32}(-[a-z]+\d+)?\b")
_LONGEST = 300


class MailchimpError(Exception):
    """A call that did not succeed. ``status`` is the HTTP status of the answer, None where there was none."""

    sentence = "Mailchimp could not be used."

    def __init__(self, sentence: str = "", *, status: int | None = None) -> None:
        super().__init__(sentence or self.sentence)
        self.status = status


class NotSetUp(MailchimpError):  # noqa: N818  (the names of these are what happened)
    """There is no API key."""

    sentence = "Mailchimp is not set up here. Ask whoever runs this site to set MAILCHIMP_API_KEY."


class Unauthorised(MailchimpError):  # noqa: N818
    """The key is refused: revoked, mistyped, or of another data centre."""

    sentence = (
        "Mailchimp refuses the API key: it was revoked, mistyped, or belongs to another data centre. "
        "Make a new key at Mailchimp, and ask whoever runs this site to set it as MAILCHIMP_API_KEY."
    )


class Forbidden(MailchimpError):  # noqa: N818
    """The key is known, and may not do this: its role, or the plan of the account."""

    sentence = (
        "Mailchimp does not let this API key do that. "
        "Give its user the role of manager or higher at Mailchimp, and see whether the account is in good standing."
    )


class NotFound(MailchimpError):  # noqa: N818
    """There is no such thing at Mailchimp, or no longer."""

    sentence = "Mailchimp has no such thing, or no longer. Refresh what is known of the account, and choose again."


class Invalid(MailchimpError):  # noqa: N818
    """Mailchimp refuses what was asked. ``fields`` holds (field, what is wrong with it)."""

    sentence = "Mailchimp refuses what was asked."

    def __init__(
        self, sentence: str = "", *, status: int | None = None, fields: list[tuple[str, str]] | None = None
    ) -> None:
        super().__init__(sentence, status=status)
        self.fields = fields or []


class InComplianceState(Invalid):
    """The member unsubscribed, or their address failed: only they themselves can subscribe again, by confirming."""

    sentence = "This person unsubscribed, or their address failed. Only they themselves can subscribe again."


class Forgotten(InComplianceState):
    """The member was deleted for good, and can come back only through Mailchimp's own form."""

    sentence = "This person was deleted for good at Mailchimp, and can only come back by Mailchimp's own form."


class Throttled(MailchimpError):  # noqa: N818
    """Mailchimp was asked too much at once."""

    sentence = "Mailchimp was asked too much at once. Try again in a few minutes."


class RemoteDown(MailchimpError):  # noqa: N818
    """Mailchimp did not answer, and nothing can have happened, or nothing that doing it again could make worse."""

    sentence = "Mailchimp does not answer. Try again in a few minutes."


class Ambiguous(MailchimpError):  # noqa: N818
    """Something was asked that is not safe to ask twice, and nobody knows whether it happened."""

    sentence = (
        "Mailchimp broke off in the middle, so nobody knows whether it did what was asked. Look before trying again."
    )


def of_problem(status: int, problem: dict[str, Any]) -> MailchimpError:
    """Return the exception for an answer of 4xx, from Mailchimp's problem document (empty where it sent none)."""
    if simple := {401: Unauthorised, 403: Forbidden, 404: NotFound, 429: Throttled}.get(status):
        return simple(_with_reason(simple, problem) if status == 403 else "", status=status)
    title = str(problem.get("title", ""))
    kind = {"Member In Compliance State": InComplianceState, "Forgotten Email Not Subscribed": Forgotten}.get(title)
    found = kind or Invalid
    return found(found.sentence if kind else _with_reason(Invalid, problem), status=status, fields=_fields(problem))


def without_secrets(words: Any) -> str:
    """Return ``words`` of Mailchimp's on one line, without addresses, digests of them, or keys."""
    plain = _DIGEST.sub("(hidden)", _ADDRESS.sub("(an address)", str(words)))
    return " ".join(plain.split())[:_LONGEST]


def _with_reason(kind: type[MailchimpError], problem: dict[str, Any]) -> str:
    parts = [without_secrets(problem[key]) for key in ("title", "detail") if problem.get(key)]
    parts += [f"{field}: {message}" if field else message for field, message in _fields(problem)]
    return f"{kind.sentence} It says: {'; '.join(part.rstrip('.') for part in parts)}." if parts else kind.sentence


def _fields(problem: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the faults of single fields; whatever is not in the documented shape is left out."""
    rows = problem.get("errors")
    if not isinstance(rows, list):
        return []
    return [
        (without_secrets(row.get("field", "")), without_secrets(row.get("message", "")))
        for row in rows
        if isinstance(row, dict)
    ]
