"""What can be asked about lesson packs."""

from typing import Any
from uuid import UUID

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest
from django.utils import timezone

from core.approvals.showing import approved_version, as_approved
from core.languages.trees import in_language
from core.models.pages import closed_to_some
from schools.models import LessonFile, LessonPackPage

PACKS_A_PAGE = 12
MOST_ALIKE = 3


def live_pack_pages() -> Any:
    """Return the pack pages that everybody may see, by title, with their packs ready to draw."""
    return (
        in_language(LessonPackPage.objects.live())
        .filter(~closed_to_some(), Q(expire_at=None) | Q(expire_at__gt=timezone.now()))
        .select_related("pack__campaign")
        .prefetch_related("pack__key_stage_rows", "pack__subject_rows")
        .order_by("title", "pk")
    )


def alike(page: LessonPackPage, request: HttpRequest) -> list[LessonPackPage]:
    """Return the pages of a few other packs, those first that share the most topics with the pack of ``page``.

    Packs of the same campaign stand on the page already.
    """
    others = live_pack_pages().exclude(pack=page.pack).filter(pack__topic_rows__topic__in=page.pack.topics)
    if page.pack.campaign_id:
        others = others.exclude(pack__campaign=page.pack.campaign_id)
    closest = others.annotate(shared=Count("pack__topic_rows")).order_by("-shared", "title", "pk")
    return as_approved(closest[:MOST_ALIKE], request)


def page_at(slug: str) -> LessonPackPage | None:
    """Return the page at ``slug`` as everybody may see it, or None."""
    page = live_pack_pages().filter(slug=slug).first()
    shown = approved_version(page) if page else None
    return shown if shown and shown.pack_id == page.pack_id else None


def page_or_404(slug: str) -> LessonPackPage:
    """Return the page at ``slug`` as everybody may see it.

    Raises:
        Http404: no live, public page of a pack stands there.
    """
    page = page_at(slug)
    if page is None:
        raise Http404("No such lesson pack.")
    return page


def offered(*, slug: str, file: UUID) -> tuple[LessonPackPage, LessonFile] | None:
    """Return the page at ``slug`` with its lesson file ``file``, if everybody may take that through it, or None."""
    page = page_at(slug)
    found = page.pack.files.filter(uuid=file).exclude(file="").first() if page else None
    return (page, found) if page and found else None


def page_of(pages: Any, request: HttpRequest) -> ListPage:
    """Return the page of the list that ``request`` asks for, as approved; the nearest where that makes no sense."""
    found = Paginator(pages, PACKS_A_PAGE).get_page(request.GET.get("page"))
    found.object_list = as_approved(found.object_list, request)
    return found
