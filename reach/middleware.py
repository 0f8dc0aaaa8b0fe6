"""Counting views."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from core.models.pages import CountedPage
from reach.actions import count_visit
from reach.enums import Metric


class CountViews:
    """Count a view of each public page that says what it is counted under, once it is served.

    A page says so by setting ``request.counted_page`` (core's base page does).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve, then count."""
        response = self.get_response(request)
        page: CountedPage | None = getattr(request, "counted_page", None)
        if page is not None and _is_shown(response):
            count_visit(request=request, page=page, metric=Metric.VIEWS)
        return response


def _is_shown(response: HttpResponse) -> bool:
    """Tell whether a page is read because of this answer: a new copy, or word that the browser's own is still right."""
    is_page = response.status_code == 200 and response.get("Content-Type", "").startswith("text/html")
    return is_page or response.status_code == 304
