"""A picture that gives way to another, or to none, wherever it stands: one person asks, another confirms."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.models.pictures import Image


class Step(models.TextChoices):
    """How far a replacement has come."""

    ASKED = "asked", "Waits for a colleague"
    DECLINED = "declined", "Declined"
    CONFIRMED = "confirmed", "Confirmed, about to begin"
    RUNNING = "running", "Under way"
    DONE = "done", "Done"
    FAILED = "failed", "Not done: nothing was changed"


OPEN = (Step.ASKED, Step.CONFIRMED, Step.RUNNING)


class Replacement(models.Model):
    """One picture's giving way. ``of_title`` and ``by_title`` stay when the pictures are deleted; no title means none.

    ``words`` says what the other picture shows, by the code of a language. ``touched`` is when a worker began.
    """

    picture = models.ForeignKey(Image, on_delete=models.SET_NULL, null=True, related_name="+")
    of_title = models.CharField(max_length=255)
    by = models.ForeignKey(Image, on_delete=models.SET_NULL, null=True, related_name="+")
    by_title = models.CharField(max_length=255, blank=True)
    words = models.JSONField(default=dict)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    step = models.CharField(max_length=10, choices=Step, default=Step.ASKED)
    touched = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)
    pages = models.PositiveIntegerField("pages changed", default=0)

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(step__in=Step.values), name="replacement_step_known"),
            models.CheckConstraint(
                condition=Q(step__in=(Step.ASKED, Step.DECLINED)) | Q(decided_at__isnull=False),
                name="replacement_confirmed_before_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(step__in=(Step.ASKED, Step.DECLINED))
                | Q(asked_by=None)
                | Q(decided_by=None)
                | ~Q(asked_by=F("decided_by")),
                name="replacement_confirmed_by_a_colleague",
            ),
            models.CheckConstraint(
                condition=Q(picture=None) | Q(by=None) | ~Q(picture=F("by")), name="replacement_by_another"
            ),
            models.UniqueConstraint(fields=("picture",), condition=Q(step__in=OPEN), name="replacement_one_at_a_time"),
        ]

    shown_on_pages = False

    def __str__(self) -> str:
        return f"“{self.of_title}” by {f'“{self.by_title}”' if self.by_title else 'none'}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for a colleague or for the worker."""
        return self.step in OPEN

    @property
    def is_at_work(self) -> bool:
        """Whether the worker has it, or is about to."""
        return self.step in {Step.CONFIRMED, Step.RUNNING}
