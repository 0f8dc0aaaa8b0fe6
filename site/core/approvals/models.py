"""The task that makes a second pair of eyes a rule."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState, WorkflowState

APPROVE = "approve"
REVIEW_NEWER = "review-newer"


class PeerApprovalTask(AbstractGroupApprovalTask):
    """Approval by somebody of the chosen groups who neither submitted nor edited what is approved.

    What is approved is the version that was sent in. Where a newer draft exists, the reviewer is told so and may
    take that one into review instead. A superuser may approve anything, for emergencies, and it is logged.
    """

    class Meta:
        verbose_name = "approval by a colleague"
        verbose_name_plural = "approvals by a colleague"
        permissions = [("unpublish_page", "Can take a page down")]

    def _user_in_groups(self, user: Any) -> bool:
        """Tell whether ``user`` may approve: a member of the groups, or who stands in for one today."""
        from core.approvals.duty import stands_in

        return super()._user_in_groups(user) or stands_in(user, self.groups.all())

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, str, bool]]:
        """Return (name, label, asks for a comment) of all that ``user`` may do with ``obj`` now."""
        from core.approvals.queries import faults_of_version, reason_not_to_approve

        state = obj.current_workflow_state
        actions = super().get_actions(obj, user)
        if not actions or state is None or state.current_task_state is None:
            return []
        is_own = not user.is_superuser and reason_not_to_approve(user, state)
        if is_own or faults_of_version(state.current_task_state.revision):
            actions = [action for action in actions if action[0] != APPROVE]
        if self._has_newer_draft(state.current_task_state):
            actions = [*map(_about_what_was_sent, actions), (REVIEW_NEWER, "Review the newer draft instead", False)]
        return actions

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Do ``action_name``, after asking again whether ``user`` may: the page in a posted address proves nothing.

        Raises:
            PermissionDenied: the user may not do this here, or somebody else was quicker.
        """
        state = WorkflowState.objects.select_for_update().get(pk=task_state.workflow_state_id)
        if state.current_task_state_id != task_state.pk or task_state.task_id != self.pk:
            raise PermissionDenied("This review is over.")
        page = state.content_object.specific
        if action_name not in {name for name, _, _ in self.get_actions(page, user)}:
            raise PermissionDenied("A colleague must do this.")
        if action_name == REVIEW_NEWER:
            task_state.cancel(user=user, resume=True)
            return None
        if action_name == APPROVE:
            self._note_emergency(task_state, state, user)
        return super().on_action(task_state, user, action_name, **kwargs)

    @staticmethod
    def _has_newer_draft(task_state: TaskState) -> bool:
        return not task_state.revision.is_latest_revision()

    @staticmethod
    def _note_emergency(task_state: TaskState, state: WorkflowState, user: Any) -> None:
        """Log that a superuser approved what is partly their own."""
        from core.approvals.queries import reason_not_to_approve

        if reason := reason_not_to_approve(user, state):
            log(
                instance=state.content_object.specific,
                action="groundswell.emergency_approval",
                user=user,
                revision=task_state.revision,
                data={"reason": reason},
            )

    @classmethod
    def get_description(cls) -> str:
        """Say what the task is for where workflows are made."""
        return "Somebody of the chosen groups approves, but never who sent the page in or edited it."


def _about_what_was_sent(action: tuple[str, str, bool]) -> tuple[str, str, bool]:
    """Say in an approval's label that it is about the version sent in, not about the newer draft."""
    name, label, asks = action
    return (name, f"{label} (the version sent in)" if name == APPROVE else label, asks)
