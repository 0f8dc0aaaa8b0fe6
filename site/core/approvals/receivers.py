"""When approvals come into force and when they end: as pages go live and are taken down, by whatever way."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.signals import page_published, page_unpublished

from core.approvals.content import content_digest
from core.approvals.keeping import sign
from core.approvals.records import Approval
from core.translations import actions  # noqa: F401  (its receivers, which set addresses, connect before these)


@receiver(page_published)
def come_into_force(instance: Page, revision: Revision | None = None, **_: Any) -> None:
    """Note that an approved version is live, and sign its words as they stand there.

    The version is what was approved, to the letter; its words are signed once more because code and the tree have
    their share in how they are kept (defaults of blocks, the address of a translation).
    """
    if instance.alias_of_id or not instance.live or revision is None:
        return
    approval = Approval.objects.filter(page=instance.pk, revision=revision, ended=None).order_by("-pk").first()
    if approval is None or approval.content != content_digest(revision):
        return
    approval.since = approval.since or timezone.now()
    sign(approval, Page.objects.get(pk=instance.pk).specific)


@receiver(page_unpublished)
def end_with_page(instance: Page, **_: Any) -> None:
    """End the approvals of a page that is taken down: it comes back only by a new one."""
    Approval.objects.filter(page=instance.pk, ended=None).update(ended=timezone.now())
