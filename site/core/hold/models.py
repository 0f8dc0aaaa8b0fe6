"""A hold, what was let go during it, and the one row that decides whether a hold is on."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Hold(models.Model):
    """From when to when everything scheduled waited, and why."""

    shown_on_pages = False

    reason = models.CharField(max_length=300)
    started = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    ended = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("-started", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended=None) | Q(ended__gte=F("started")), name="hold_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.reason


class Release(models.Model):
    """One thing that somebody let go while the hold stays on: ``kind`` and ``key`` name it as its room does."""

    shown_on_pages = False

    hold = models.ForeignKey(Hold, on_delete=models.CASCADE, related_name="releases")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("-at", "-pk")
        constraints = [models.UniqueConstraint(fields=("hold", "kind", "key"), name="released_once_a_hold")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Switch(models.Model):
    """One row, which names the hold that is on.

    Whoever is about to do what was scheduled locks it to the end of the transaction in which it is done; whoever holds
    locks it too. So a hold that stands waits for what has begun, and nothing begins after it.
    """

    shown_on_pages = False

    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="hold_has_one_switch")]

    def __str__(self) -> str:
        return "on" if self.hold_id else "off"
