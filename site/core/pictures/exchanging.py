"""Putting another picture in place of one on every page: what is live, what waits to be, in every language.

Nothing of a page is written over. What is live becomes a new version with an approval of its own; every version in
waiting is saved again after it, under its own author, so that who wrote what is known as before.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from wagtail.log_actions import log as log_action
from wagtail.models import Page, Revision, TaskState
from wagtail_localize.strings import StringValue

from core.approvals.content import has_approved_words, in_force, whole_revision
from core.approvals.keeping import bring_live, record
from core.approvals.queries import revisions_in_question
from core.approvals.records import Approval, How
from core.models.pages import BasePage
from core.pictures.holding import Holder, holders, is_held, waiting_versions
from core.pictures.models import Replacement
from core.pictures.places import put_in
from core.pictures.registry import Exchange
from core.translations.actions import keep_words
from core.translations.carrying import carry_over
from core.translations.models import TranslatedVersion
from core.translations.pieces import digest_of, pieces_of
from core.translations.queries import english_of

REPLACED = "groundswell.picture_replaced"


@dataclass(frozen=True)
class _Work:
    exchange: Exchange
    replacement: Replacement
    up_to_date: frozenset[int]  # versions that are translations of the English page as it was before


def exchange_on_pages(exchange: Exchange, replacement: Replacement, tell: Callable[[int, int], None]) -> int:
    """Exchange the picture on every page, English pages first; return on how many. Runs in a transaction.

    Raises:
        ValidationError: one sentence that says on which page it cannot be done, and why.
    """
    held = sorted(holders(exchange.picture), key=lambda holder: english_of(holder.page) is not None)
    work = _Work(exchange, replacement, frozenset(_translations_up_to_date(held)))
    for done, holder in enumerate(held):
        tell(done, len(held))
        _change(holder, work)
    return len(held)


def _translations_up_to_date(held: Iterable[Holder]) -> Iterable[int]:
    for version in TranslatedVersion.objects.filter(page__in=[holder.page.pk for holder in held]).select_related(
        "page"
    ):
        english = english_of(version.page)
        if english and version.digest == digest_of(english.specific):
            yield version.revision_id


def _change(holder: Holder, work: _Work) -> None:
    page = Page.objects.select_for_update().get(pk=holder.page.pk).specific
    approval = in_force(page.pk)
    if approval and approval.is_undecided:
        raise ValidationError(
            f"“{page.get_admin_display_title()}” was published as urgent and waits for a decision. Approve or withdraw "
            "it, then ask again."
        )
    behind = _behind(page, is_renewed=holder.is_live)
    if holder.is_live:
        _renew(page, approval, work)
    elif not behind:  # a page that nobody has saved in the editor yet: its row is its draft
        _exchanged(page, work)
        page.save_revision(clean=False)
    for revision in behind:
        _save_again(revision, work)
    _keep_words_of_translation(page, work)


def _behind(page: BasePage, *, is_renewed: bool) -> list[Revision]:
    """Return the versions that must stand after the new live one: in waiting, and one of each author since the last."""
    keys = set(waiting_versions().filter(object_id=str(page.pk)).values_list("pk", flat=True))
    if is_renewed:
        by_author = revisions_in_question(page).exclude(user=None).order_by().values("user")
        keys |= set(by_author.annotate(last=Max("pk")).values_list("last", flat=True))
    return list(Revision.page_revisions.filter(pk__in=keys).order_by("pk"))


def _renew(page: BasePage, approval: Approval | None, work: _Work) -> None:
    """Bring what is live of ``page`` live again with the other picture, approved if it was."""
    revision = whole_revision(approval) if approval else None
    if approval and not revision and not has_approved_words(page, approval):
        raise ValidationError(
            f"“{page.get_admin_display_title()}” is not as it was approved. Have it approved, then ask again."
        )
    shown = revision.as_object() if revision else page
    has_new_words = _exchanged(shown, work)
    new = shown.save_revision(user=work.replacement.asked_by, clean=False)
    _carry_translation(page.live_revision_id, new, work, has_new_words=has_new_words)
    if approval:
        _approve(new, work)
    page.last_published_at = timezone.now()
    bring_live(page, new)
    said = {"reason": str(work.replacement), "asked_by": str(work.replacement.asked_by or "")}
    log_action(instance=page, action=REPLACED, user=work.replacement.decided_by, revision=new, data=said)


def _save_again(old: Revision, work: _Work) -> None:
    """Save a version in waiting once more, as the newest, with all that stands by it."""
    page = old.as_object()
    has_new_words = _exchanged(page, work)
    new = page.save_revision(user=old.user, clean=False)
    TaskState.objects.filter(revision=old, status=TaskState.STATUS_IN_PROGRESS).update(revision=new)
    if old.approved_go_live_at:
        Revision.objects.filter(pk=new.pk).update(approved_go_live_at=old.approved_go_live_at)
        Revision.objects.filter(pk=old.pk).update(approved_go_live_at=None)
        if Approval.objects.filter(revision=old, ended=None).exists():
            _approve(new, work)
    _carry_translation(old.pk, new, work, has_new_words=has_new_words)


def _exchanged(page: BasePage, work: _Work) -> bool:
    """Exchange the picture on ``page``, in memory; tell whether words of its own came with it."""
    has_new_words = put_in(page, work.exchange)
    if is_held(work.exchange.picture, page):
        raise ValidationError(
            f"“{page.get_admin_display_title()}” holds the picture in a place that only its editor can change. Change "
            "it there, then ask again."
        )
    return has_new_words


def _approve(revision: Revision, work: _Work) -> None:
    approval = record(revision=revision, how=How.REPLACED, by=work.replacement.decided_by)
    approval.replacement = work.replacement
    approval.save(update_fields=["replacement"])


def _carry_translation(old: int | None, new: Revision, work: _Work, *, has_new_words: bool) -> None:
    if old:
        carry_over(old=old, new=new, is_up_to_date=old in work.up_to_date, has_new_words=has_new_words)


def _keep_words_of_translation(page: BasePage, work: _Work) -> None:
    """Keep what the picture shows, in the language of ``page``, for the next time that somebody translates it."""
    english = english_of(page)
    says, said = (work.exchange.words.get(code, "") for code in ("en", page.locale.language_code))
    if english is None or not says or not said:
        return
    english, data = english.specific, StringValue.from_plaintext(says).data
    new = {piece.name: piece.kept(said) for piece in pieces_of(english) if piece.data == data}
    keep_words(english=english, locale=page.locale, words=new, by=work.replacement.asked_by)
