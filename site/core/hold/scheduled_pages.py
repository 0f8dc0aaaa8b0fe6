"""Pages that go live or expire at a time: which there are, and doing it unless a hold or an obstacle is in the way."""

from collections.abc import Callable, Iterator
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from core.approvals.registry import obstacles_to
from core.approvals.telling import tell_of_obstacles
from core.hold.queries import is_held, switch
from core.hold.registry import Scheduled

log = structlog.get_logger(__name__)

GO_LIVE, EXPIRE = "core.go_live", "core.expire"


def going_live() -> Iterator[Scheduled]:
    """Go through the approved versions that wait for their time."""
    for revision in _to_go_live().order_by("approved_go_live_at", "pk"):
        yield Scheduled(
            key=str(revision.pk),
            title=revision.object_str,
            due=revision.approved_go_live_at,
            url=reverse("wagtailadmin_pages:edit", args=[revision.object_id]),
        )


def expiring() -> Iterator[Scheduled]:
    """Go through the live pages that are to be taken down at a time."""
    for page in _to_expire().order_by("expire_at", "pk"):
        yield Scheduled(
            key=_key_of(page),
            title=page.get_admin_display_title(),
            due=page.expire_at,
            url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        )


def publish_due() -> None:
    """Expire and publish the pages whose time has come, each on its own, but none that is held or kept back."""
    now = timezone.now()
    for pk in _to_expire().filter(expire_at__lt=now).order_by("expire_at").values_list("pk", flat=True):
        _alone(_expire, pk, now)
    for pk in (
        _to_go_live().filter(approved_go_live_at__lt=now).order_by("approved_go_live_at").values_list("pk", flat=True)
    ):
        _alone(_go_live, pk, now)


def _to_go_live() -> QuerySet[Revision]:
    return Revision.page_revisions.filter(approved_go_live_at__isnull=False).defer("content")


def _to_expire() -> QuerySet[Page]:
    return Page.objects.filter(live=True, expire_at__isnull=False)


def _key_of(page: Page) -> str:
    return f"{page.pk}-{page.expire_at:%Y%m%d%H%M%S}"


def _alone(act: Callable[[int, datetime], None], pk: int, now: datetime) -> None:
    """Let one that fails keep no other from its time; it is tried again a minute later."""
    try:
        act(pk, now)
    except Exception:
        log.exception("scheduled page failed", act=act.__name__, pk=pk)


@transaction.atomic
def _expire(pk: int, now: datetime) -> None:
    switch()  # first, so that what is read next is what is true while it is locked
    page = _to_expire().filter(pk=pk, expire_at__lt=now).first()
    if page and not is_held(EXPIRE, _key_of(page)):
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


@transaction.atomic
def _go_live(pk: int, now: datetime) -> None:
    if is_held(GO_LIVE, str(pk)):
        return
    revision = Revision.page_revisions.filter(pk=pk, approved_go_live_at__lt=now).first()
    if revision is None:
        return
    # What came in between, such as a restricted period: nobody could approve the page now.
    if sentences := obstacles_to(revision.as_object()):
        tell_of_obstacles(revision, sentences)
    else:
        revision.publish(log_action="wagtail.publish.scheduled")
