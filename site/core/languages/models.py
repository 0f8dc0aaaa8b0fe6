"""Who checked the words of the site in a language."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from core.models.accounts import Organisation


class CatalogueCheck(models.Model):
    """A speaker of the language read the words of the site, as they stood then, and found them right.

    ``digest`` names those words: once they change, the check no longer speaks for them.
    """

    language = models.CharField(max_length=10, editable=False)
    digest = models.CharField("which words", max_length=64, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", help_text="Whose speaker read the words."
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    checked_on = models.DateField(default=timezone.localdate, help_text="The day of the check.")
    note = models.TextField(
        blank=True, max_length=500, help_text="How it was checked, in a sentence. No names of people."
    )

    class Meta:
        ordering = ("-checked_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("language", "digest"),
                name="catalogue_checked_once",
                violation_error_message="These words have been recorded as checked already.",
            ),
            models.CheckConstraint(condition=models.Q(digest__regex=r"^[0-9a-f]{64}$"), name="catalogue_digest_is_hex"),
        ]

    def __str__(self) -> str:
        return f"{self.language}, {self.checked_on:%-d %B %Y}"
