"""Downloads of lesson files."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.views.decorators.http import require_safe

from core.sending import is_taken, send
from reach.actions import count_visit
from reach.enums import Metric
from schools.queries import page_offering


@require_safe
def download(request: HttpRequest, pack: str, file: UUID) -> Any:
    """Give a lesson file to anybody while a page of its pack is live, and count it once for each taking.

    Raises:
        Http404: no live, public page at this address offers the file, or the file is missing from storage.
    """
    page = page_offering(slug=pack, file=file)
    if page is None:
        raise Http404("No such file.")
    found = page.pack.files.get(uuid=file)
    name, media_type = found.download_name, found.known_format.media_type
    response = send(request, found.file, name=name, media_type=media_type, sha256=found.sha256)
    if is_taken(request, response):
        count_visit(request=request, page=page.counted_as(), metric=Metric.DOWNLOADS)
    return response
