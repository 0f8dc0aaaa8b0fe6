"""The home page and plain content pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from core.blocks import BodyBlock
from core.models import BasePage
from core.models.pages import CountedPage
from core.sharing import address
from home.search.models import SearchEntry

__all__ = ["ContentPage", "HomePage", "SearchEntry"]

HOME_DEPTH = 2


class HomePage(BasePage):
    """The front door: four ways in, and what is on now. Its words are a few; the rest comes from the rooms."""

    listed_as = _("Home page")
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]

    body = StreamField(BodyBlock(), blank=True, help_text="Optional: shown below what is on now.")

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "home page"

    def schema_nodes(self) -> list[dict[str, Any]]:
        """Return the site, and how it is searched."""
        search = address(f"{reverse('home:search')}?q={{words}}")
        action = {"@type": "SearchAction", "target": search, "query-input": "required name=words"}
        return [{"@type": "WebSite", "name": self.title, "url": address(self.url), "potentialAction": action}]

    def counted_as(self) -> CountedPage:
        """Count views under a name that outlives the row."""
        return CountedPage(page_key="home")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what is on now in every room."""
        from home.queries import on_now

        return super().get_context(request, *args, **kwargs) | {"now": on_now()}


class ContentPage(BasePage):
    """A page of plain information, such as what a hate crime is."""

    listed_as = _("Information")
    parent_page_types = ["home.HomePage", "home.ContentPage"]
    subpage_types = ["home.ContentPage"]

    body = StreamField(BodyBlock(), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "information page"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the pages above, and the live ones below as cards."""
        above = self.get_ancestors().filter(depth__gt=HOME_DEPTH)
        below = ContentPage.objects.child_of(self).live().public()
        return super().get_context(request, *args, **kwargs) | {
            "crumbs": [(page.title, page.get_url(request)) for page in above],
            "cards": [{"title": page.title, "url": page.get_url(request), "summary": page.summary} for page in below],
        }
