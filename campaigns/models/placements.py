"""Placements: one poster site, post or leaflet run each, with a short link of its own, and where that leads."""

import re
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Page

from campaigns.models.campaigns import Campaign
from core.demonstration import SAMPLE_PREFIX
from core.enums import Channel
from core.models import LastingCode, Ward
from core.models.accounts import languages
from core.sharing import address as absolute

SHAPE = "[a-z0-9]+(-[a-z0-9]+)*"
FEWEST, MOST = 3, 40
# Numbers that people ring and words that promise what a short link must not: this is not a place to report.
RESERVED = frozenset({"999", "101", "111", "112", "report", "report-it", "emergency", "police", "exit", "admin"})
CHANNELS = [(channel.value, channel.label) for channel in Channel if channel != Channel.WEB]


def refuse_unsayable_code(code: str) -> None:
    """Refuse a code that cannot be read out over a telephone, or that somebody would take for something else.

    Raises:
        ValidationError: with one sentence about what to write instead.
    """
    if not FEWEST <= len(code) <= MOST:
        raise ValidationError(f"Give {FEWEST} to {MOST} characters, such as bus-42.", code="length")
    if not re.fullmatch(SHAPE, code):
        raise ValidationError(
            "Write small letters and digits with single hyphens between words, such as bus-42.", code="shape"
        )
    if code in RESERVED:
        raise ValidationError(
            f"“{code}” would be taken for something else: a number to ring, a place to report, or a part of this site. "
            "Choose another code, such as bus-42.",
            code="reserved",
        )


class Placement(LastingCode):
    """One poster site, post or leaflet run of a campaign. ``/go/<code>/`` leads on, and counts who came by it."""

    shown_on_pages = False

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="placements")
    code = models.CharField(
        max_length=MOST,
        unique=True,
        validators=[refuse_unsayable_code],
        help_text="What people type after /go/, such as bus-42: small letters, digits and hyphens, 3 to 40 of them. "
        "Choose one that is easy to say aloud. It is printed, so it cannot be changed later.",
        error_messages={"unique": "Another placement already has this code. Choose one that no placement has."},
    )
    title = models.CharField(max_length=100, help_text="What staff call it, such as: Poster in Dewsbury bus station.")
    channel = models.CharField(
        max_length=10, choices=CHANNELS, help_text="The way that people come across it; the website has no placements."
    )
    language = models.CharField(
        max_length=10, choices=languages, default="en", help_text="The language of the page that it leads to."
    )
    place = models.CharField(
        max_length=200, help_text="Where it hangs, lies or is posted, in words such as: stand 4, by the ticket hall."
    )
    ward = models.ForeignKey(
        Ward,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The ward it stands in, or nothing where it stands in none or in several, such as a bus or a post.",
    )
    starts = models.DateField("first day")
    ends = models.DateField("last day")
    copies = models.PositiveIntegerField(
        "planned copies", null=True, blank=True, help_text="How many are printed or put up; empty for a post online."
    )

    class Meta:
        ordering = ("-starts", "code")
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=f"^{SHAPE}$"), name="placement_code_shape"),
            models.CheckConstraint(condition=Q(code__regex=f"^.{{{FEWEST},}}$"), name="placement_code_length"),
            models.CheckConstraint(condition=~Q(code__in=sorted(RESERVED)), name="placement_code_not_reserved"),
            models.CheckConstraint(
                condition=Q(channel__in=[value for value, _ in CHANNELS]), name="placement_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")),
                name="placement_ends_after_it_starts",
                violation_error_message="The last day is before the first day. Change one of the two.",
            ),
            models.CheckConstraint(
                condition=Q(copies=None) | Q(copies__gte=1),
                name="placement_has_copies_or_none_said",
                violation_error_message="Plan one copy or more, or leave the number empty.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_sample(self) -> bool:
        """Whether it belongs to the demonstration, so that its place and its numbers are invented."""
        return self.code.startswith(SAMPLE_PREFIX)

    @property
    def path(self) -> str:
        """Its short address on this site."""
        return reverse("go:lead", args=[self.code])

    @property
    def address(self) -> str:
        """Its short address as a scanner reads it."""
        return absolute(self.path)

    @property
    def address_in_words(self) -> str:
        """Its short address as people read and type it."""
        return self.address.partition("://")[2].rstrip("/")

    def clean(self) -> None:
        """Say beside the field what is wrong with the dates, the ward or the copies."""
        super().clean()
        problems: dict[str, Any] = {}
        if self.starts and self.ends and self.ends < self.starts:
            problems["ends"] = "The last day is before the first day. Change one of the two."
        elif self.starts and self.ends and self.ward and (why := _why_not_there(self.ward, self.starts, self.ends)):
            problems["ward"] = why
        if self.copies == 0:
            problems["copies"] = "Plan one copy or more, or leave the number empty."
        if problems:
            raise ValidationError(problems)


def _why_not_there(ward: Ward, starts: date, ends: date) -> str:
    """Return why a placement between two days cannot stand in ``ward``; nothing where it can."""
    if ward.valid_from > starts:
        return (
            f"{ward.name} has these borders only from {date_format(ward.valid_from, 'j F Y')}. Choose a ward that is "
            "in force from the first day to the last, or none."
        )
    if ward.valid_to and ward.valid_to < ends:
        return (
            f"{ward.name} had these borders only until {date_format(ward.valid_to, 'j F Y')}. Choose a ward that is in "
            "force from the first day to the last, or none."
        )
    return ""


class PlacementTarget(models.Model):
    """Where a placement leads since some time: the newest counts, and the earlier ones are its history."""

    shown_on_pages = False

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="targets")
    page = models.ForeignKey(Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=255, help_text="The page's title then, which outlives the page.")
    since = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-since", "-pk")
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="placement_target_has_a_title")]

    def __str__(self) -> str:
        return f"{self.placement} leads to {self.title}"
