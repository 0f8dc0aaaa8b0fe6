"""The record that somebody looked at a wave before it opened."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.privacy import Declaration
from surveys.models.fieldwork import LAWFUL_BASIS, Wave


class SignOff(models.Model):
    """A colleague of whoever planned a wave looked at its lawful basis, its wording and its privacy notice.

    ``digest`` names all that was looked at. Where any of it has changed since, the sign-off counts for nothing.
    """

    shown_on_pages = False

    wave = models.OneToOneField(Wave, on_delete=models.CASCADE, related_name="sign_off")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=310, help_text="Their name that day; it stays when their account goes.")
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    day = models.DateField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(by=F("planned_by")), name="sign_off_not_by_the_planner"),
            models.CheckConstraint(condition=~Q(name=""), name="sign_off_has_a_name"),
        ]

    class Privacy(Declaration):
        """Who looked at a survey before it opened."""

        fields = ("by", "name", "planned_by")
        purpose = "To show that somebody else looked at a survey's wording and lawful basis before people were asked."
        lawful_basis = LAWFUL_BASIS
        recipients = "The council's staff."
        retention = "Kept with the survey."

    def __str__(self) -> str:
        return f"{self.wave}, signed off by {self.name}"
