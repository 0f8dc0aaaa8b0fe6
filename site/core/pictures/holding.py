"""Which pages hold a picture: in what is live, and in what waits to be."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex, Revision, TaskState, WorkflowState

from core.approvals.content import all_in_force, files_on
from core.models.pictures import Image


@dataclass(frozen=True, kw_only=True)
class Holder:
    """A page that holds a picture: whether visitors get it there, and the versions in waiting that hold it."""

    page: Page
    is_live: bool
    waiting: tuple[Revision, ...]


def holders(picture: Image) -> list[Holder]:
    """Return the pages that hold ``picture``, in the order of the tree; stand-ins in other languages hold nothing."""
    shown = _shown(picture)
    versions: dict[int, list[Revision]] = {}
    for revision in _waiting_versions(picture):
        versions.setdefault(int(revision.object_id), []).append(revision)
    pages = Page.objects.filter(pk__in=shown | versions.keys(), alias_of=None).select_related("locale").order_by("path")
    return [
        Holder(page=page, is_live=page.live and page.pk in shown, waiting=tuple(versions.get(page.pk, ())))
        for page in pages.specific()
        if page.live or page.pk in versions or not page.latest_revision_id
    ]


def is_held(picture: Image, page: Page) -> bool:
    """Tell whether ``page``, as it stands in memory, holds ``picture``."""
    return (picture._meta.label_lower, picture.pk) in files_on(page)


def _shown(picture: Image) -> set[int]:
    """Return the keys of the pages whose row or approved version holds ``picture``."""
    pages = ContentType.objects.get_for_model(Page)
    of_pages = ReferenceIndex.get_references_to(picture).filter(base_content_type=pages)
    this = [picture._meta.label_lower, picture.pk]
    approved = (approval.page_id for approval in all_in_force().filter(ended=None) if this in approval.shows)
    return {*map(int, of_pages.values_list("object_id", flat=True)), *approved}


def waiting_versions() -> QuerySet[Revision]:
    """Return every version of a page that may yet go live: newest drafts, those in review, and those with a time."""
    drafts = Page.objects.filter(Q(live=False) | Q(has_unpublished_changes=True), latest_revision__isnull=False)
    in_review = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, workflow_state__status=WorkflowState.STATUS_IN_PROGRESS
    )
    return Revision.page_revisions.filter(
        Q(pk__in=drafts.values("latest_revision"))
        | Q(pk__in=in_review.values("revision"))
        | Q(approved_go_live_at__isnull=False)
    ).order_by("pk")


def _waiting_versions(picture: Image) -> list[Revision]:
    # Its key stands somewhere in the text of a version that holds it; whether it does is then asked of the page.
    likely = waiting_versions().annotate(text=Cast("content", TextField())).filter(text__contains=f": {picture.pk}")
    return [revision for revision in likely if is_held(picture, revision.as_object())]
