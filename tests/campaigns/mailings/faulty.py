"""One call of the protocol that goes wrong, in each way in which a call can."""

import os
import re
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from unittest import mock

from campaigns.mailchimp.transport import Transport

FAULTS = ("empty_429", "problem", "html_502", "timeout_before", "answer_lost", "killed_before", "killed_after")
ATTEMPTS = 3  # of what is safe to ask again
CAMPAIGN = r"/campaigns/\w+"


class KilledError(BaseException):
    """Stands for `kill -9`: nothing of the worker's own runs after it."""


@dataclass(frozen=True)
class Place:
    """One call of the protocol: the step that makes it, what it asks, and which one of those in that step it is."""

    step: str
    method: str
    path: str
    number: int = 1
    at_once: bool = False

    @property
    def name(self) -> str:
        """What a test calls it."""
        path = re.sub("[^a-z]+", "-", self.path.replace("w+", "id")).strip("-")
        return f"{self.step}{' at once' if self.at_once else ''} {self.method} {path} {self.number}".replace(" ", "-")


READ_BACK = (
    ("GET", CAMPAIGN),
    ("GET", f"{CAMPAIGN}/content"),
    ("GET", f"{CAMPAIGN}/send-checklist"),
    ("GET", r"/lists/\w+/segments/\w+"),
)
PLACES = [
    Place("laying", "GET", "/campaigns"),
    Place("laying", "POST", "/campaigns"),
    Place("laying", "PUT", f"{CAMPAIGN}/content"),
    *(Place("laying", *call) for call in READ_BACK),
    Place("laying again", "GET", CAMPAIGN),
    Place("laying again", "PATCH", CAMPAIGN),
    *(Place("sending", *call) for call in READ_BACK),
    Place("sending", "POST", f"{CAMPAIGN}/actions/schedule"),
    Place("sending", "GET", CAMPAIGN, 2),
    Place("sending", "POST", f"{CAMPAIGN}/actions/send", at_once=True),
    Place("sending", "GET", CAMPAIGN, 2, at_once=True),
    Place("stopping", "GET", CAMPAIGN),
    Place("stopping", "POST", f"{CAMPAIGN}/actions/unschedule"),
    Place("stopping", "GET", CAMPAIGN, 2),
    Place("looking", "GET", CAMPAIGN),
]


class Faulty:
    """Lets one call go wrong. ``kill`` is what a kill does."""

    def __init__(self, place: Place, fault: str, add_fault: Callable[..., Any], kill: Callable[[], None]) -> None:
        self.place, self.fault, self.add_fault, self.kill = place, fault, add_fault, kill
        self.step = ""
        self.seen, self.went_wrong = 0, False
        self._request = Transport.request

    def installed(self) -> Any:
        """Stand between our adapter and the network, inside a `with`."""
        faulty = self

        def request(transport: Transport, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
            return faulty.call(transport, method, url, *args, **kwargs)

        return mock.patch.object(Transport, "request", request)

    def call(self, transport: Transport, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        """Make the call, unless it is the one that goes wrong."""
        if not self._is_it(method, url):
            return self._request(transport, method, url, *args, **kwargs)
        self.went_wrong = True
        if self.fault == "killed_before":
            self.kill()
        if self.fault == "killed_after":
            try:
                return self._request(transport, method, url, *args, **kwargs)
            finally:
                self.kill()
        path = re.escape(url.partition("/3.0")[2])
        times = ATTEMPTS if method in {"GET", "PUT"} else 1
        self.add_fault(self.fault, method=method, path=f"{path}$", times=times)
        return self._request(transport, method, url, *args, **kwargs)

    def _is_it(self, method: str, url: str) -> bool:
        path = url.partition("/3.0")[2]
        is_alike = self.step == self.place.step and method == self.place.method
        if self.went_wrong or not is_alike or not re.fullmatch(self.place.path, path):
            return False
        self.seen += 1
        return self.seen == self.place.number


def raise_killed() -> None:
    """Simulate a kill."""
    raise KilledError


def really_kill() -> None:
    """End this process as the system does when memory runs out."""
    os.kill(os.getpid(), signal.SIGKILL)
