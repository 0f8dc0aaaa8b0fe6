"""Giving out files that have no address of their own: by views that look first at who may have them.

In production the web server in front sends what lies on a disk. Elsewhere, and from a bucket, we send it ourselves, a
part of it too, so that a download that broke off goes on where it stopped.
"""

import re
from typing import Any

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django_sendfile import sendfile

SAFE_HEADERS = {
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}
WEB_SERVER = "django_sendfile.backends.nginx"
_CONTINUES = re.compile(r"^\s*bytes\s*=\s*(0*[1-9]|-)", re.IGNORECASE)
_PART = re.compile(r"^\s*bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*$", re.IGNORECASE)  # no file has more bytes


def send(
    request: HttpRequest, file: FieldFile, *, name: str, media_type: str, sha256: str, is_attachment: bool = True
) -> HttpResponseBase:
    """Return ``file`` under ``name``, or the part of it that is asked for, or "304" to whoever holds it.

    Browsers run nothing in it.

    Raises:
        Http404: the file is missing from storage.
    """
    etag = f'"{sha256}"'
    held: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    path = _path(file) if settings.SENDFILE_BACKEND == WEB_SERVER else None
    if held:
        response = held
    elif path is None:
        response = _stream(request, file, name, media_type, etag, is_attachment=is_attachment)
    else:
        response = sendfile(request, path, attachment=is_attachment, attachment_filename=name, mimetype=media_type)
    for header, value in (SAFE_HEADERS | {"ETag": etag}).items():
        response.headers[header] = value
    return response


def is_taken(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Tell whether this is the taking of a file, to be counted once: not a later part of one, nor "304"."""
    return response.status_code in {200, 206} and not _CONTINUES.match(request.headers.get("Range", ""))


def _path(file: FieldFile) -> str | None:
    """Return where a file lies on a disk; None where it lies in a bucket."""
    try:
        return file.path
    except NotImplementedError:
        return None


def _stream(
    request: HttpRequest, file: FieldFile, name: str, media_type: str, etag: str, *, is_attachment: bool
) -> HttpResponseBase:
    try:
        content: Any = file.open("rb")
        size = file.size
    except FileNotFoundError as missing:
        raise Http404("The file is missing.") from missing
    asked = _asked_part(request, etag, size)
    if asked is not None and asked[0] >= asked[1]:
        content.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, end = asked or (0, size)
    content.seek(start)
    response: HttpResponseBase = FileResponse(
        _Part(content, end - start) if asked else content,
        as_attachment=is_attachment, filename=name, content_type=media_type, status=206 if asked else 200,
    )  # fmt: skip
    if request.method == "HEAD":  # a server of pages would send what it is given
        head = HttpResponse(content_type=media_type, headers={"Content-Disposition": response["Content-Disposition"]})
        content.close()
        response = head
    response["Content-Length"] = str(end - start)
    response["Accept-Ranges"] = "bytes"
    if asked:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return response


def _asked_part(request: HttpRequest, etag: str, size: int) -> tuple[int, int] | None:
    """Return the first byte of the part that is asked for and the one after its last; None where all of it is.

    Nobody needs several parts at once, and RFC 9110 lets us give all of it to whoever asks for them.
    """
    found = _PART.match(request.headers.get("Range", ""))
    if request.method != "GET" or not found or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = found.groups()
    if not first:
        return (max(size - int(last), 0), size) if last else None
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last) + 1, size) if last else size


class _Part:
    """So many bytes of an open file from where it stands; servers that can, hand them on without reading them."""

    def __init__(self, content: Any, length: int) -> None:
        self.content, self.left = content, length
        self.close = content.close
        if hasattr(content, "fileno"):
            self.fileno = content.fileno

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, ``size`` of them or all."""
        read: bytes = self.content.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(read)
        return read
