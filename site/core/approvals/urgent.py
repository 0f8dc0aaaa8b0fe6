"""Publishing alone, as urgent: for who is on duty, for a day, until somebody else approves or it is taken back."""

from datetime import timedelta

import structlog
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.log_actions import log as log_action
from wagtail.models import Page, Revision

from core.approvals.content import all_in_force, in_force
from core.approvals.duty import is_on_duty
from core.approvals.keeping import put_back, record, take_down
from core.approvals.queries import approves, faults_of_version
from core.approvals.records import Approval, How
from core.approvals.telling import history_of, tell_approvers
from core.models.accounts import User
from core.translations.queries import english_of, has_translated, waits_as_translation

log = structlog.get_logger(__name__)

TO_DECIDE = timedelta(hours=24)
PUBLISHED, CONFIRMED, WITHDRAWN = "groundswell.urgent", "groundswell.urgent_approved", "groundswell.urgent_taken_back"


def may_publish_urgently(user: User, page: Page) -> bool:
    """Tell whether ``user`` may publish the newest draft of ``page`` alone: on duty today, and an editor of it.

    Of a translation, what was sent in: it is whole then.
    """
    has_draft = page.depth > 1 and (not page.live or page.has_unpublished_changes)
    if not (has_draft and is_on_duty(user) and page.permissions_for_user(user).can_edit()):
        return False
    return english_of(page) is None or waits_as_translation(page)


@transaction.atomic
def publish_urgently(*, page: Page, by: User, reason: str) -> Approval:
    """Publish the newest draft of ``page`` on the word of ``by`` alone, and tell all who approve.

    Raises:
        PermissionDenied: ``by`` is not on duty today, or may not edit the page.
        ValidationError: something keeps this version from being published, a sentence for each thing.
    """
    page = Page.objects.select_for_update().get(pk=page.pk).specific
    if not may_publish_urgently(by, page):
        raise PermissionDenied("Only who is on duty today publishes alone.")
    revision = page.get_latest_revision()
    if faults := [*faults_of_version(revision), *_faults_of_time(revision)]:
        raise ValidationError(faults)
    approval = record(revision=revision, how=How.URGENT, by=by)
    approval.reason, approval.decide_by = reason, timezone.now() + TO_DECIDE
    approval.save(update_fields=["reason", "decide_by"])
    revision.publish(user=by, skip_permission_checks=True)
    log_action(instance=page, action=PUBLISHED, user=by, revision=revision, data={"reason": reason})
    until = date_format(timezone.localtime(approval.decide_by), "j F Y, H:i")
    told = f"was published as urgent by {_name(by)}, alone: {reason}\n\nApprove it or withdraw it until {until}"
    _tell(approval, told, step="published")
    return approval


def _faults_of_time(revision: Revision) -> list[str]:
    goes_live = revision.as_object().go_live_at
    if goes_live is None or goes_live <= timezone.now():
        return []
    return ["The page is to go live at a later time. Take that time away, then publish it as urgent."]


def to_decide(page: Page) -> Approval | None:
    """Return the urgent publication of ``page`` that nobody has decided about; None where there is none."""
    approval = in_force(page.pk)
    return approval if approval and approval.is_undecided else None


def reason_not_to_confirm(user: User, approval: Approval) -> str:
    """Return the sentence that tells ``user`` why somebody else must approve it; empty where they may."""
    if not approves(user):
        return "Only who approves pages decides about this."
    if approval.by_id == user.pk:
        return "You published this page as urgent, so a colleague must approve it."
    before = _before(approval)
    written = Revision.objects.for_instance(approval.page).filter(pk__lte=approval.revision_id or 0, user=user)
    if written.filter(pk__gt=before.revision_id or 0 if before else 0).exists():
        return "You wrote part of what was published as urgent, so a colleague must approve it."
    if has_translated(user, approval.page, since=before.revision if before else None):
        return "You wrote words of this translation, so a colleague must approve it."
    return ""


@transaction.atomic
def confirm(*, approval: Approval, by: User) -> None:
    """Approve what was published as urgent; it stays.

    Raises:
        PermissionDenied: ``by`` may not.
        ValidationError: somebody has decided already.
    """
    approval = _undecided(approval)
    if sentence := reason_not_to_confirm(by, approval):
        raise PermissionDenied(sentence)
    approval.confirmed_by, approval.confirmed_at = by, timezone.now()
    approval.save(update_fields=["confirmed_by", "confirmed_at"])
    log_action(instance=approval.page.specific, action=CONFIRMED, user=by, revision=approval.revision)


@transaction.atomic
def withdraw(*, approval: Approval, by: User | None, reason: str = "") -> None:
    """Show again what was approved before, or take the page down where nothing was; without ``by`` the day has passed.

    Raises:
        PermissionDenied: ``by`` neither approves nor published it.
        ValidationError: somebody has decided already.
    """
    approval = _undecided(approval)
    if by is not None and by.pk != approval.by_id and not approves(by):
        raise PermissionDenied("Only who approves pages, or who published this one, withdraws it.")
    page, before = approval.page.specific, _before(approval)
    urgent = Approval.objects.filter(page=page.pk, how=How.URGENT, confirmed_at=None, ended=None)
    urgent.update(since=None, ended=timezone.now())
    if before is None or not put_back(page, before):
        take_down(page)
    log_action(instance=page, action=WITHDRAWN, user=by, data={"reason": reason or "Nobody approved it in 24 hours."})
    told = f"withdrawn by {_name(by)}" if by else "taken back, because nobody approved it in 24 hours"
    _tell(approval, f"was published as urgent and is {told}", step="taken back")


def withdraw_overdue() -> int:
    """Take back what was published as urgent and that nobody decided about in time; return how many there were.

    One that fails keeps no other from it; it is tried again a minute later.
    """
    late = all_in_force().filter(how=How.URGENT, confirmed_at=None, ended=None, decide_by__lte=timezone.now())
    found = list(late)
    for approval in found:
        try:
            withdraw(approval=approval, by=None)
        except Exception:
            log.exception("urgent page not taken back", page=approval.page_id)
    return len(found)


def undecided() -> list[Approval]:
    """Return what is live as urgent and waits for a decision, the oldest first."""
    return list(all_in_force().filter(how=How.URGENT, confirmed_at=None, ended=None).order_by("decide_by"))


def _undecided(approval: Approval) -> Approval:
    """Return ``approval`` with its page locked, if it still waits for a decision."""
    Page.objects.select_for_update().get(pk=approval.page_id)
    now = in_force(approval.page_id)
    if now is None or now.pk != approval.pk or not now.is_undecided:
        raise ValidationError("Somebody has decided about this already.", code="decided")
    return now


def _before(approval: Approval) -> Approval | None:
    """Return the approval that stood before the urgent ones of the same page and still stands."""
    stood = Approval.objects.filter(page=approval.page_id, since__isnull=False, ended=None)
    settled = stood.exclude(how=How.URGENT, confirmed_at=None)
    return settled.select_related("page", "revision").order_by("-since", "-pk").first()


def _tell(approval: Approval, what: str, *, step: str) -> None:
    page = approval.page
    title = page.get_admin_display_title()
    body = f"“{title}” {what}.\n\nIts history: {history_of(page)}\n"
    tell_approvers(subject=f"Urgent: {title}", body=body, key=f"approvals:urgent:{approval.pk}:{step}")


def _name(user: User) -> str:
    return user.get_full_name() or user.get_username()
