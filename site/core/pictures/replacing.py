"""Letting another picture, or none, take the place of one everywhere: asked for, confirmed, carried out."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

import structlog
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from core.approvals.queries import approves
from core.models.accounts import User
from core.models.pictures import Image
from core.pictures.exchanging import exchange_on_pages
from core.pictures.models import OPEN, Replacement, Step
from core.pictures.registry import Exchange, Use, picture_uses
from core.pictures.uses import uses_of

log = structlog.get_logger(__name__)

LOST_AFTER = timedelta(minutes=15)  # longer than any task may take (CELERY_TASK_TIME_LIMIT)
TOLD_FOR = 3600  # seconds that the cache keeps how far the worker is


@transaction.atomic
def ask(*, picture: Image, by: Image | None, words: Mapping[str, str], asked_by: User) -> Replacement:
    """Ask a colleague to let ``by``, which shows what ``words`` say by language, take the place of ``picture``.

    Raises:
        ValidationError: one sentence that says why that cannot be.
    """
    picture = Image.objects.select_for_update().get(pk=picture.pk)
    if Replacement.objects.filter(picture=picture, step__in=OPEN).exists():
        raise ValidationError("Somebody has asked for this already. Decide about that first.")
    if by and (sentence := why_not_take(picture, by)):
        raise ValidationError(sentence)
    if not (uses := uses_of(picture)):
        raise ValidationError("Nothing shows this picture, so there is nothing to replace.")
    if by and settings.LANGUAGE_CODE in languages_that_say(uses) and not words.get(settings.LANGUAGE_CODE, "").strip():
        raise ValidationError("Say what the other picture shows.")
    return Replacement.objects.create(
        picture=picture,
        of_title=picture.title,
        by=by,
        by_title=by.title if by else "",
        words={code: said for code, said in words.items() if said} if by else {},
        asked_by=asked_by,
    )


def why_not_take(picture: Image, by: Image) -> str:
    """Return the sentence that says why ``by`` cannot take the place of ``picture``; empty where it can."""
    if by.pk == picture.pk:
        return "This is the same picture. Choose another."
    if not by.may_be_used:
        return f"{by.why_not_used} Choose another."
    if not by.has_record:
        return f"“{by.title}” has no record yet. Fill it in under Images, or choose another."
    if not by.description.strip():
        return f"Nothing says what “{by.title}” shows. Write its description under Images, or choose another."
    return ""


def languages_that_say(uses: Iterable[Use]) -> list[str]:
    """Return the codes of the languages in which something says what the picture shows, English first."""
    return sorted({use.language for use in uses if use.says}, key=lambda code: (code != settings.LANGUAGE_CODE, code))


def why_not_confirm(user: User, replacement: Replacement) -> str:
    """Return the sentence that tells ``user`` why somebody else must confirm it; empty where they may."""
    if not approves(user):
        return "Only who approves pages confirms this."
    if replacement.asked_by_id == user.pk:
        return "You asked for this, so a colleague must confirm it."
    return ""


@transaction.atomic
def confirm(*, replacement: Replacement, by: User) -> None:
    """Let it be done: by the worker, at once.

    Raises:
        PermissionDenied: ``by`` may not.
        ValidationError: somebody decided already, or the other picture may not be used any more.
    """
    replacement = _undecided(replacement)
    if sentence := why_not_confirm(by, replacement):
        raise PermissionDenied(sentence)
    if replacement.by_title and not replacement.by:
        raise ValidationError(f"“{replacement.by_title}” was deleted. Decline this, and ask for another.")
    if replacement.by and replacement.picture and (why := why_not_take(replacement.picture, replacement.by)):
        raise ValidationError(why)
    _decide(replacement, Step.CONFIRMED, by)
    nudge(replacement)


@transaction.atomic
def decline(*, replacement: Replacement, by: User) -> None:
    """Leave everything as it is; whoever asked for it takes it back so.

    Raises:
        PermissionDenied: ``by`` neither approves pages nor asked for it.
        ValidationError: somebody decided already.
    """
    replacement = _undecided(replacement)
    if replacement.asked_by_id != by.pk and not approves(by):
        raise PermissionDenied("Only who approves pages, or who asked for it, declines this.")
    _decide(replacement, Step.DECLINED, by)


def _undecided(replacement: Replacement) -> Replacement:
    row = Replacement.objects.select_for_update().get(pk=replacement.pk)
    if row.step != Step.ASKED:
        raise ValidationError("Somebody has decided about this already.")
    return row


def _decide(replacement: Replacement, step: Step, by: User) -> None:
    replacement.step, replacement.decided_by, replacement.decided_at = step, by, timezone.now()
    replacement.save(update_fields=["step", "decided_by", "decided_at"])


def nudge(replacement: Replacement) -> None:
    """Tell a worker after the commit; a nudge that is lost costs a minute, until the sweeper comes."""
    from core.pictures.tasks import replace_picture as task

    transaction.on_commit(lambda: task.delay(replacement.pk), robust=True)


def carry_out(*, replacement: Replacement) -> None:
    """Do what was confirmed, all of it or nothing, unless somebody else is at it; keep the sentence where it failed."""
    if not _begin(replacement):
        return
    try:
        _exchange_everywhere(replacement)
    except ValidationError as refused:
        _fail(replacement, " ".join(refused.messages))
    except Exception as error:  # Whatever it was, those who asked are told, and the sweeper does not try for ever.
        log.exception("picture not replaced", replacement=replacement.pk)
        _fail(
            replacement,
            f"Something went wrong that nobody foresaw ({type(error).__name__}). Tell whoever runs the site.",
        )


@transaction.atomic
def _begin(replacement: Replacement) -> bool:
    row = Replacement.objects.select_for_update().get(pk=replacement.pk)
    if row.step != Step.CONFIRMED and not is_lost(row):
        return False
    row.step, row.touched = Step.RUNNING, timezone.now()
    row.save(update_fields=["step", "touched"])
    return True


def is_lost(replacement: Replacement) -> bool:
    """Tell whether the worker that began it must have died."""
    began = replacement.touched
    return replacement.step == Step.RUNNING and (began is None or began < timezone.now() - LOST_AFTER)


@transaction.atomic
def _exchange_everywhere(replacement: Replacement) -> None:
    row = Replacement.objects.select_for_update().get(pk=replacement.pk)
    if row.step != Step.RUNNING or row.picture is None:
        return
    exchange = Exchange(
        picture=row.picture, by=row.by, words=row.words, asked_by=row.asked_by, confirmed_by=row.decided_by
    )
    row.pages = exchange_on_pages(exchange, row, _teller(row))
    for name in picture_uses:
        picture_uses[name].exchange(exchange)
    row.step = Step.DONE
    row.save(update_fields=["step", "pages"])


def _fail(replacement: Replacement, problem: str) -> None:
    Replacement.objects.filter(pk=replacement.pk, step=Step.RUNNING).update(step=Step.FAILED, problem=problem)


def _teller(replacement: Replacement) -> Callable[[int, int], None]:
    """Return what says how far the worker is. In the cache: what the transaction writes, nobody sees before its end."""
    return lambda done, of: cache.set(_told(replacement), (done, of), TOLD_FOR)


def how_far(replacement: Replacement) -> tuple[int, int]:
    """Return how many pages are done, and of how many; (0, 0) where nobody knows yet."""
    return cache.get(_told(replacement)) or (0, 0)


def _told(replacement: Replacement) -> str:
    return f"core:replacement:{replacement.pk}"
