"""Laying the workflow, and taking pages down."""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from core.approvals.models import PeerApprovalTask
from core.approvals.queries import may_unpublish
from core.models.accounts import User

WORKFLOW_NAME = "Approval by a colleague"
STOCK_WORKFLOW = "Moderators approval"  # laid by Wagtail's own migrations


@transaction.atomic
def lay_workflow(*, approvers: Iterable[str]) -> Workflow:
    """Put every page under "Approval by a colleague", by the groups named ``approvers``; change nothing laid before.

    Wagtail's stock workflow on the root page gives way; one that a council chose there stays.
    """
    workflow, _ = Workflow.objects.get_or_create(name=WORKFLOW_NAME)
    task, created = PeerApprovalTask.objects.get_or_create(name=WORKFLOW_NAME)
    if created:
        task.groups.set(Group.objects.filter(name__in=approvers))
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    root = Page.get_first_root_node()
    WorkflowPage.objects.filter(page=root, workflow__name=STOCK_WORKFLOW).delete()
    WorkflowPage.objects.get_or_create(page=root, defaults={"workflow": workflow})
    return workflow


@transaction.atomic
def unpublish(*, page: Page, by: User, reason: str) -> None:
    """Take ``page`` down, call off its publication at a set time, and keep the reason in its history.

    Raises:
        PermissionDenied: ``by`` may not, or there is nothing to take down.
    """
    page = Page.objects.select_for_update().get(pk=page.pk).specific
    if not may_unpublish(by, page):
        raise PermissionDenied("You cannot take this page down.")
    for revision in page.revisions.filter(approved_go_live_at__isnull=False):
        revision.approved_go_live_at = None
        revision.save(user=by, update_fields=["approved_go_live_at"])
    UnpublishPageAction(page, user=by, log_action=False).execute(skip_permission_checks=True)
    log(instance=page, action="groundswell.unpublish", user=by, data={"reason": reason})
