"""The services that people are pointed to, with an owner and a date, because signposts rot."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from core.enums import Strand, SupportKind, SupportLanguage, SupportNeed
from core.fields import CodeListField
from core.models.accounts import Organisation
from core.models.places import Area
from core.privacy import Declaration

REVIEW_AFTER = timedelta(days=183)
LONGEST_REVIEW = timedelta(days=366)


class SupportService(index.Indexed, models.Model):
    """A service for people targeted by hate: how to reach it, who keeps this entry, and when it was last checked."""

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=10, choices=SupportKind, default=SupportKind.SUPPORT)
    description = models.TextField(help_text="What it does and for whom, in two sentences.")
    helps_with = CodeListField(of=SupportNeed, help_text="What people come to it for.")
    strands = CodeListField(
        "whom it is for",
        of=Strand,
        help_text="Tick none if it helps everybody. Otherwise the entry says that it is not for the others.",
    )
    languages = CodeListField("languages offered", of=SupportLanguage, help_text="What people can speak or sign there.")
    areas = models.ManyToManyField(
        Area, blank=True, related_name="support_services", help_text="Tick none if it serves everywhere."
    )
    telephone = models.CharField(max_length=40, blank=True)
    text_number = models.CharField("text message number", max_length=40, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    address = models.TextField(blank=True, help_text="Where people can go, a line each.")
    access_notes = models.TextField(
        "access", blank=True, help_text="Steps, hearing loop, parking, nearest bus stop, what to bring."
    )
    hours = models.CharField("opening", max_length=200, blank=True, help_text="For example: every day, 24 hours.")
    owner = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="support_services",
        help_text="Who keeps this entry right. Its name stands beside the entry.",
    )
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="kept_services",
        verbose_name="who keeps the entry up to date",
        help_text="Whose admin home reminds of it. Left empty, everybody's in the owner's organisation.",
    )
    confirmation_email = models.EmailField(
        "where we ask whether this is right",
        blank=True,
        help_text="Not shown to anybody. Left empty, the address above is asked.",
    )
    last_checked = models.DateField(help_text="The day somebody last confirmed every line of this entry.")
    review_by = models.DateField(
        blank=True, help_text="From the day after, the entry says in public that it is old. Empty: half a year later."
    )
    order = models.PositiveSmallIntegerField(default=0)

    panels = [
        FieldPanel("name"),
        FieldPanel("kind"),
        FieldPanel("description"),
        MultiFieldPanel(
            [FieldPanel("helps_with"), FieldPanel("strands"), FieldPanel("languages"), FieldPanel("areas")],
            heading="What it helps with, and whom",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("telephone"), FieldPanel("text_number")]),
                FieldPanel("email"),
                FieldPanel("website"),
                FieldPanel("address"),
                FieldPanel("access_notes"),
                FieldPanel("hours"),
            ],
            heading="How to reach it",
        ),
        MultiFieldPanel(
            [
                FieldPanel("owner"),
                FieldPanel("keeper"),
                FieldPanel("confirmation_email"),
                FieldRowPanel([FieldPanel("last_checked"), FieldPanel("review_by")]),
                FieldPanel("order"),
            ],
            heading="Upkeep",
        ),
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
                condition=~Q(telephone="", text_number="", email="", website="", address=""),
                name="support_service_can_be_reached",
                violation_error_message="Give at least one way to reach the service.",
            ),
            models.CheckConstraint(
                condition=Q(review_by__gt=F("last_checked")),
                name="support_service_reviewed_after_check",
                violation_error_message="The review comes after the last check. Give a later day, or leave it empty.",
            ),
        ]

    class Privacy(Declaration):
        """Whom we ask about an entry of the support directory."""

        fields = ("confirmation_email", "keeper")
        purpose = "Asking a service, before its entry grows old, whether every line of it is still right."
        lawful_basis = "Public task, UK GDPR Article 6(1)(e)"
        recipients = "Those who keep the support directory."
        retention = "Kept while the service stands in the directory."

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with a review half a year after the check where none is given."""
        self._fill_review()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a check that has not happened yet, and a review that is too far off."""
        super().clean()
        if self.last_checked and self.last_checked > timezone.localdate():
            raise ValidationError(
                {"last_checked": "The day of the last check is in the future. Give today or earlier."}
            )
        self._fill_review()
        if self.review_by and self.last_checked and self.review_by - self.last_checked > LONGEST_REVIEW:
            raise ValidationError(
                {"review_by": "Signposts rot within a year. Give a day no later than a year after the last check."}
            )

    def _fill_review(self) -> None:
        if self.review_by is None and self.last_checked:
            self.review_by = self.last_checked + REVIEW_AFTER

    def is_stale(self, today: date) -> bool:
        """Tell whether the day of its review is over and nobody has checked this entry since."""
        return today > (self.review_by or self.last_checked + REVIEW_AFTER)

    @property
    def needs_in_words(self) -> list[str]:
        """What it helps with."""
        return [str(SupportNeed(code).label) for code in self.helps_with]

    @property
    def languages_in_words(self) -> list[str]:
        """The languages offered."""
        return [str(SupportLanguage(code).label) for code in self.languages]

    @property
    def strands_in_words(self) -> list[str]:
        """The strands it is for, where it is not for all five; in their one order."""
        return [str(strand.label) for strand in Strand if strand in self.strands] if self.strands_omitted else []

    @property
    def strands_omitted(self) -> list[str]:
        """The strands it is not for, in their one order: empty where it is for everybody."""
        return [str(strand.label) for strand in Strand if self.strands and strand not in self.strands]
