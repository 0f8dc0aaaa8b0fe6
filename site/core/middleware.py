"""What happens to every request before a room sees it."""

import re
from collections.abc import Callable
from http import HTTPStatus
from itertools import accumulate
from urllib.parse import unquote, urlsplit
from uuid import uuid4

import structlog
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.encoding import escape_uri_path
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from core.health.checks import maintenance_flag
from core.views import bad_request

OPEN_WHILE_CLOSED = ("/healthz", "/readyz", "/look/")

NOT_A_NUMBER = "expected a number but got"  # Django's own words for a key that cannot be read
TOO_LONG = "Exceeds the limit"  # Python's, for a number that it will not read
MANY_DIGITS = re.compile(r"\d{19}")  # as many as the largest key has


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
    r"""Answer 400 where the address, its query or a cookie holds a NUL: nothing of ours does.

    Databases choke on it. A cookie hides one as ``"\000"``, which Django reads as the byte.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse, or pass on."""
        sent = (request.path, unquote(request.META.get("QUERY_STRING", "")), *request.COOKIES.values())
        if any("\0" in value for value in sent):
            return bad_request(request, BadRequest("The address or a cookie holds a NUL byte."))
        return self.get_response(request)


class CloseForMaintenance:
    """Answer 503 with a page while a file named ``maintenance`` stands in VAR_DIR; the database is not asked.

    Whoever watches the process still gets an answer, and the page gets its look.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Tell that it is closed, or pass on."""
        if not maintenance_flag().exists() or request.path.startswith(OPEN_WHILE_CLOSED):
            return self.get_response(request)
        with translation.override(translation.get_language_from_path(request.path) or settings.LANGUAGE_CODE):
            page = render_to_string("503.html")
        headers = {"Retry-After": "300", "Cache-Control": "no-store"}
        return HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE, headers=headers)


class FindMovedPages(RedirectMiddleware):
    """Lead from an address that a page once had to where it stands now.

    Wagtail keeps old addresses by page, so one that moved twice is still one step away. Two ways round in circles are
    closed here: pages that were taken down would lead to themselves or to each other where one has an address that it
    or another had before, and a browser that remembers "for good" would follow an older move for ever.

    What a room serves below a page's address (a file, a date for the calendar, a step) moves with the page.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Lead on where nothing is found here and an old address is known."""
        answer = super().process_response(request, response)
        if answer is response:
            answer = _below_a_moved_page(request, response)
        elif _leads_to_what_is_down(request):
            return response
        if answer is response or _leads_here(request, answer["Location"]):
            return response
        answer["Cache-Control"] = "no-cache"
        return answer


def _leads_to_what_is_down(request: HttpRequest) -> bool:
    """Tell whether the address asked for, with its query or without, was that of a page that is not published now."""
    whole = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    found = get_redirect(request, whole) or get_redirect(request, urlsplit(whole).path)
    return bool(found and found.redirect_page and not found.redirect_page.live)


def _leads_here(request: HttpRequest, place: str) -> bool:
    """Tell whether ``place`` is the address asked for, less its query."""
    asked, led = (request.build_absolute_uri(address).partition("?")[0] for address in (None, place))
    return asked.rstrip("/") == led.rstrip("/")


def _below_a_moved_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Lead from below a page's old address to the same place below its new one; only from where a view of ours stands.

    What Wagtail finds no page for was never there: it keeps an old address for each page that moved.
    """
    found = request.resolver_match
    lost = response.status_code == HTTPStatus.NOT_FOUND and request.method in {"GET", "HEAD"}
    if not lost or found is None or found.url_name == "wagtail_serve":
        return response
    above = list(accumulate(request.path.rstrip("/").split("/")[1:-1], "{}/{}".format, initial=""))[1:]
    moved = Redirect.get_for_site(Site.find_for_request(request)).filter(old_path__in=above, redirect_page__live=True)
    old = max(moved, key=lambda one: len(one.old_path), default=None)
    if old is None or not old.link:
        return response
    below = escape_uri_path(request.path[len(old.old_path) :])
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    return HttpResponsePermanentRedirect(old.link.rstrip("/") + below + query)


class ExplainWrongMethod:
    """Give the empty answer to a wrong method (405) a page that a person can use."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on, and fill the answer if it is empty; its headers stay."""
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.streaming and not response.content:
            response.content = render_to_string("405.html", request=request)
        return response


class RefuseTamperedForms:
    """Answer 400 where a form has lost a field, or names a row by what can be no key: words, a number of many digits.

    Django's field of one choice refuses such a value, but its field of several and Wagtail's choosers look it up as it
    came, and Wagtail's bodies count their blocks in a field that must be there. No form of ours sends or lacks these;
    whoever does has changed the form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a fault that lies in what was sent; leave every other one to be a fault of ours."""
        if isinstance(exception, MultiValueDictKeyError):
            return bad_request(request, exception)
        if not isinstance(exception, ValueError | OverflowError):
            return None
        fault, sent = str(exception), _values_sent(request)
        if NOT_A_NUMBER in fault and any(repr(value) in fault for value in sent):
            return bad_request(request, exception)
        too_long = isinstance(exception, OverflowError) or TOO_LONG in fault
        if too_long and any(MANY_DIGITS.search(value) for value in sent):
            return bad_request(request, exception)
        return None


def _values_sent(request: HttpRequest) -> list[str]:
    return [value for sent in (request.GET, request.POST) for _, values in sent.lists() for value in values]
