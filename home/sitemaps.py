"""The map for search engines: live public pages, and the plain addresses beside them."""

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as draw
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps.sitemap_generator import Sitemap as Pages

from core.models import CouncilSettings


class PlainAddresses(Sitemap):
    """Pages that are not written in the admin."""

    def items(self) -> list[str]:
        """Return the names of their addresses."""
        return ["home:support", "home:privacy", "home:accessibility"]

    def location(self, item: str) -> str:
        """Return the address of one."""
        return reverse(item)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """List what search engines may show; nothing of a demonstration."""
    if CouncilSettings.for_request(request).demonstration:
        return draw(request, {})
    return draw(request, {"pages": Pages(request), "plain": PlainAddresses()})
