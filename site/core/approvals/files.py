"""Pictures and documents that something rests on: on pages that were approved with them they stay as they are."""

from typing import Any

from django.db import router
from django.db.models import ProtectedError
from django.db.models.deletion import Collector
from wagtail.models import Page

from core.approvals.content import all_in_force

NAMED = 3


def approved_pages_with(file: Any) -> list[Page]:
    """Return the live pages that were approved with ``file``, a picture or a document, on them."""
    this = [file._meta.label_lower, file.pk]
    approved = [approval.page_id for approval in all_in_force().filter(ended=None) if this in approval.shows]
    return list(Page.objects.filter(pk__in=approved, live=True).order_by("path"))


def why_not_change(file: Any) -> str:
    """Return the sentence that says which approved pages need ``file`` as it is; empty where none does."""
    pages = approved_pages_with(file) if file.pk else []
    if not pages:
        return ""
    names = ", ".join(f"“{page.get_admin_display_title()}”" for page in pages[:NAMED])
    more = f" and {len(pages) - NAMED} more" if len(pages) > NAMED else ""
    return (
        f"{names}{more} {'was' if len(pages) == 1 else 'were'} approved with this as it is, so it stays. "
        "Add the new one beside it, put that on the page, and send the page in for approval."
    )


def why_not_lose(file: Any) -> str:
    """Return the sentence that says what needs what ``file`` holds: approved pages, or rows; empty where nothing does.

    It is then neither deleted nor exchanged for another file.
    """
    return why_not_change(file) or _kept_by(file)


def _kept_by(file: Any) -> str:
    try:
        Collector(using=router.db_for_write(type(file), instance=file)).collect([file])
    except ProtectedError as kept:
        rows = sorted(f"“{row}”" for row in kept.protected_objects)
    else:
        return ""
    more = f" and {len(rows) - NAMED} more" if len(rows) > NAMED else ""
    return f"{', '.join(rows[:NAMED])}{more} {'rests' if len(rows) == 1 else 'rest'} on this, so it stays."
