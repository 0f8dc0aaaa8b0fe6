"""Telling a worker that there is something to do."""

from django.db import transaction


def nudge() -> None:
    """Tell a worker after the commit that a file waits or a pack changed; a nudge that is lost costs a minute."""
    from schools.tasks import make_files

    transaction.on_commit(make_files.delay, robust=True)
