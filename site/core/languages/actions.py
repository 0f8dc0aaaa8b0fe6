"""Recording that a speaker checked the words of the site."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from core.languages.models import CatalogueCheck
from core.languages.queries import catalogue_digest
from core.models.accounts import Organisation, User


@transaction.atomic
def record_check(
    *, language: str, organisation: Organisation, by: User | None = None, on: date | None = None, note: str = ""
) -> CatalogueCheck:
    """Record that a speaker from ``organisation`` found the words of ``language`` right, as they are now.

    Raises:
        ValidationError: they are recorded as checked already, or the language has no catalogue.
    """
    check = CatalogueCheck(
        language=language,
        digest=catalogue_digest(language),
        organisation=organisation,
        recorded_by=by,
        checked_on=on or timezone.localdate(),
        note=note,
    )
    check.full_clean()
    check.save()
    return check
