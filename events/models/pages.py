"""The list of what is coming, and the page of one event in one language."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from campaigns.queries import related_pages
from core.blocks import BodyBlock
from core.models import BasePage
from core.models.pages import CountedPage, crumbs
from core.pagecache import list_may_be_kept
from events.models.rows import Event, Occurrence


class EventIndexPage(BasePage):
    """What is coming, by date; what has been, a step away."""

    listed_as = _("List of events")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["events.EventPage"]
    max_count = 1

    intro = models.TextField("introduction", blank=True, help_text="A few plain sentences above the list.")

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    search_fields = [*BasePage.search_fields, index.SearchField("intro")]

    class Meta:
        verbose_name = "events page"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the dates that fit what was asked for."""
        # The reads ask for pages, and pages stand in this file.
        from events.queries import Choice, options, page_of

        choice = Choice.read(request.GET)
        shown = page_of(choice, request)
        list_may_be_kept(request, query=choice.query, shown=shown)
        return super().get_context(request, *args, **kwargs) | {
            "choice": choice,
            "options": options(choice),
            "page_obj": shown,
        }


class EventPage(BasePage):
    """One event in one language: words around a row whose dates are edited apart."""

    listed_as = _("Event")
    parent_page_types = ["events.EventIndexPage"]
    subpage_types: list[str] = []
    is_creatable = False  # Making an event makes its page: one way in, so that no page lacks its event.

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="pages")
    body = StreamField(BodyBlock(), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("event", read_only=True), FieldPanel("body")]

    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "event page"

    def counted_as(self) -> CountedPage:
        """Count views under this page in every language, and under the event's campaign."""
        campaign = self.event.campaign
        return CountedPage(page_key=f"page-{self.translation_key}", campaign_code=campaign.code if campaign else "")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the dates, coming ones first, and the way back."""
        from events.queries import dates_of

        return super().get_context(request, *args, **kwargs) | {
            "dates": dates_of(self),
            "related": related_pages(self.event.campaign, beside=self, request=request),
            "crumbs": crumbs(self, request),
        }

    def schema_nodes(self) -> list[dict[str, Any]]:
        """Return its dates to come."""
        from events.sharing import event_nodes

        return event_nodes(self)

    def search_words(self) -> str:
        """Return where it still takes place, town and postcode included, and for whom."""
        dates = self.event.occurrences.select_related("venue").coming(timezone.now())
        places = {" ".join(date.venue.address_lines) if date.venue else "online" for date in dates}
        return " ".join([*sorted(places), self.event.get_audience_display()])

    def calendar_address(self, occurrence: Occurrence) -> str:
        """Return the address of one date's calendar file."""
        return reverse("events:occurrence", args=[self.slug, occurrence.uuid])
