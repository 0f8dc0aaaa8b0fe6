"""The addresses of what gives pages their look. None asks the database, and none knows who asks."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from core.look.colours import TEXT, contrast
from core.look.stylesheet import sheet

YEAR = 31_536_000


def _colours(pair: str) -> tuple[str, str]:
    """Return the two colours that "55244f-ffb27d" names; 404 where the form would refuse them."""
    main, second = (f"#{half}" for half in pair.split("-"))
    if contrast(main, second) < TEXT:
        raise Http404
    return main, second


@require_safe
def style(request: HttpRequest, pair: str = "", script: str = "") -> HttpResponse:
    """Answer with the stylesheet that the address names: for good where it names the content too."""
    made = sheet(*(_colours(pair) if pair else ("", "")), script)
    small = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(made.compressed if small else made.plain, content_type="text/css; charset=utf-8")
    if small:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    current = request.GET.get("v") == made.digest
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable" if current else "no-cache"
    return response
