"""Rounds of refreshing: asked for, running, done."""

from django.db import models
from django.db.models import Q

from indicators.enums import RefreshState


class Refresh(models.Model):
    """One round through every measure. The row is the truth; the task that runs it is only a nudge."""

    shown_on_pages = False

    state = models.CharField(max_length=10, choices=RefreshState, default=RefreshState.WAITING)
    requested_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    recorded = models.PositiveIntegerField(default=0)
    problems = models.TextField(blank=True)

    class Meta:
        ordering = ("-requested_at", "-id")
        verbose_name_plural = "refreshes"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RefreshState.values), name="refresh_state_known"),
            models.UniqueConstraint(
                fields=("state",), condition=Q(state=RefreshState.WAITING), name="refresh_only_one_waits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} since {self.requested_at:%d %B %Y, %H:%M}"
