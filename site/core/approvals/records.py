"""What was approved, by whom and when: one row an approval, written by the approving path alone."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from wagtail.models import Page, Revision, WorkflowState


class How(models.TextChoices):
    """On whose word a version may be shown."""

    COLLEAGUE = "colleague", "Approved by a colleague"
    SYSTEM = "system", "Laid by a command of this site"
    URGENT = "urgent", "Published as urgent by who was on duty"
    REPLACED = "replaced", "Another picture, confirmed by a colleague"


def _hex(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{name}__regex": r"^[0-9a-f]{64}$"}), name=f"approval_{name}_is_a_digest"
    )


class Approval(models.Model):
    """One version of a page that may be shown.

    It comes into force once that version is live, and ends when the page is taken down; a later one takes its place.
    Whether the page is as approved stands nowhere: it is asked of what is live (``core.approvals.content``).
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, on_delete=models.SET_NULL, null=True, related_name="+")
    content = models.CharField("the version, to the letter", max_length=64)
    words = models.CharField("what is read", max_length=64)
    files = models.CharField("pictures and documents", max_length=64)
    digest = models.CharField("all that the public sees", max_length=64)
    shows = models.JSONField("which pictures and documents", default=list)
    how = models.CharField(max_length=10, choices=How)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    since = models.DateTimeField("in force since", null=True)
    ended = models.DateTimeField(null=True)
    reason = models.TextField("why it was urgent", max_length=500, blank=True)
    decide_by = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    replacement = models.ForeignKey(
        "core.Replacement",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="which picture gave way to which, all else being as approved before",
    )

    class Meta:
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=("page", "-since"), name="approval_in_force")]
        constraints: ClassVar = [
            *map(_hex, ("content", "words", "files", "digest")),
            models.CheckConstraint(condition=Q(how__in=How.values), name="approval_how_known"),
            models.CheckConstraint(
                condition=Q(how=How.URGENT) | Q(decide_by=None, confirmed_at=None, reason=""),
                name="approval_decided_later_if_urgent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.get_how_display()}, {self.at:%-d %B %Y, %H:%M}"

    @property
    def is_undecided(self) -> bool:
        """Whether it was published as urgent and nobody has approved or withdrawn it."""
        return self.how == How.URGENT and self.confirmed_at is None and self.ended is None


class ReviewDue(models.Model):
    """The day by which a review must be decided, as whoever sent the page in asks for it."""

    shown_on_pages = False

    review = models.OneToOneField(WorkflowState, on_delete=models.CASCADE, related_name="due")
    day = models.DateField()

    def __str__(self) -> str:
        return f"{self.review_id}: {self.day:%-d %B %Y}"
