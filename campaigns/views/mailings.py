"""The web version of a mailing: what was approved, for who reads it in a browser."""

from typing import Any

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from campaigns.queries.mailings import seen_on_the_web

# An email carries its style beside its words, and nothing else runs or loads.
POLICY: dict[str, Any] = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "form-action": [NONE],
    "base-uri": [NONE],
}


@require_safe
@never_cache
@csp_replace(POLICY)
def web_version(request: HttpRequest, slug: str, code: str) -> HttpResponse:  # noqa: ARG001  (one answer for all)
    """Show a mailing exactly as it was approved, without what is personal in it.

    Search engines are asked to leave it: it repeats the campaign's page, and is for those who got the email.

    Raises:
        Http404: there is none at this address that was sent, or was asked to be sent.
    """
    mailing = seen_on_the_web(slug, code)
    if mailing is None:
        raise Http404("No such email.")
    response = HttpResponse(mailing.frozen["web_html"])
    response["X-Robots-Tag"] = "noindex"
    return response
