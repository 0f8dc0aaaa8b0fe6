"""One conversation with the mail server, and what it means for the message."""

import smtplib
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend

from core.outbox.letters import Letter
from core.outbox.models import OutboxMessage, State

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Outcome:
    """Where a message stands after a conversation: sent, waiting for another try, failed, or in doubt."""

    state: State
    problem: str = ""


def hand_over(row: OutboxMessage) -> Outcome:
    """Hand ``row`` to the mail server and say what came of it; never raises.

    Nothing was handed over where the server could not be reached or answered 4xx: the message waits. 5xx is a
    refusal for good. Where the conversation broke off, the server may have taken the message or not: in doubt.
    """
    server = get_connection(settings.OUTBOX_DELIVERY_BACKEND)
    try:
        return _reach(server) or _converse(server, Letter(row))
    finally:
        with suppress(OSError):  # What was accepted stays accepted, however the server says goodbye.
            server.close()


def _reach(server: Any) -> Outcome | None:
    """Open the connection; nothing has been handed over yet, so whatever goes wrong may be tried again."""
    try:
        server.open()
    except Exception as error:
        log.warning("mail server not reached", exc_info=True)
        return Outcome(State.WAITING, f"The mail server could not be reached: {_words(error)}")
    return None


def _converse(server: Any, letter: Letter) -> Outcome:
    try:
        return Outcome(State.SENT, _refusals(_send(server, letter)))
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        return Outcome(_after(min(codes)), _refusals(error.recipients))
    except smtplib.SMTPResponseException as error:
        return Outcome(
            _after(error.smtp_code), f"The mail server answered {_answer(error.smtp_code, error.smtp_error)}"
        )
    except OSError as error:
        return Outcome(State.IN_DOUBT, f"The connection broke while sending: {_words(error)}")
    except Exception as error:
        log.exception("message in doubt")
        return Outcome(State.IN_DOUBT, f"Sending broke off: {_words(error)}")


def _send(server: Any, letter: Letter) -> dict[str, tuple[int, bytes]]:
    """Send, and return the recipients that the server refused while it took the message for the others."""
    if isinstance(server, SmtpBackend):
        # Django's backend says nothing of single recipients refused; smtplib does.
        connection: Any = server.connection
        return connection.sendmail(letter.from_email, letter.recipients(), letter.as_bytes())
    server.send_messages([letter])
    return {}


def _after(code: int) -> State:
    """Return what an answer of the server means (RFC 5321, 4.2.1): 4 try later, 5 never; else nobody knows."""
    return {4: State.WAITING, 5: State.FAILED}.get(code // 100, State.IN_DOUBT)


def _refusals(refused: dict[str, tuple[int, bytes]]) -> str:
    answers = [f"{address}: {_answer(code, text)}" for address, (code, text) in refused.items()]
    return f"The mail server refused {'; '.join(answers)}" if answers else ""


def _answer(code: int, text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {words}".strip()


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__
