"""Taking a whole pack, or one file of it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.views.decorators.http import require_safe

from core.models.pages import CountedPage
from core.sending import is_taken, send
from reach.actions import count_visit
from reach.enums import Metric
from schools.queries import offered, whole_pack


@require_safe
def download(request: HttpRequest, pack: str, file: UUID) -> Any:
    """Give a lesson file to anybody while a page of its pack is live, and count it once for each taking.

    Raises:
        Http404: no live, public page at this address offers the file, or the file is missing from storage.
    """
    found = offered(slug=pack, file=file)
    if found is None:
        raise Http404("No such file.")
    page, kept = found
    name, media_type = kept.download_name, kept.known_format.media_type
    return _counted(
        request, page.counted_as(), send(request, kept.file, name=name, media_type=media_type, sha256=kept.sha256)
    )


@require_safe
def download_pack(request: HttpRequest, pack: str) -> Any:
    """Give all files of a pack as one, to anybody while a page of the pack is live.

    Raises:
        Http404: no live, public page at this address, or the pack has not been packed yet.
    """
    whole = whole_pack(pack, request)
    if whole is None:
        raise Http404("No such pack.")
    sent = send(request, whole.file, name=whole.name, media_type="application/zip", sha256=whole.digest)
    return _counted(request, whole.page, sent)


def _counted(request: HttpRequest, page: CountedPage, response: Any) -> Any:
    if is_taken(request, response):
        count_visit(request=request, page=page, metric=Metric.DOWNLOADS)
    return response
