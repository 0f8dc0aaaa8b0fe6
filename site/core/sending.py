"""Giving out files that have no address of their own: by views that look first at who may have them."""

import re

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django_sendfile import sendfile

SAFE_HEADERS = {
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}
_CONTINUES = re.compile(r"^\s*bytes\s*=\s*(0*[1-9]|-)", re.IGNORECASE)


def send(
    request: HttpRequest, file: FieldFile, *, name: str, media_type: str, sha256: str, is_attachment: bool = True
) -> HttpResponseBase:
    """Return ``file`` under ``name``, or "304" to whoever holds it; browsers run nothing in it.

    Raises:
        Http404: the file is missing from storage.
    """
    etag = f'"{sha256}"'
    held = get_conditional_response(request, etag=etag)
    response = held or _send(request, file, name, media_type, is_attachment=is_attachment)
    for header, value in (SAFE_HEADERS | {"ETag": etag}).items():
        response.headers[header] = value
    return response


def is_taken(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Tell whether this is the taking of a file, to be counted once: not a later part of one, nor "304"."""
    return response.status_code in {200, 206} and not _CONTINUES.match(request.headers.get("Range", ""))


def _send(
    request: HttpRequest, file: FieldFile, name: str, media_type: str, *, is_attachment: bool
) -> HttpResponseBase:
    """Send through the web server where the file lies on a disk, and through us where it lies in a bucket."""
    try:
        path = file.path
    except NotImplementedError:
        return _stream(file, name, media_type, is_attachment=is_attachment)
    given: HttpResponseBase = sendfile(
        request, path, attachment=is_attachment, attachment_filename=name, mimetype=media_type
    )
    return given


def _stream(file: FieldFile, name: str, media_type: str, *, is_attachment: bool) -> FileResponse:
    try:
        content = file.open("rb")
    except FileNotFoundError as missing:
        raise Http404("The file is missing.") from missing
    return FileResponse(content, as_attachment=is_attachment, filename=name, content_type=media_type)
