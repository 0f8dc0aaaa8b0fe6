"""How documents are given out."""

from django.http import HttpRequest, HttpResponseBase
from django_sendfile import sendfile
from wagtail import hooks

from core.models import Document


@hooks.register("before_serve_document", order=100)  # after Wagtail's own, which asks who may have it
def give_out(document: Document, request: HttpRequest) -> HttpResponseBase | None:
    """Send a document that lies on a disk, through the web server in front where there is one.

    Wagtail's own view gives the library that sends files a text where it wants a path, and so fails. What lies in a
    bucket it streams (``WAGTAILDOCS_SERVE_METHOD``).
    """
    try:
        path = document.file.path
    except NotImplementedError:
        return None
    response = sendfile(
        request,
        path,
        attachment=document.content_disposition != "inline",
        attachment_filename=document.filename,
        mimetype=document.content_type,
    )
    response["Content-Security-Policy"] = "default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
