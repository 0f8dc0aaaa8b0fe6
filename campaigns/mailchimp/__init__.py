"""Mailchimp: the adapter, and what is known of the account. It knows nothing of mailings or of who signs up."""

from campaigns.mailchimp.adapter import Mailchimp, mailchimp
from campaigns.mailchimp.errors import (
    Ambiguous,
    Forbidden,
    Forgotten,
    InComplianceState,
    Invalid,
    MailchimpError,
    NotFound,
    NotSetUp,
    RemoteDown,
    Throttled,
    Unauthorised,
)

__all__ = [
    "Ambiguous",
    "Forbidden",
    "Forgotten",
    "InComplianceState",
    "Invalid",
    "Mailchimp",
    "MailchimpError",
    "NotFound",
    "NotSetUp",
    "RemoteDown",
    "Throttled",
    "Unauthorised",
    "mailchimp",
]
