"""How one request to Mailchimp goes: over one session, with its outcome as an answer or one of our exceptions.

Mailchimp's own client opens a connection for each call, follows redirects, takes an error without a body for a success,
and raises exceptions that can neither be told apart nor pickled. So ``Transport.request`` takes its place there.
"""

import json
import random
import time
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
import structlog
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NameResolutionError, NewConnectionError

from campaigns.mailchimp.errors import Ambiguous, MailchimpError, RemoteDown, Throttled, of_problem
from campaigns.mailchimp.slots import AllTaken, slot

log = structlog.get_logger(__name__)

# What may be asked twice, since the second time changes nothing.
REPEATABLE = {"GET", "PUT"}
BACK_OFF = (0.5, 2.0)  # seconds before the second and the third attempt, less up to half of it at random
SOMETHING_TIMED_OUT = 408  # whatever stands between us and Mailchimp says so, and not what Mailchimp did meanwhile

TOO_MANY = (
    "Other work with Mailchimp takes all the connections that it allows. Nothing was sent; try again in a minute."
)
NO_SUCH_PLACE = (
    "Mailchimp's address leads nowhere. See whether MAILCHIMP_API_KEY ends in the right data centre, such as -us19, "
    "and then whether this machine reaches the internet."
)
NOT_SECURE = "The connection to Mailchimp is not secure, so nothing was sent. Ask whoever runs this site to look at it."


class Transport:
    """One session with Mailchimp, as whoever holds ``key``."""

    def __init__(self, *, key: str, timeout: tuple[float, float]) -> None:
        """Prepare the session. ``timeout`` is (seconds to connect, seconds without a byte)."""
        self._session = requests.Session()
        self._session.auth = ("user", key)
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._timeout = timeout

    def request(
        self,
        method: str,
        url: str,
        query_params: Any = None,
        headers: dict[str, str] | None = None,
        body: Any = None,
    ) -> requests.Response:
        """Ask, and where that is safe ask again; return an answer of 204, or of 200 with a JSON object.

        Raises:
            MailchimpError: anything else came of it.
        """
        asked = {"params": query_params, "headers": headers, "data": None if body is None else json.dumps(body)}
        outcome = self._attempt(method, url, asked)
        for pause in BACK_OFF if method in REPEATABLE else ():
            if not isinstance(outcome, RemoteDown | Throttled):
                break
            time.sleep(pause * random.uniform(0.5, 1))  # noqa: S311  (spreads callers, hides nothing)
            outcome = self._attempt(method, url, asked)
        if isinstance(outcome, MailchimpError):
            log.warning("mailchimp call failed", method=method, problem=type(outcome).__name__, status=outcome.status)
            raise outcome
        return outcome

    def _attempt(self, method: str, url: str, asked: dict[str, Any]) -> requests.Response | MailchimpError:
        """Return the answer, or why there is none.

        Nothing is raised here: an exception of ours would carry those of requests with it, and they name addresses.
        """
        try:
            with slot():
                answer = self._session.request(method, url, timeout=self._timeout, allow_redirects=False, **asked)
        except AllTaken:
            return RemoteDown(TOO_MANY)
        except requests.RequestException as error:
            return _unanswered(method, error)
        return _failure(method, answer) or answer


def _unknown(method: str, status: int | None = None) -> MailchimpError:
    """Return what it is that nobody knows what became of a request."""
    return (RemoteDown if method in REPEATABLE else Ambiguous)(status=status)


def _unanswered(method: str, error: requests.RequestException) -> MailchimpError:
    """Return what a connection that failed means: before it stood, nothing can have happened."""
    inner = error.args[0] if error.args else None
    reason = inner.reason if isinstance(inner, MaxRetryError) else inner
    if isinstance(reason, NameResolutionError):
        return RemoteDown(NO_SUCH_PLACE)
    if isinstance(reason, NewConnectionError | ConnectTimeoutError):
        return RemoteDown()
    if isinstance(error, requests.exceptions.SSLError) and "CERTIFICATE_VERIFY_FAILED" in str(error):
        return RemoteDown(NOT_SECURE)
    return _unknown(method)


def _failure(method: str, answer: requests.Response) -> MailchimpError | None:
    """Return what is wrong with ``answer``; None for 204, or 200 with a JSON object."""
    status, found = answer.status_code, _json(answer)
    if status == 204 or (status == 200 and found is not None):
        return None
    if 400 <= status < 500 and status != SOMETHING_TIMED_OUT:
        return of_problem(status, found or {})
    return _unknown(method, status)


def _json(answer: requests.Response) -> dict[str, Any] | None:
    try:
        found = answer.json()
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
