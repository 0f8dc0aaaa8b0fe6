"""What a closed campaign came to: written by one person, approved by another, and kept as it was then."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from campaigns.enums import LessonKind, ReviewState
from campaigns.models.campaigns import Campaign
from campaigns.models.reviewed import Reviewed
from core.privacy import Declaration


class Evaluation(Reviewed):
    """One evaluation of one campaign.

    While it is written its figures are read anew each time. Sending it in puts all that it says into ``frozen``, which
    a colleague looks at; approving binds that by its ``digest``, and from then on nothing of it changes,
    but that a number goes which its room takes back. A later one may follow it, and both are kept.
    """

    shown_on_pages = False
    approved_with = "campaigns.approve_evaluation"

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="evaluations")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    begun_at = models.DateTimeField(auto_now_add=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-begun_at", "-pk")
        permissions = [("approve_evaluation", "Can approve an evaluation")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReviewState.values), name="evaluation_state_known"),
            models.UniqueConstraint(
                fields=("campaign",), condition=~Q(state="approved"), name="evaluation_one_being_written"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_at__isnull=False) & ~Q(digest=""),
                name="evaluation_approved_is_bound",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False) & ~Q(frozen={}),
                name="evaluation_sent_in_is_frozen",
            ),
        ]

    class Privacy(Declaration):
        """Who wrote and who approved an evaluation of a campaign."""

        fields = ("writers", "approved_by")
        purpose = "To show that a second person looked at an evaluation before it was approved."
        lawful_basis = "Public task, UK GDPR Article 6(1)(e)"
        recipients = "The council's communications officers and managers."
        retention = "Kept with the evaluation. A name goes when the account is deleted."

    def __str__(self) -> str:
        return f"Evaluation of {self.campaign}"


class Lesson(models.Model):
    """One thing that was learnt."""

    shown_on_pages = False

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="lessons")
    kind = models.CharField("what it tells", max_length=10, choices=LessonKind)
    text = models.CharField("lesson", max_length=500, help_text="One lesson, in plain words. No names of people.")

    class Meta:
        ordering = ("pk",)
        constraints = [models.CheckConstraint(condition=Q(kind__in=LessonKind.values), name="lesson_kind_known")]

    def __str__(self) -> str:
        return self.text
