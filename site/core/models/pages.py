"""The base of every public page."""

from dataclasses import dataclass

from django.db import models
from django.http import HttpRequest, HttpResponse
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from core.models.files import Image


@dataclass(frozen=True)
class CountedPage:
    """What a view of a page is counted under: codes, never keys of rows."""

    page_key: str
    campaign_code: str = ""


class BasePage(Page):
    """A page in one language: a title, a summary, and how it looks in lists and when shared."""

    summary = models.CharField(
        max_length=300,
        help_text="One or two plain sentences: what this is and for whom. Shown under the title and in lists.",
    )
    social_image = models.ForeignKey(
        Image,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Shown when the page is shared; 1200 by 630 pixels or larger.",
    )
    listing_title = models.CharField(
        max_length=120, blank=True, help_text="A shorter title for lists, if the title is long."
    )
    listing_summary = models.CharField(max_length=200, blank=True, help_text="A shorter summary for lists.")

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    promote_panels = [
        *Page.promote_panels,
        MultiFieldPanel(
            [FieldPanel("listing_title"), FieldPanel("listing_summary"), FieldPanel("social_image")],
            heading="In lists and when shared",
        ),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary", boost=2)]

    class Meta:
        abstract = True

    def counted_as(self) -> CountedPage | None:
        """Say what a view of this page is counted under; None where visitors are not counted at all."""
        return CountedPage(page_key=f"page-{self.translation_key}")

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Serve the page and note on the request what was seen, for whoever counts views."""
        request.counted_page = self.counted_as()
        return super().serve(request, *args, **kwargs)
