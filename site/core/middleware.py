"""What happens to every request before a room sees it."""

from collections.abc import Callable
from urllib.parse import unquote

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse


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
