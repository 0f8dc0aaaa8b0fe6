"""Which question of a survey asks whether people came across a campaign."""

from django.db import models
from django.db.models import Q

from campaigns.models import Campaign
from surveys.models.questions import Question
from surveys.models.surveys import Survey


class Recall(models.Model):
    """A question by which people say whether they came across a campaign, and which of its answers say so.

    It is declared for the survey, as the groups of its tables are, so that nobody looks for the split that says most.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="recalls")
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="+", help_text="The campaign that they may have come across."
    )
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="+", help_text="A question with one answer, such as CMP01."
    )
    codes = models.JSONField(help_text="The codes of the options by which people say that they did.")

    class Meta:
        ordering = ("survey", "campaign")
        constraints = [
            models.UniqueConstraint(
                fields=("survey", "campaign"),
                name="recall_one_a_campaign",
                violation_error_message="This survey asks about this campaign already. Remove that line first.",
            ),
            models.CheckConstraint(condition=~Q(codes=[]), name="recall_by_some_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.campaign}"
