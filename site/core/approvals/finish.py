"""What an approval does. Wagtail loads this by name before models are ready, so no model is imported here."""

from typing import Any

from django.core.exceptions import PermissionDenied


def publish_reviewed_revision(workflow_state: Any, user: Any = None) -> None:
    """Publish the very revision that was reviewed, whatever was saved after it.

    The approver needs no permission to publish: nobody has it, and the approval is what allows this.

    Raises:
        PermissionDenied: the workflow ended without anybody having reviewed anything, or the page has a fault.
    """
    from core.approvals.keeping import record
    from core.approvals.queries import faults_of_version
    from core.approvals.records import How

    reviewed = workflow_state.current_task_state
    if reviewed is None:
        raise PermissionDenied("Nobody reviewed this page, so it cannot be published.")
    if faults := faults_of_version(reviewed.revision):
        raise PermissionDenied(" ".join(faults))
    record(revision=reviewed.revision, how=How.COLLEAGUE, by=user)
    reviewed.revision.publish(user=user, skip_permission_checks=True)
