"""The addresses of what gives pages their look. None asks the database, and none knows who asks."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from core.look.colours import TEXT, contrast
from core.look.stylesheet import Made, mark, sheet

YEAR = 31_536_000


def _colours(pair: str) -> tuple[str, str]:
    """Return the two colours that "55244f-ffb27d" names; 404 where the form would refuse them."""
    main, second = (f"#{half}" for half in pair.split("-"))
    if contrast(main, second) < TEXT:
        raise Http404
    return main, second


def _answer(request: HttpRequest, made: Made, kind: str) -> HttpResponse:
    """Send a file: for good where the address names its content, else to be asked for again."""
    small = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(made.compressed if small else made.plain, content_type=kind)
    if small:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    current = request.GET.get("v") == made.digest
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable" if current else "no-cache"
    return response


@require_safe
def style(request: HttpRequest, pair: str = "") -> HttpResponse:
    """Answer with the stylesheet, in the colours that its address names."""
    return _answer(request, sheet(*(_colours(pair) if pair else ())), "text/css; charset=utf-8")


@require_safe
def icon(request: HttpRequest, pair: str) -> HttpResponse:
    """Answer with our mark in the colours that its address names."""
    return _answer(request, mark(*_colours(pair)), "image/svg+xml")
