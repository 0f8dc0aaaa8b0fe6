"""One step of a worker in a process of its own, killed at a call: `one_step MAILING METHOD PATH NUMBER WHEN`.

`WHEN` is `killed_before`, `killed_after` or `never`.
"""

import sys

import django

django.setup()

from campaigns.actions.sending.carrying import carry_on  # noqa: E402
from tests.campaigns.mailings.faulty import Faulty, Place, really_kill  # noqa: E402


def main(mailing: str, method: str, path: str, number: str, when: str) -> None:
    """Carry the mailing on, until the call at which the process ends."""
    faulty = Faulty(Place("this", method, path, int(number)), when, lambda *_, **__: None, really_kill)
    faulty.step = "this" if when != "never" else ""
    with faulty.installed():
        carry_on(int(mailing))


if __name__ == "__main__":
    main(*sys.argv[1:])
