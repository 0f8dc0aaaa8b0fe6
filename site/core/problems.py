"""Errors of the API as problem documents (RFC 9457), whoever made them."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

MEDIA_TYPE = "application/problem+json"
API = "/api/"

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}

DETAILS = {
    400: "The request makes no sense. Check the address.",
    404: "There is nothing at this address. Check the code, or start from /api/v1/indicators.",
    405: "This API is for reading only: use GET.",
    500: "Something went wrong on our side. Try again later.",
    503: "The site is closed for maintenance. Try again in five minutes.",
}


def problem(status: int, detail: str = "") -> JsonResponse:
    """Return a problem document with a sentence that says what is wrong and how to mend it."""
    title = HTTPStatus(status).phrase
    words = detail or DETAILS.get(status, title)
    body = {"type": "about:blank", "title": title, "status": status, "detail": words}
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE)


def nothing_here(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  (Django calls it by position)
    """Answer 404 where the API has no such address, so that no page of the site stands in."""
    return problem(404)


class ApiProblems:
    """Turn every error under /api/ into a problem document, whatever made it; and answer HEAD as GET, without a body.

    The library behind the API knows only the methods that its operations name.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; an error keeps its status and the methods it allows."""
        response = self._answer(request)
        if response.status_code < 400 or not request.path.startswith(API):
            return response
        if response.headers.get("Content-Type") == MEDIA_TYPE:
            return response
        answer = problem(response.status_code)
        if "Allow" in response.headers:
            answer["Allow"] = response["Allow"]
        return answer

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.method != "HEAD" or not request.path.startswith(API):
            return self.get_response(request)
        request.method = "GET"
        try:
            return self.get_response(request)
        finally:
            request.method = "HEAD"  # The web server sends no body.
