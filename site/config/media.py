"""Pictures from this disk, where no web server stands in front: the embedded installation."""

import posixpath
import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, re_path
from django.views.decorators.http import require_safe
from django.views.static import serve

# Made by us from what was uploaded. An uploaded file itself never has an address here: documents go through
# Wagtail's own view, which asks who may read them, and a photograph's original may say where it was taken.
OPEN_FOLDERS = ("images", "charts")
YEAR = 31_536_000


@require_safe
def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer with one picture; their names change with their content, so browsers may keep them."""
    if not settings.MEDIA_ROOT or posixpath.normpath(path) != path:  # "images/../documents/…" leaves the folder
        raise Http404
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


def picture_addresses() -> list[URLPattern]:
    """Return the addresses of pictures: none where a server in front or a bucket hands them out."""
    if not settings.SERVES_PICTURES:
        return []
    prefix = re.escape(settings.MEDIA_URL.lstrip("/"))
    return [re_path(rf"^{prefix}(?P<path>(?:{'|'.join(OPEN_FOLDERS)})/.+)$", picture)]
