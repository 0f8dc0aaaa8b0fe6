"""Mail to those who approve, about what happened to a page without them."""

from collections.abc import Iterable

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, Revision

from core.approvals.duty import approvers_now
from core.approvals.queries import PUT_BACK
from core.outbox.actions import put

log = structlog.get_logger(__name__)


def tell_approvers(*, subject: str, body: str, key: str) -> None:
    """Send each of today's approvers a message of their own; one ever goes under ``key``.

    An address that is none keeps nothing from being done, nor anybody else from hearing of it.
    """
    subject = " ".join(subject.split())  # a title may hold what no header may
    for user in approvers_now().exclude(email=""):
        try:
            put(EmailMessage(subject=subject, body=body, to=[user.email]), key=f"{key}:{user.pk}")
        except ValueError:
            log.warning("approver not told", user=user.pk, key=key, exc_info=True)


def tell_of_change(page: Page, entry: PageLogEntry) -> None:
    """Tell that ``page`` was changed without an approval, and what ``entry`` of its history says was done about it."""
    title = page.get_admin_display_title()
    done = (
        "The approved version was put back."
        if entry.action == PUT_BACK
        else "The approved version could not be put back, so the page was taken down."
    )
    body = f"The page “{title}” was changed without an approval. {done}\n\nIts history: {history_of(page)}\n"
    tell_approvers(subject=f"Changed without approval: {title}", body=body, key=f"approvals:changed:{entry.pk}")


def tell_of_obstacles(revision: Revision, sentences: Iterable[str]) -> None:
    """Tell, once a version, that its time has come and what keeps it from going live."""
    page = revision.content_object
    title = page.get_admin_display_title()
    why = "\n".join(sentences)
    said = f"The time of “{title}” has come, but it did not go live. It will once nothing is in the way:"
    body = f"{said}\n\n{why}\n\n{editor_of(page)}\n"
    tell_approvers(subject=f"Not gone live: {title}", body=body, key=f"approvals:obstacle:{revision.pk}")


def history_of(page: Page) -> str:
    """Return where the history of ``page`` stands in the admin."""
    return settings.SITE_URL.rstrip("/") + reverse("wagtailadmin_pages:history", args=[page.pk])


def editor_of(page: Page) -> str:
    """Return where ``page`` is edited and approved in the admin."""
    return settings.SITE_URL.rstrip("/") + reverse("wagtailadmin_pages:edit", args=[page.pk])
