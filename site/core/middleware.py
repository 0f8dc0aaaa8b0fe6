"""What happens to every request before a room sees it."""

from collections.abc import Callable
from urllib.parse import unquote
from uuid import uuid4

import structlog
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse


class NameRequest:
    """Give each request a random name: in every log line about it, and in the answer's X-Request-ID.

    Who reports a fault can quote it, and it says nothing about who they are.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Name, pass on, and put the name on the answer."""
        name = uuid4().hex
        with structlog.contextvars.bound_contextvars(request_id=name):
            response = self.get_response(request)
        response["X-Request-ID"] = name
        return response


class RefuseNulBytes:
    """Answer 400 where the address or its query holds a NUL: no page of ours means one, and databases choke on it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse, or pass on."""
        if "\0" in request.path or "\0" in unquote(request.META.get("QUERY_STRING", "")):
            return self.refusal(request)
        return self.get_response(request)

    @staticmethod
    def refusal(request: HttpRequest) -> HttpResponse:
        """Return the site's page for a request that makes no sense."""
        from django.views.defaults import bad_request

        return bad_request(request, BadRequest("The address holds a NUL byte."))
