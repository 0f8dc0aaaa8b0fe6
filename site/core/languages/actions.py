"""Recording that a speaker checked the words of the site, and taking that back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log

from core.languages.models import CatalogueCheck
from core.languages.queries import catalogue_digest
from core.models.accounts import Organisation, User

CHANGED = (
    "The words changed after this page was shown to you, so nothing is recorded. The page now shows the words as they "
    "are: read them again."
)
CHECKED_ALREADY = "These words have been recorded as checked already, so nothing more is recorded."


@transaction.atomic
def record_check(*, language: str, digest: str, organisation: Organisation, by: User, note: str = "") -> CatalogueCheck:
    """Record that a speaker from ``organisation`` found the words of ``language`` right: those that ``digest`` names.

    Raises:
        ValidationError: the words are no longer those, they are recorded as checked already, or there are none.
    """
    if not digest or digest != catalogue_digest(language):
        raise ValidationError(CHANGED)
    check, is_new = CatalogueCheck.objects.get_or_create(
        language=language, digest=digest, defaults={"organisation": organisation, "recorded_by": by, "note": note}
    )
    if not is_new:
        raise ValidationError(CHECKED_ALREADY)
    log(instance=check, action="core.languages.record_check", user=by)
    return check


@transaction.atomic
def withdraw_check(*, check: CatalogueCheck, by: User) -> None:
    """Take ``check`` back: the words count as not checked again. The log keeps what it said."""
    said = {"organisation": str(check.organisation), "on": check.checked_on.isoformat(), "note": check.note}
    log(instance=check, action="core.languages.withdraw_check", user=by, data=said, deleted=True)
    check.delete()
