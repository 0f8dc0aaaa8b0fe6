"""Downloads of lesson files."""

import re
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from django_sendfile import sendfile

from reach.actions import count_visit
from reach.enums import Metric
from schools.models import LessonFile
from schools.queries import page_offering

SAFE_HEADERS = {
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}
_CONTINUES = re.compile(r"^\s*bytes\s*=\s*(0*[1-9]|-)", re.IGNORECASE)


@require_safe
def download(request: HttpRequest, pack: str, file: UUID) -> Any:
    """Give a lesson file to anybody while a page of its pack is live, and count it once for each taking.

    Raises:
        Http404: no live, public page at this address offers the file, or the file is missing from storage.
    """
    page = page_offering(slug=pack, file=file)
    if page is None:
        raise Http404("No such file.")
    lesson_file = page.pack.files.get(uuid=file)
    etag = f'"{lesson_file.sha256}"'
    response = get_conditional_response(request, etag=etag) or _send(request, lesson_file)
    for name, value in (SAFE_HEADERS | {"ETag": etag}).items():
        response.headers[name] = value
    if response.status_code in {200, 206} and not _CONTINUES.match(request.headers.get("Range", "")):
        count_visit(request=request, page=page.counted_as(), metric=Metric.DOWNLOADS)
    return response


def _send(request: HttpRequest, lesson_file: LessonFile) -> HttpResponseBase:
    """Send through the web server where the file lies on a disk, and through us where it lies in a bucket."""
    name, media_type = lesson_file.download_name, lesson_file.known_format.media_type
    try:
        path = lesson_file.file.path
    except NotImplementedError:
        return _stream(lesson_file, name, media_type)
    return sendfile(request, path, attachment=True, attachment_filename=name, mimetype=media_type)


def _stream(lesson_file: LessonFile, name: str, media_type: str) -> FileResponse:
    try:
        content = lesson_file.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404("The file is missing.") from missing
    return FileResponse(content, as_attachment=True, filename=name, content_type=media_type)
