"""The map for search engines: pages with words of their own in every language, and the plain addresses beside them.

Pages that are not shared (support, leaving, surveys) are left out: they are found on the site.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as draw
from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps.sitemap_generator import Sitemap as WagtailSitemap
from wagtail.models import Page
from wagtail.query import PageQuerySet

from campaigns.queries.updates import is_open as updates_are_open
from core.approvals.showing import as_approved
from core.languages.addresses import address_in, codes
from core.models import BasePage, CouncilSettings
from indicators.models import Indicator
from indicators.queries import public_indicators


class Pages(WagtailSitemap):
    """Live pages that anybody may read, each with its other languages."""

    def items(self) -> list[BasePage]:
        """Return the pages of every language; one that only repeats another language's words is left out."""
        pages = self._anybodys().filter(alias_of=None).order_by("path").specific()
        ours = (page for page in pages if isinstance(page, BasePage))
        return [page for page in as_approved(ours) if page.is_shared]

    def _anybodys(self) -> PageQuerySet:
        roots = self.get_wagtail_site().root_page.get_translations(inclusive=True)
        below = Q(*(Q(path__startswith=root.path) for root in roots), _connector=Q.OR)
        unexpired = Q(expire_at=None) | Q(expire_at__gt=timezone.now())  # one may wait a minute to be taken down
        return Page.objects.live().public().filter(below, unexpired)

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:  # noqa: ARG002  (Wagtail's own)
        standing = defaultdict(set)
        for key, code in self._anybodys().values_list("translation_key", "locale__language_code"):
            standing[key].add(code)
        return [self._url(item, standing[item.translation_key]) for item in self.paginator.page(page).object_list]

    def _url(self, item: BasePage, standing: set[str]) -> dict[str, Any]:
        """Return the entry of a page, with the languages in which it stands, as its own head names them.

        A language in which only the frame is translated is among them: the address is one that its readers keep.
        """
        here = item.get_full_url(self.request)
        there = {code: urljoin(here, address_in(code, urlsplit(here).path)) for code in codes() if code in standing}
        alternates = [{"lang_code": code, "location": address} for code, address in there.items()]
        return {"item": item, "lastmod": self.lastmod(item), "location": here} | {
            "alternates": alternates if len(alternates) > 1 else []
        }


class PlainAddresses(Sitemap):
    """Pages that are not written in the admin."""

    def items(self) -> list[str]:
        """Return the names of their addresses."""
        places = ["indicators:dashboard", "home:privacy", "home:accessibility"]
        return [*places, "updates:sign_up"] if updates_are_open() else places

    def location(self, item: str) -> str:
        """Return the address of one."""
        return reverse(item)


class Indicators(Sitemap):
    """Indicators with numbers, none of them invented."""

    def items(self) -> list[Indicator]:
        """Return them."""
        shown = public_indicators()
        return [one for one in shown if {number.is_sample for number in one.record} == {False}]  # type: ignore[attr-defined]

    def lastmod(self, item: Indicator) -> datetime:
        """Return when the newest number was recorded."""
        return max(one.recorded_at for one in item.record)  # type: ignore[attr-defined]  # fetched by public_indicators


@require_safe
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """List what search engines may show; nothing of a demonstration."""
    if CouncilSettings.for_request(request).demonstration:
        return draw(request, {})
    return draw(request, {"pages": Pages(request), "plain": PlainAddresses(), "indicators": Indicators()})
