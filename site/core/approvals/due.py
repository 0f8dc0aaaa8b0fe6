"""By when a review must be decided, and who is reminded of it."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Page, WorkflowState

from core.approvals.records import ReviewDue
from core.approvals.telling import editor_of, tell_approvers
from core.models.accounts import User
from core.translations.queries import review_of

SOON = timedelta(days=1)
OVER = "This page does not wait for approval any more, so there is nothing to be decided by a day."
PAST = "This day has passed. Give today or a later one."


def due_of(page: Page) -> date | None:
    """Return the day by which the review of ``page`` must be decided; None where nobody said, or it is not reviewed."""
    review = review_of(page)
    return None if review is None else due_day(review)


def due_day(review: WorkflowState) -> date | None:
    """Return the day by which ``review`` must be decided, if somebody said."""
    due = getattr(review, "due", None)  # there is none without an answer from the database
    return due.day if due else None


def may_set_due(user: User, page: Page) -> bool:
    """Tell whether ``user`` may say by when: who sent the page in, and who may edit it."""
    review = review_of(page)
    if review is None:
        return False
    return review.requested_by_id == user.pk or page.permissions_for_user(user).can_edit()


@transaction.atomic
def set_due(*, page: Page, by: User, day: date) -> None:
    """Say that the review of ``page`` must be decided by ``day``.

    Raises:
        PermissionDenied: ``by`` may not.
        ValidationError: it is in no review, or the day has passed.
    """
    review = review_of(page)
    if review is None:
        raise ValidationError(OVER)
    if not may_set_due(by, page):
        raise PermissionDenied("Only who sent this page in or may edit it says by when.")
    if day < timezone.localdate():
        raise ValidationError({"day": PAST})
    ReviewDue.objects.update_or_create(review=review, defaults={"day": day})


def remind() -> int:
    """Remind who approves of reviews due tomorrow or late, once each; return how many such reviews there are."""
    today = timezone.localdate()
    open_reviews = ReviewDue.objects.filter(review__status=WorkflowState.STATUS_IN_PROGRESS, day__lte=today + SOON)
    found = list(open_reviews.select_related("review"))
    for due in found:
        page, is_late = due.review.content_object, due.day < today
        title = page.get_admin_display_title()
        subject = f"{'Late' if is_late else 'Due soon'}: approval of {title}"
        must = "was to be" if is_late else "is to be"
        body = f"“{title}” waits for approval and {must} decided by {date_format(due.day)}.\n\n{editor_of(page)}\n"
        step = "late" if is_late else "soon"
        tell_approvers(subject=subject, body=body, key=f"approvals:due:{due.review_id}:{due.day}:{step}")
    return len(found)
