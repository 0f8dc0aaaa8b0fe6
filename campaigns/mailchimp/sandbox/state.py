"""What the sandbox remembers: rows as the API answers them, kept in one file so that a restart forgets nothing.

Names that begin with an underscore are the sandbox's own and never answered.
"""

import hashlib
import json
import os
import secrets
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

Row = dict[str, Any]

KEPT = ("audiences", "campaigns", "sends", "letters", "deliveries", "ahead", "numbers")


class State:
    """Audiences, emails and what was sent. Whoever reads or changes it holds ``lock``."""

    def __init__(self, path: Path | None = None) -> None:
        """Begin with what ``path`` holds; with nothing where it holds nothing, or is None."""
        self.lock = threading.RLock()
        self.path = path
        self.audiences: dict[str, Row] = {}
        self.campaigns: dict[str, Row] = {}
        self.sends: list[Row] = []
        """One row for each time that an email really went to its recipients."""
        self.letters: list[Row] = []
        """What goes to one person: confirmations and tests."""
        self.deliveries: list[Row] = []
        self.ahead = 0.0
        self.numbers = 1000
        self.sending_takes = 2.0
        """Seconds that an email is "sending" before it is "sent"."""
        if path and path.exists():
            vars(self).update(json.loads(path.read_text()))

    def save(self) -> None:
        """Write everything down whole: whoever is killed meanwhile leaves the file as it was."""
        if not self.path:
            return
        new = self.path.with_name(f"{self.path.name}.new")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump({name: getattr(self, name) for name in KEPT}, file)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.path)

    def now(self) -> datetime:
        """Return the time by the sandbox's clock, which can be moved forward."""
        return datetime.now(UTC) + timedelta(seconds=self.ahead)

    def stamp(self) -> str:
        """Return the time as the API writes it."""
        return self.now().strftime("%Y-%m-%dT%H:%M:%S+00:00")

    def number(self) -> int:
        """Return a number that nothing else has."""
        self.numbers += 1
        return self.numbers


def new_id() -> str:
    """Return an id as Mailchimp makes them."""
    return secrets.token_hex(5)


def digest(address: str) -> str:
    """Return how the API calls a member of that address."""
    return hashlib.md5(address.strip().lower().encode(), usedforsecurity=False).hexdigest()
