"""Who may approve what, and who may take it down again; what nobody approved."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision, WorkflowState

from core.approvals.models import PeerApprovalTask
from core.approvals.records import Approval
from core.approvals.registry import obstacles_to
from core.editing import faults_of
from core.models.accounts import User
from core.translations.queries import MAY_UNPUBLISH, english_of, faults_of_translation, has_translated

# What the site did about a page that was changed without an approval, as its history names it.
PUT_BACK, TAKEN_BACK = "groundswell.put_back", "groundswell.taken_back"
SHOWN_FOR = timedelta(days=7)


def approving_groups() -> QuerySet[Group]:
    """Return the groups whose members approve pages."""
    return Group.objects.filter(peerapprovaltask__in=PeerApprovalTask.objects.filter(active=True)).distinct()


def revisions_in_question(page: Page) -> QuerySet[Revision]:
    """Return what was saved since the version that is live now: all of it where nothing is live."""
    live_revision = Page.objects.filter(pk=page.pk).values_list("live_revision", flat=True).get()
    since = Q(pk__gt=live_revision) if live_revision else Q()
    return Revision.objects.for_instance(page).filter(since)


def faults_of_version(revision: Revision) -> list[str]:
    """Return a sentence for each thing that keeps this version of a page from being published."""
    page = revision.as_object()
    refused = [sentence] if (sentence := page.why_not_change()) else []
    return [*refused, *faults_of(page), *faults_of_translation(revision), *obstacles_to(page)]


def reason_not_to_approve(user: User, state: WorkflowState) -> str:
    """Return the sentence that tells ``user`` why a colleague must approve, or an empty text where they may.

    Whoever submitted, and whoever saved a version since the one that is live, has a part in the words.
    """
    if state.requested_by_id == user.pk:
        return "You sent this page for approval, so a colleague must approve it."
    if revisions_in_question(state.content_object).filter(user=user).exists():
        return "You edited this page since it was last published, so a colleague must approve it."
    page = state.content_object
    if has_translated(user, page, since=Revision.objects.filter(pk=page.live_revision_id).first()):
        return "You wrote words of this translation, so a colleague must approve it."
    return ""


def may_unpublish(user: User, page: Page) -> bool:
    """Tell whether ``user`` may take ``page`` down, or call off its publication at a set time."""
    if page.is_root() or not (page.live or page.approved_schedule) or english_of(page):
        return False  # a page in another language is taken down so that the English one stands there again
    return user.has_perm(MAY_UNPUBLISH) and page.permissions_for_user(user).can_edit()


def approves(user: User) -> bool:
    """Tell whether ``user`` approves pages today, by a group or as a deputy."""
    from core.approvals.duty import approvers_now

    return approvers_now().filter(pk=user.pk).exists()


def live_without_approval() -> QuerySet[Page]:
    """Return the live pages that nobody ever approved, in the order of the tree; they are shown all the same."""
    approved = Approval.objects.filter(page=OuterRef("pk"), since__isnull=False)
    return Page.objects.filter(~Exists(approved), live=True, alias_of=None, depth__gt=1).order_by("path")


def recent_changes() -> QuerySet[PageLogEntry]:
    """Return what the site did of late about pages that were changed without an approval, newest first."""
    since = timezone.now() - SHOWN_FOR
    return PageLogEntry.objects.filter(action__in=(PUT_BACK, TAKEN_BACK), timestamp__gt=since).order_by("-timestamp")
