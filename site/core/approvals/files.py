"""Pictures and documents that something rests on: on pages that were approved with them they stay as they are."""

from typing import Any

from django.db import router
from django.db.models import ProtectedError
from django.db.models.deletion import Collector
from wagtail.models import Page

from core.approvals.content import all_in_force
from core.models.pictures import Image
from core.pictures.registry import picture_uses

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
    names = _and_more([f"“{page.get_admin_display_title()}”" for page in pages])
    return (
        f"{names} {'was' if len(pages) == 1 else 'were'} approved with this as it is, so it stays. "
        "Add the new one beside it, put that on the page, and send the page in for approval."
    )


def why_not_lose(file: Any) -> str:
    """Return the sentence that says what needs what ``file`` holds; empty where nothing does.

    That may be approved pages, rows, or what people have already. It is then neither deleted nor exchanged for another
    file. A picture can still be withdrawn.
    """
    return why_not_change(file) or _kept_by(file) or (_is_out(file) if isinstance(file, Image) else "")


def _is_out(picture: Image) -> str:
    if not picture.pk or not picture.may_be_used:  # nobody is given it any more
        return ""
    out = [f"“{use.title}”" for _, kind in picture_uses.items() for use in kind.of(picture) if use.is_out]
    if not out:
        return ""
    return (
        f"{_and_more(out)} went out with this or {'is' if len(out) == 1 else 'are'} about to, and whoever reads that "
        "fetches it from here, so it stays. If nobody may see it any more, withdraw it."
    )


def _and_more(names: list[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{', '.join(names[:NAMED])}{more}"


def _kept_by(file: Any) -> str:
    try:
        Collector(using=router.db_for_write(type(file), instance=file)).collect([file])
    except ProtectedError as kept:
        rows = sorted(f"“{row}”" for row in kept.protected_objects)
    else:
        return ""
    return f"{_and_more(rows)} {'rests' if len(rows) == 1 else 'rest'} on this, so it stays."
