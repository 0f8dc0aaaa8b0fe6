"""What teachers say of a pack that they used."""

from datetime import date, datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.privacy import Declaration
from schools.enums import CommentState, Useful
from schools.models.packs import LessonPack

MOST_PUPILS = 2000
LONGEST_COMMENT = 1000
LONGEST_REASON = 300
KEPT_UNREAD, KEPT_HIDDEN, KEPT_PUBLISHED = timedelta(days=365), timedelta(days=30), timedelta(days=3 * 365)


class FeedbackQuerySet(models.QuerySet["PackFeedback"]):
    """Answers by what became of their words."""

    def with_words(self, state: CommentState) -> "FeedbackQuerySet":
        """Return those with words in this ``state``."""
        return self.filter(state=state).exclude(would_change="")


class PackFeedback(models.Model):
    """One teacher's answer about a pack. Nothing of the sender is kept, and of the time no more than the month.

    Nobody edits the words: a schools lead publishes or hides them. ``pupils`` is as many as the teacher says.
    """

    shown_on_pages = False  # what shows more of them refreshes the pages

    pack = models.ForeignKey(LessonPack, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(help_text="The first day of the month in which it came.")
    useful = models.CharField("how useful it was", max_length=10, choices=Useful)
    pupils = models.PositiveSmallIntegerField("with how many pupils", null=True, blank=True)
    would_change = models.TextField("what they would change", blank=True)
    state = models.CharField(max_length=10, choices=CommentState, default=CommentState.WAITING)
    reason = models.CharField("why it is hidden", max_length=LONGEST_REASON, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering = ("-month", "-pk")
        verbose_name = "teacher's feedback"
        verbose_name_plural = "teachers' feedback"
        permissions: ClassVar = [("moderate_packfeedback", "Can publish and hide teachers' feedback")]
        constraints = [
            models.CheckConstraint(condition=Q(useful__in=Useful.values), name="pack_feedback_useful_known"),
            models.CheckConstraint(condition=Q(state__in=CommentState.values), name="pack_feedback_state_known"),
            models.CheckConstraint(condition=Q(month__day=1), name="pack_feedback_keeps_the_month_alone"),
            models.CheckConstraint(
                condition=Q(pupils=None) | Q(pupils__gte=1, pupils__lte=MOST_PUPILS),
                name="pack_feedback_pupils_1_to_2000",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") | ~Q(would_change="") & Q(decided_on__isnull=False),
                name="pack_feedback_words_are_decided_about",
            ),
            models.CheckConstraint(
                condition=~Q(state="hidden") | ~Q(reason=""), name="pack_feedback_hidden_for_a_reason"
            ),
        ]

    class Privacy(Declaration):
        """What a teacher writes may say who wrote it, or name somebody."""

        fields = ("would_change", "reason", "decided_by")
        purpose = "To make lesson packs better, and to show teachers what others say of them."
        lawful_basis = "Public task, UK GDPR Article 6(1)(e)"
        recipients = "The council's schools leads; everybody, once a schools lead has published it."
        retention = (
            "The words: a year where nobody decides about them, 30 days once they are hidden, three years once they "
            "are published. How useful it was and the number of pupils stay, with the month alone."
        )

        @classmethod
        def purge(cls, now: datetime) -> int:
            """Blank the words that have been kept for long enough."""
            today = now.date()
            old = (
                _decided_before(CommentState.HIDDEN, today - KEPT_HIDDEN)
                | _decided_before(CommentState.PUBLISHED, today - KEPT_PUBLISHED)
                | Q(state=CommentState.WAITING, month__lt=today - KEPT_UNREAD)
            )
            return (
                PackFeedback.objects.filter(old)
                .exclude(would_change="")
                .update(would_change="", state=CommentState.WAITING, reason="", decided_by=None, decided_on=None)
            )

    def __str__(self) -> str:
        return f"{self.pack}, {self.month:%B %Y}"


def _decided_before(state: CommentState, day: date) -> Q:
    return Q(state=state, decided_on__lt=day)
