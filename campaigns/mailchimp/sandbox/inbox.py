"""Every email there is: what Mailchimp would have sent, and what the site itself sent through its outbox."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from campaigns.mailchimp.sandbox import letters
from campaigns.mailchimp.sandbox.state import State

FILE = re.compile(r"[0-9A-Za-z-]+\.eml")
SHOWN = 200  # of the site's own, the newest


@dataclass(frozen=True)
class Item:
    """One line of the inbox."""

    at: datetime
    address: str
    kind: str
    to: str
    subject: str


def inbox(state: State, mail: Path | None) -> list[Item]:
    """Return every email, the newest first."""
    return sorted([*_sent(state), *_single(state), *_site(mail)], key=lambda item: item.at, reverse=True)


def _sent(state: State) -> Iterator[Item]:
    for send in state.sends:
        settings, count = send["frozen"]["settings"], len(send["recipients"])
        to = "1 person" if count == 1 else f"{count:,} people"
        at = datetime.fromisoformat(send["at"])
        yield Item(at, f"/sandbox/sent/{send['id']}/", "Mailchimp", to, settings["subject_line"])


def _single(state: State) -> Iterator[Item]:
    for row in state.letters:
        is_test = row["kind"] == "test"
        subject = f"[Test] {row['frozen']['settings']['subject_line']}" if is_test else letters.CONFIRM_SUBJECT
        kind = "Mailchimp, a test" if is_test else "Mailchimp, asks to confirm"
        yield Item(datetime.fromisoformat(row["at"]), f"/sandbox/letters/{row['id']}/", kind, row["to"], subject)


def _site(mail: Path | None) -> Iterator[Item]:
    names = sorted(path.name for path in mail.glob("*.eml")) if mail and mail.is_dir() else []
    for name in names[-SHOWN:]:
        if (message := site_message(mail, name)) is not None:
            at = datetime.fromtimestamp((mail / name).stat().st_mtime).astimezone()  # type: ignore[operator]
            yield Item(at, f"/sandbox/mail/{name}/", "This site", str(message["To"]), str(message["Subject"]))


def site_message(mail: Path | None, name: str) -> EmailMessage | None:
    """Return what the site wrote into the file of that name; None where there is none."""
    if not mail or not FILE.fullmatch(name) or not (mail / name).is_file():
        return None
    return message_from_bytes((mail / name).read_bytes(), policy=default)
