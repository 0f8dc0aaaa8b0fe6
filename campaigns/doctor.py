"""What the doctor asks of campaigns."""

from campaigns.mailchimp import MailchimpError, NotSetUp, mailchimp
from core.health.checks import Ill
from core.health.registry import Part, parts

PATIENCE = (3.0, 3.0)  # seconds


def _mailchimp() -> str | None:
    """See whether Mailchimp takes our key."""
    try:
        mailchimp(timeout=PATIENCE).ping()
    except NotSetUp:
        return None
    except MailchimpError as error:
        raise Ill("It cannot be used.", str(error)) from error
    return "takes our key"


parts.offer("Mailchimp")(Part(look=_mailchimp, absent="Only mailings would need it. Set MAILCHIMP_API_KEY."))
