"""What the shared room does by the clock."""

from celery import shared_task
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.utils import timezone

from core.approvals.due import remind
from core.approvals.keeping import sweep
from core.approvals.urgent import withdraw_overdue
from core.caches import DayFileCache
from core.hold.actions import show_banner
from core.hold.scheduled_pages import publish_due
from core.privacy import purge_all
from core.storage import sweep_orphans


@shared_task(name="core.publish_scheduled")
def publish_scheduled() -> None:
    """Publish and expire the pages whose time has come, but none that is held; a second run finds none."""
    show_banner()
    publish_due()


@shared_task(name="core.keep_approved")
def keep_approved() -> None:
    """Put back what somebody changed without an approval or published alone a day ago; remind of reviews."""
    withdraw_overdue()
    sweep()
    remind()


@shared_task(name="core.purge")
def purge() -> None:
    """Delete or blank all that its retention ends today, files without a row, and sessions that have run out."""
    purge_all(timezone.now())
    sweep_orphans(timezone.now())
    call_command("clearsessions")


@shared_task(name="core.forget_expired")
def forget_expired() -> None:
    """Delete what caches in files kept for a time that is over, such as yesterday's salt. Redis does so itself."""
    for alias in settings.CACHES:
        if isinstance(store := caches[alias], DayFileCache):
            store.forget_expired()
