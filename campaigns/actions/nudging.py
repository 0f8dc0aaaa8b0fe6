"""Telling a worker that something is to be made."""

from django.db import transaction


def nudge() -> None:
    """Tell a worker after the commit that something is to be made; a nudge that is lost costs a minute."""
    from campaigns.tasks import make_files

    transaction.on_commit(make_files.delay, robust=True)
