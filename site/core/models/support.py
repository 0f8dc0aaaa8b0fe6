"""The services that people are pointed to, with an owner and a date, because signposts rot."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from core.enums import SupportKind
from core.models.accounts import Organisation

STALE_AFTER = timedelta(days=183)


class SupportService(index.Indexed, models.Model):
    """A service for people targeted by hate: how to reach it, who keeps this entry, and when it was last checked."""

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=10, choices=SupportKind, default=SupportKind.SUPPORT)
    description = models.TextField(help_text="What it does and for whom, in two sentences.")
    telephone = models.CharField(max_length=40, blank=True)
    text_number = models.CharField("text message number", max_length=40, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    hours = models.CharField(max_length=200, blank=True, help_text="For example: every day, 24 hours.")
    owner = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="support_services",
        help_text="Who keeps this entry right.",
    )
    last_checked = models.DateField(help_text="The day somebody last confirmed every line of this entry.")
    order = models.PositiveSmallIntegerField(default=0)

    panels = [
        FieldPanel("name"),
        FieldPanel("kind"),
        FieldPanel("description"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("telephone"), FieldPanel("text_number")]),
                FieldPanel("email"),
                FieldPanel("website"),
                FieldPanel("hours"),
            ],
            heading="How to reach it",
        ),
        MultiFieldPanel([FieldPanel("owner"), FieldPanel("last_checked"), FieldPanel("order")], heading="Upkeep"),
    ]

    search_fields = [
        index.SearchField("name", boost=2),
        index.SearchField("description"),
        index.AutocompleteField("name"),
        index.FilterField("kind"),
    ]

    class Meta:
        ordering = ("order", "name")
        constraints = [
            models.CheckConstraint(
                condition=~Q(telephone="", text_number="", email="", website=""),
                name="support_service_can_be_reached",
                violation_error_message="Give at least one way to reach the service.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a check that has not happened yet."""
        super().clean()
        if self.last_checked and self.last_checked > timezone.localdate():
            raise ValidationError(
                {"last_checked": "The day of the last check is in the future. Give today or earlier."}
            )

    def is_stale(self, today: date) -> bool:
        """Tell whether nobody has checked this entry for half a year."""
        return today - self.last_checked > STALE_AFTER


register_snippet(SupportService)
