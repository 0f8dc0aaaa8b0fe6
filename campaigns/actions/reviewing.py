"""The steps of what one person writes and another approves: sent in, looked at, sent back."""

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils import timezone
from wagtail.log_actions import log

from campaigns.enums import ReviewState
from campaigns.models.reviewed import Reviewed
from campaigns.queries.reviewing import why_not_approve
from core.models import User

R = TypeVar("R", bound=Reviewed)


def in_state(row: R, *states: TextChoices) -> R:
    """Return ``row`` read anew and locked, if it is in one of ``states``.

    Raises:
        ValidationError: it is in another one by now.
    """
    found: R = row._meta.base_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if found.state not in states:
        said = str(found.get_state_display()).lower()
        raise ValidationError(
            f"This {row._meta.verbose_name} is in another state now: {said}. Open it again.", code="state"
        )
    return found


def send_in(row: Reviewed, *, frozen: dict[str, Any], by: User) -> None:
    """Keep all that ``row`` says as ``frozen``, for a colleague to look at."""
    row.frozen, row.state, row.submitted_at, row.sent_back = frozen, ReviewState.SUBMITTED, timezone.now(), ""
    row.save()
    row.writers.add(by)


def refuse_own_work(row: Reviewed, by: User) -> None:
    """Refuse ``by``, who does not approve, or had a hand in ``row``.

    Raises:
        ValidationError: they may not.
    """
    if why := why_not_approve(row, by):
        raise ValidationError(why, code="own_work")


def refuse_unless_seen(*, digest: str, seen: str) -> None:
    """Refuse to approve something else than what was ``seen``.

    Raises:
        ValidationError: the digest of what waits is another one.
    """
    if digest != seen:
        raise ValidationError("It was sent in anew since you opened this page. Look at it again.", code="changed")


def give_back(row: R, *, by: User, reason: str, action: str) -> R:
    """Give ``row`` back to those who wrote it, with the ``reason``; ``action`` names it in the campaign's history.

    Raises:
        ValidationError: ``by`` does not approve, or had a hand in it.
    """
    refuse_own_work(row, by)
    row.state, row.frozen, row.sent_back, row.submitted_at = ReviewState.DRAFT, {}, reason, None
    row.save()
    log(instance=row.campaign, action=action, user=by, data={"reason": reason})
    return row
