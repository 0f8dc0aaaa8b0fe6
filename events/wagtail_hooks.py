"""The events lead's menu."""

from typing import Any

from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSetGroup

from core.viewsets import PageColumn, RowViewSet, StartsPage
from events.actions import start_event
from events.forms import EventForm, OccurrenceForm
from events.models import Event, EventPage, Occurrence, Venue


class WithPage(StartsPage):
    """Saving an event that has no page makes its draft page, which opens next."""

    def start_page(self, row: Event) -> EventPage:
        """Make it."""
        return start_event(event=row, owner=self.request.user)  # type: ignore[attr-defined]

    def get_success_buttons(self) -> list[Any]:
        """Offer the next step, a date, beside the message that the event is saved."""
        address = f"{reverse(OccurrenceViewSet().get_url_name('add'))}?event={self.object.pk}"  # type: ignore[attr-defined]
        return [*super().get_success_buttons(), messages.button(address, "Add a date")]  # type: ignore[misc]


class CreateEvent(WithPage, CreateView):
    """Add an event."""


class EditEvent(WithPage, EditView):
    """Edit an event."""


class CreateOccurrence(CreateView):
    """A new date, of the event that the address names if it does."""

    def get_initial_form_instance(self) -> Occurrence:
        """Choose the event already where somebody comes from it."""
        asked = self.request.GET.get("event", "")
        event = Event.objects.filter(pk=int(asked)).first() if asked.isascii() and asked.isdigit() else None
        return Occurrence(event=event) if event else Occurrence()


class EventViewSet(RowViewSet):
    """Events."""

    model = Event
    add_view_class = CreateEvent
    edit_view_class = EditEvent
    icon = "calendar-alt"
    menu_label = "Events"
    list_display = ["title", "audience", "campaign", PageColumn()]
    list_filter = ["audience", "campaign"]
    search_fields = ["title", "code"]
    edit_handler = ObjectList(
        [
            HelpPanel("<p>Dates are added under Events, Dates, after the event is saved.</p>"),
            FieldPanel("title"),
            FieldPanel("code"),
            FieldPanel("audience"),
            FieldPanel("contact"),
            FieldPanel("campaign"),
        ],
        base_form_class=EventForm,
    )

    def get_queryset(self, request: Any) -> Any:  # noqa: ARG002  (Wagtail's own signature)
        """Fetch what the list shows in a fixed number of queries."""
        return Event.objects.select_related("campaign").prefetch_related("pages")


class OccurrenceViewSet(RowViewSet):
    """Dates."""

    model = Occurrence
    add_view_class = CreateOccurrence
    icon = "date"
    menu_label = "Dates"
    list_display = ["event", Column("when", label="When"), Column("place", label="Where"), "state"]
    list_filter = {"event": ["exact"], "state": ["exact"], "venue": ["exact"], "starts": ["gte", "lte"]}
    search_fields = ["event__title", "venue__name"]
    ordering = "-starts"
    edit_handler = ObjectList(
        [
            FieldPanel("event"),
            FieldRowPanel(
                [FieldPanel("starts", widget=AdminDateTimeInput), FieldPanel("ends", widget=AdminDateTimeInput)]
            ),
            MultiFieldPanel([FieldPanel("venue"), FieldPanel("online_address")], heading="Where: a venue, or online"),
            FieldPanel("state"),
        ],
        base_form_class=OccurrenceForm,
    )

    def get_queryset(self, request: Any) -> Any:  # noqa: ARG002  (Wagtail's own signature)
        """Fetch what the list shows in a fixed number of queries."""
        return Occurrence.objects.select_related("event", "venue")


class VenueViewSet(RowViewSet):
    """Venues."""

    model = Venue
    icon = "site"
    menu_label = "Venues"
    list_display = ["name", "postcode", "ward"]
    list_filter = ["ward"]
    search_fields = ["name", "address", "postcode"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("address"),
            FieldPanel("postcode"),
            FieldPanel("ward"),
            FieldPanel("transport"),
        ]
    )

    def get_queryset(self, request: Any) -> Any:  # noqa: ARG002  (Wagtail's own signature)
        """Fetch what the list shows in a fixed number of queries."""
        return Venue.objects.select_related("ward")


class EventsGroup(SnippetViewSetGroup):
    """Events in the menu."""

    menu_label = "Events"
    menu_icon = "calendar-alt"
    menu_order = 230
    items = (EventViewSet, OccurrenceViewSet, VenueViewSet)


register_snippet(EventsGroup)
