"""Counting views."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class CountViews:
    """Count a view of each public page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)
