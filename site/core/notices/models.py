"""The notice, and its words in other languages than English."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.models.support import SupportService

LONGEST = timedelta(days=14)


class UrgentNotice(models.Model):
    """A few words above every public page until a time. It ends by that time alone: nothing has to be done for it.

    ``is_on`` says that nobody ended it and no other took its place; only one row says so.
    """

    heading = models.CharField(max_length=80)
    text = models.CharField(max_length=300)
    services = models.ManyToManyField(SupportService, blank=True, related_name="+")
    started = models.DateTimeField(default=timezone.now)
    ends = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    is_on = models.BooleanField(default=True)
    ended = models.DateTimeField(null=True, help_text="When it was ended before its time.")
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("-started", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("is_on",), condition=Q(is_on=True), name="urgent_notice_one_is_on"),
            models.CheckConstraint(
                condition=Q(is_on=True, ended=None) | Q(is_on=False, ended__isnull=False),
                name="urgent_notice_ended_when_off",
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("started")), name="urgent_notice_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.heading

    @property
    def last_moment(self) -> datetime:
        """When it went from the pages, for the list of earlier ones."""
        return min(self.ended, self.ends) if self.ended else self.ends


class NoticeWords(models.Model):
    """The words of a notice in one language that is not English."""

    notice = models.ForeignKey(UrgentNotice, on_delete=models.CASCADE, related_name="words")
    language = models.CharField(max_length=10)
    heading = models.CharField(max_length=80)
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ("language",)
        constraints = [models.UniqueConstraint(fields=("notice", "language"), name="notice_words_once_a_language")]

    def __str__(self) -> str:
        return f"{self.language}: {self.heading}"
