"""Nudges for what comes in bursts: one every two seconds and process, however much came."""

import time

from celery import current_app
from django.db import transaction

HAND_OVER = "campaigns.hand_over"
HEAR = "campaigns.hear"
WAIT = 2  # seconds
_next: dict[str, float] = {}


def nudge(task: str) -> None:
    """Have a worker run ``task`` two seconds after the commit. What comes meanwhile is found by the same run.

    A nudge that is lost costs a minute, until the sweeper comes.
    """

    def send_task() -> None:
        now = time.monotonic()
        if now >= _next.get(task, now):
            _next[task] = now + WAIT
            current_app.send_task(task, countdown=WAIT, retry=False)

    transaction.on_commit(send_task, robust=True)
