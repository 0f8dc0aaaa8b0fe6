"""Pages that any room may need to answer with."""

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

TOO_BIG = (RequestDataTooBig, TooManyFilesSent)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  (Django passes it by name)
    """Answer 403 where a form came without its token: an old page, or cookies refused."""
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  (Django passes it)
    """Answer 413 where more was sent than the site takes, otherwise 400.

    The page is drawn without the request: its host may be the very thing that makes no sense.
    """
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if isinstance(exception, TOO_BIG) else HTTPStatus.BAD_REQUEST
    return HttpResponse(render_to_string(f"{status}.html"), status=status)
