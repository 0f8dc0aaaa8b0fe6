"""Writing an approval down, and keeping what is live to it."""

import structlog
from django.db import transaction
from django.db.models import Q
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log as log_action
from wagtail.models import Page, Revision
from wagtail.signals import page_published

from core.approvals.content import (
    States,
    all_in_force,
    content_digest,
    files_digest,
    files_on,
    has_approved_words,
    in_force,
    is_as,
    states,
    whole,
    whole_revision,
    words_digest,
)
from core.approvals.queries import PUT_BACK, TAKEN_BACK
from core.approvals.records import Approval, How
from core.approvals.telling import tell_of_change
from core.models.accounts import User

log = structlog.get_logger(__name__)


def record(*, revision: Revision, how: How, by: User | None = None) -> Approval:
    """Write down that this version may be shown, before it is published; it comes into force with that."""
    page = revision.as_object()
    shows = files_on(page)
    words, files = words_digest(page), files_digest(shows)
    return Approval.objects.create(
        page_id=page.pk,
        revision=revision,
        content=content_digest(revision),
        words=words,
        files=files,
        digest=whole(words, files),
        shows=shows,
        how=how,
        by=by,
    )


@transaction.atomic
def publish_laid(page: Page) -> None:
    """Publish ``page`` as it stands in memory as an act of the system: with no author, and approved by what lays it."""
    revision = page.save_revision()
    record(revision=revision, how=How.SYSTEM)
    revision.publish()


def sign(approval: Approval, page: Page) -> None:
    """Write down once more what is read of an approved version, as it stands in ``page``."""
    approval.words = words_digest(page)
    approval.digest = whole(approval.words, approval.files)
    approval.save(update_fields=["words", "digest", "since"])


def sweep() -> int:
    """Put back every live page that differs from what was approved, or take it down; return how many there were."""
    newest = {approval.page_id: approval for approval in all_in_force()}
    now = states({tuple(file) for approval in newest.values() for file in approval.shows})
    live = Page.objects.filter(Q(pk__in=newest) | Q(alias_of__in=newest), live=True)
    differing = [
        page
        for page in live.order_by("path").specific().iterator()
        if not _is_as(page, newest[page.alias_of_id or page.pk], now)
    ]
    # Sources first: what mends them mends most of their aliases.
    for page in sorted(differing, key=lambda page: bool(page.alias_of_id)):
        _put_right_alone(page)
    return len(differing)


def _is_as(page: Page, approval: Approval, now: States) -> bool:
    return files_digest(approval.shows, now) == approval.files and has_approved_words(page, approval)


def _put_right_alone(page: Page) -> None:
    """Put one page right; what fails there keeps no other page from it."""
    try:
        put_right(page_id=page.pk)
    except Exception:
        log.exception("page not put right", page=page.pk)


@transaction.atomic
def put_right(*, page_id: int) -> None:
    """Bring a live page back to what was approved, or take it down where nothing brings it back."""
    page = Page.objects.select_for_update().get(pk=page_id).specific
    approval = in_force(page.alias_of_id or page.pk)
    if approval is None or not page.live or is_as(page, approval):
        return  # somebody was quicker
    if _only_reads_otherwise(page, approval):
        sign(approval, page)
        return
    if page.alias_of_id:
        page.alias_of.specific.update_aliases()
    else:
        put_back(page, approval)
    page = Page.objects.get(pk=page_id).specific
    if is_as(page, approval):
        tell_of_change(page, log_action(instance=page, action=PUT_BACK, revision=approval.revision))
    elif not page.alias_of_id:
        take_down(page)
        tell_of_change(page, log_action(instance=page, action=TAKEN_BACK))


def _only_reads_otherwise(page: Page, approval: Approval) -> bool:
    """Tell whether ``page`` is the approved version, which a newer release of this site reads in another way."""
    revision = whole_revision(approval)
    if revision is None or page.alias_of_id or files_digest(approval.shows) != approval.files:
        return False
    return words_digest(page) == words_digest(revision.as_object())


def put_back(page: Page, approval: Approval) -> bool:
    """Show the approved version again; False where it is not there any more, to the letter."""
    revision = whole_revision(approval)
    if revision is None:
        return False
    bring_live(page, revision)
    return True


def bring_live(page: Page, revision: Revision) -> None:
    """Show ``revision`` of ``page`` to visitors, and leave its drafts, reviews and schedules as they are.

    Not Wagtail's publishing: that would end reviews and call off schedules.
    """
    approved = revision.as_object()
    approved.live, approved.live_revision, approved.expired = True, revision, False
    approved.has_unpublished_changes = not revision.is_latest_revision()
    approved.last_published_at = page.last_published_at
    approved.save(clean=False)
    page_published.send(sender=type(approved), instance=approved, revision=revision)
    approved.update_aliases(revision=revision, _content=revision.content)


def take_down(page: Page) -> None:
    """Take ``page`` down as an act of the system; where it is a translation, the English page stands there again."""
    from core.translations.actions import show_english_again
    from core.translations.queries import english_of

    english = english_of(page)
    if english is None:
        UnpublishPageAction(page, log_action=False).execute(skip_permission_checks=True)
    else:
        show_english_again(english, page)
