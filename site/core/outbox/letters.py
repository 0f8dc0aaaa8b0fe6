"""Between Django's messages and the rows of the outbox."""

from copy import copy
from email import message_from_bytes
from email.message import Message
from email.utils import make_msgid, parseaddr

from django.core.mail import EmailMessage

from core.outbox.models import OutboxMessage

LARGEST = 10_000_000  # bytes; mail servers commonly refuse more


def row_of(message: EmailMessage, *, key: str = "") -> OutboxMessage:
    """Return an unsaved row that holds all of ``message``, its Message-ID made here once for all attempts.

    Raises:
        ValueError: an address is none, or the message is larger than mail servers take.
        BadHeaderError: a header holds a line break.
    """
    sender, recipients = bare(message.from_email), [bare(address) for address in message.recipients()]
    headers = {name.lower(): value for name, value in message.extra_headers.items()}
    message_id = str(headers.get("message-id") or make_msgid(domain=sender.rpartition("@")[2]))
    named = copy(message)
    named.extra_headers = message.extra_headers | ({} if "message-id" in headers else {"Message-ID": message_id})
    mime = named.message().as_bytes()
    if len(mime) > LARGEST:
        raise ValueError(
            f"The message {message.subject!r} has {len(mime):,} bytes with its attachments; "
            f"mail servers take up to {LARGEST:,}. Attach less, or send a link."
        )
    return OutboxMessage(
        key=key,
        message_id=message_id,
        sender=sender,
        recipients=recipients,
        subject=str(message.subject)[:998],
        mime=mime,
    )


def bare(address: str) -> str:
    """Return the address alone, in the letters that mail servers understand, of ``Name <address>``.

    Raises:
        ValueError: it is no email address.
    """
    local, _, domain = parseaddr(str(address))[1].rpartition("@")
    try:
        plain = f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        plain = ""
    if not (local and domain and plain.isascii() and plain.isprintable()):
        raise ValueError(f"{str(address)!r} is no email address that mail can be sent to.")
    return plain


class Letter(EmailMessage):
    """A row as a message for any of Django's email backends: byte for byte what was written when the row was made."""

    def __init__(self, row: OutboxMessage) -> None:
        """Open the row."""
        super().__init__(subject=row.subject, from_email=row.sender, to=row.recipients)
        self._mime = bytes(row.mime)

    def message(self) -> Message:  # type: ignore[override]  # Django names its own subclass
        """Return the message as it was made."""
        return message_from_bytes(self._mime)

    def as_bytes(self) -> bytes:
        """Return the message with the line ends of SMTP (RFC 5321, 2.3.8)."""
        return b"\r\n".join(self._mime.splitlines()) + b"\r\n"
