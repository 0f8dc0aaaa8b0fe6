"""An event, its dates, and the places where it happens."""

import uuid
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaigns.models import Campaign
from core.demonstration import SAMPLE_PREFIX
from core.languages.addresses import spoken
from core.models import LastingCode, Ward
from events.enums import Audience, State


class Event(LastingCode):
    """Something that people come to. Its page in each language points to it; its dates are occurrences."""

    code = models.SlugField(
        "short name",
        max_length=60,
        unique=True,
        help_text="A short lasting name with hyphens, such as open-afternoon.",
        error_messages={"unique": "Another event already has this short name. Choose one that no event has."},
    )
    title = models.CharField(max_length=150)
    campaign = models.ForeignKey(
        Campaign,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The campaign that the event belongs to, if any.",
    )
    audience = models.CharField(max_length=20, choices=Audience, default=Audience.EVERYONE)
    contact = models.CharField(
        max_length=200,
        help_text="Where people ask about it: a team's email address or telephone number, never a person's own.",
    )

    class Meta:
        ordering = ("title",)
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="event_has_a_code"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="event_audience_known"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_sample(self) -> bool:
        """Whether the event belongs to the demonstration and was invented."""
        return self.code.startswith(SAMPLE_PREFIX)


class Venue(models.Model):
    """A place where events happen."""

    name = models.CharField(max_length=150, unique=True)
    address = models.TextField(max_length=300, help_text="One line of the address on each line, without the postcode.")
    postcode = models.CharField(max_length=8, blank=True)
    ward = models.ForeignKey(
        Ward,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The ward it stands in, so that events can be counted by area.",
    )
    transport = models.TextField(
        "getting there", max_length=500, blank=True, help_text="Trains, buses and parking, in a few sentences."
    )

    class Meta:
        ordering = ("name",)
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="venue_has_a_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def address_lines(self) -> list[str]:
        """Everything an envelope needs, a line each."""
        lines = [self.name, *self.address.splitlines(), self.postcode]
        return [line.strip() for line in lines if line.strip()]


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    """Occurrences by time. What has begun and not ended is still coming."""

    def coming(self, now: datetime) -> "OccurrenceQuerySet":
        """Return those that end after ``now``, soonest first."""
        return self.filter(ends__gt=now).order_by("starts", "pk")

    def past(self, now: datetime) -> "OccurrenceQuerySet":
        """Return those that have ended by ``now``, latest first."""
        return self.filter(ends__lte=now).order_by("-starts", "-pk")

    def held(self, now: datetime) -> "OccurrenceQuerySet":
        """Return those that have ended by ``now`` and were neither cancelled nor postponed."""
        return self.past(now).filter(state=State.SCHEDULED)


class Occurrence(models.Model):
    """One date of an event, at a venue or online. ``uuid`` and ``sequence`` are what calendars know it by."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="occurrences")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    starts = models.DateTimeField("starts at", help_text="The time in Britain.")
    ends = models.DateTimeField("ends at")
    venue = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="occurrences",
        help_text="Leave empty if it is online.",
    )
    online_address = models.URLField(blank=True, help_text="Where people join, if it is online. Everybody sees this.")
    state = models.CharField(max_length=10, choices=State, default=State.SCHEDULED)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    created = models.DateTimeField(default=timezone.now, editable=False)
    modified = models.DateTimeField(default=timezone.now, editable=False)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = "date"
        ordering = ("starts", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="occurrence_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(venue__isnull=False, online_address="") | (Q(venue__isnull=True) & ~Q(online_address="")),
                name="occurrence_at_a_venue_or_online",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="occurrence_state_known"),
            models.CheckConstraint(condition=Q(modified__gte=F("created")), name="occurrence_modified_after_created"),
            models.UniqueConstraint(fields=("event", "starts", "venue"), name="occurrence_at_a_venue_entered_once"),
            models.UniqueConstraint(
                fields=("event", "starts", "online_address"),
                condition=Q(venue__isnull=True),
                name="occurrence_online_entered_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}, {timezone.localtime(self.starts):%-d %B %Y, %H:%M}"

    def clean(self) -> None:
        """Say beside the field what the database would refuse.

        Raises:
            ValidationError: it ends before it starts, or is nowhere, or in two places.
        """
        super().clean()
        problems: dict[str, Any] = {}
        if self.starts and self.ends and self.ends <= self.starts:
            problems["ends"] = "This is not after the start. Give a later time."
        if self.venue_id and self.online_address:
            problems["online_address"] = "A date is at a venue or online. Remove one of the two."
        if not self.venue_id and not self.online_address:
            problems["venue"] = "Choose a venue, or give the address where people join online."
        if problems:
            raise ValidationError(problems)

    @property
    def is_standing(self) -> bool:
        """Whether it goes ahead as far as we know."""
        return self.state == State.SCHEDULED

    @property
    def place(self) -> str:
        """Where it happens, in a few words."""
        return self.venue.name if self.venue else _("Online")

    @property
    def when(self) -> str:
        """Day and hours in Britain, in words: "Saturday 10 October 2026, 2pm to 4.30pm"."""
        starts, ends = timezone.localtime(self.starts), timezone.localtime(self.ends)
        named = {
            "day": _day(starts),
            "starts": _clock(starts),
            "last_day": _day(ends),
            "ends": _clock(ends),
        }
        if starts.date() == ends.date():
            return _("%(day)s, %(starts)s to %(ends)s") % named
        return _("%(day)s, %(starts)s to %(last_day)s, %(ends)s") % named


def _day(moment: datetime) -> str:
    return f"{date_format(moment, 'l')} {date_format(moment)}"


def _clock(moment: datetime) -> str:
    """Return the time as people write it: 2.30pm in English, 14:30 in other languages."""
    if spoken() != "en":
        return date_format(moment, "TIME_FORMAT")
    minutes = f".{moment:%M}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{'am' if moment.hour < 12 else 'pm'}"
