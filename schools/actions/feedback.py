"""Keeping what teachers say of a pack, and publishing or hiding their words."""

from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from core.models import User
from core.refreshing import refresh_pages
from schools.enums import CommentState, Useful
from schools.models import LessonPack, PackFeedback
from schools.models.feedback import LONGEST_REASON
from schools.queries.feedback import STEP


@transaction.atomic
def give_feedback(*, pack: LessonPack, useful: Useful, pupils: int | None, would_change: str) -> PackFeedback:
    """Keep what a teacher says of ``pack``; the words wait for a schools lead."""
    given = PackFeedback.objects.create(
        pack=pack,
        month=timezone.localdate().replace(day=1),
        useful=useful,
        pupils=pupils,
        would_change=would_change,
    )
    number = PackFeedback.objects.filter(pack=pack, is_sample=False).count()
    if number == 1 or number % STEP == 0:  # the first takes the place of samples, each ten make a new share
        refresh_pages()
    return given


def publish_feedback(*, feedback: PackFeedback, by: User) -> None:
    """Show the words of ``feedback`` to everybody, as they were written.

    Raises:
        ValidationError: there are no words any more.
    """
    _decide(feedback, by, CommentState.PUBLISHED, reason="")


def hide_feedback(*, feedback: PackFeedback, by: User, reason: str) -> None:
    """Keep the words of ``feedback`` from everybody, or take them back, for a ``reason`` that is kept.

    Raises:
        ValidationError: no reason was given, a very long one or one with a NUL, or there are no words any more.
    """
    if not reason:
        raise ValidationError("Say why it is hidden.", code="reason")
    ProhibitNullCharactersValidator()(reason)
    if len(reason) > LONGEST_REASON:
        raise ValidationError(f"Give the reason in {LONGEST_REASON} letters or fewer.", code="reason")
    _decide(feedback, by, CommentState.HIDDEN, reason=reason)


@transaction.atomic
def _decide(feedback: PackFeedback, by: User, state: CommentState, *, reason: str) -> None:
    held = PackFeedback.objects.select_for_update(of=("self",)).get(pk=feedback.pk)
    if not held.would_change:
        raise ValidationError("These words are not kept any more.", code="gone")
    held.state, held.reason, held.decided_by, held.decided_on = state, reason, by, timezone.localdate()
    held.save(update_fields=["state", "reason", "decided_by", "decided_on"])
    log(instance=held, action=f"schools.{state.value}_feedback", user=by)  # the reason goes with the words
    refresh_pages()
