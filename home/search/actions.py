"""Keeping the index of search in step with what it lists."""

from celery import current_app
from django.core.cache import cache
from django.db import transaction

from home.search.engines import engine
from home.search.models import SearchEntry
from home.search.sources import everything

NUDGED = "search-nudged"
A_WHILE = 60  # seconds after which a nudge that nobody answered is forgotten


def refresh_search() -> int:
    """Write what changed since the last time, and return how many entries did. Safe to run twice at once."""
    wanted = {(entry.key, entry.language): entry for entry in everything()}
    kept = {(entry.key, entry.language): entry for entry in SearchEntry.objects.all()}
    changed = [entry for name, entry in wanted.items() if name not in kept or _differ(entry, kept[name])]
    gone = [entry.pk for name, entry in kept.items() if name not in wanted]
    if changed or gone:
        _write(changed, gone)
    return len(changed) + len(gone)


def _differ(one: SearchEntry, other: SearchEntry) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in SearchEntry.WRITTEN)


@transaction.atomic
def _write(changed: list[SearchEntry], gone: list[int]) -> None:
    SearchEntry.objects.filter(pk__in=gone).delete()
    SearchEntry.objects.bulk_create(
        changed,
        batch_size=200,
        update_conflicts=True,
        unique_fields=["key", "language"],
        update_fields=[name.removesuffix("_id") for name in SearchEntry.WRITTEN],
    )
    engine().renew()


def nudge() -> None:
    """Have a worker refresh the index after the commit: once, however much was changed.

    A nudge that is lost costs some minutes, until the sweeper comes.
    """

    def send_task() -> None:
        if cache.add(NUDGED, 1, A_WHILE):
            current_app.send_task("home.refresh_search", retry=False)

    transaction.on_commit(send_task, robust=True)


def answer_nudge() -> None:
    """Refresh. What changes from here on is worth a new nudge."""
    cache.delete(NUDGED)
    refresh_search()
