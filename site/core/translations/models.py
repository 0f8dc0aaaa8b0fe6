"""What was sent in for approval, and of which English words it is the translation."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from wagtail.models import Page, Revision

from core.models.accounts import Organisation


class TranslatedVersion(models.Model):
    """One version of a page in another language, as somebody sent it in.

    ``digest`` names the English pieces it was made from: once the live English page has others, ``source_changed`` says
    since when.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    source_changed = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    checked_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(checked_by=None, checked_on=None) | Q(checked_by__isnull=False, checked_on__isnull=False),
                name="translation_checked_by_somebody_on_a_day",
            ),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="translation_digest_is_hex"),
        ]

    def __str__(self) -> str:
        return self.revision.object_str
