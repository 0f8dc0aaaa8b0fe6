"""Faults on demand: what the next calls shall do wrong."""

import re
import time
from dataclasses import dataclass

from campaigns.mailchimp.sandbox.calls import Problem
from campaigns.mailchimp.sandbox.state import Row

PROBLEMS = {
    400: ("Bad Request", "Your request could not be processed."),
    401: ("API Key Invalid", "Your API key may be invalid, or you've attempted to access the wrong datacenter."),
    403: ("Forbidden", "The user does not have sufficient permission to complete this task."),
    404: ("Resource Not Found", "The requested resource could not be found."),
    405: ("Method Not Allowed", "The requested method and resource are not compatible."),
    429: ("Too Many Requests", "You have exceeded the limit of 10 simultaneous connections."),
    500: ("Internal Server Error", "An unexpected internal error has occurred."),
}
KINDS = {
    "empty_429": "429 without a word",
    "problem": "a problem document, of the status given",
    "html_502": "502 with a page of HTML, nothing done",
    "html_502_done": "502 with a page of HTML, though it was done",
    "empty_200": "200 without a word, though it was done",
    "slow": "done and answered, after the seconds given",
    "timeout_before": "nothing done, and no answer",
    "answer_lost": "done, and no answer",
    "stale_count": "done, but recipient_count stays what it was",
    "redirect": "302 to another address, nothing done",
}
# What lets the call happen all the same.
DONE = {"html_502_done", "empty_200", "slow", "answer_lost", "stale_count"}


@dataclass
class Fault:
    """The next ``times`` calls of ``method`` whose path matches ``path`` do wrong in the way of ``kind``."""

    kind: str
    method: str = ""
    path: str = ""
    times: int = 1
    status: int = 400
    title: str = ""
    detail: str = ""
    seconds: float = 0.0
    """How long the answer takes, or how long nothing comes before the connection is closed."""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"There is no fault {self.kind!r}. Choose one of {', '.join(KINDS)}.")
        self.times, self.status, self.seconds = int(self.times), int(self.status), float(self.seconds)
        try:
            re.compile(self.path)
        except re.error as error:
            raise ValueError(f"The path {self.path!r} is no regular expression.") from error

    def matches(self, method: str, path: str) -> bool:
        """Tell whether a call is one of those."""
        return self.times > 0 and self.method.upper() in {"", method} and bool(re.search(self.path, path))

    def problem(self) -> Problem:
        """Return the problem document of this fault."""
        title, detail = PROBLEMS.get(self.status, PROBLEMS[400])
        return Problem(self.status, self.title or title, self.detail or detail)

    def wait(self) -> None:
        """Let the time pass that it takes."""
        time.sleep(self.seconds)


class Faults:
    """The faults that are still to come."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def add(self, kind: str, **asked: object) -> Fault:
        """Ask for a fault; ``asked`` as :class:`Fault` says.

        Raises:
            ValueError: there is none of that kind.
            TypeError: a name is none of its own.
        """
        fault = Fault(kind, **asked)  # type: ignore[arg-type]  # what is sent is checked by being used
        self.waiting.append(fault)
        return fault

    def clear(self) -> None:
        """Let nothing more go wrong."""
        self.waiting.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """Return the fault that this call has, and count it."""
        for fault in self.waiting:
            if fault.matches(method, path):
                fault.times -= 1
                return fault
        return None

    def rows(self) -> list[Row]:
        """Return what is still to come."""
        return [vars(fault) for fault in self.waiting if fault.times]
