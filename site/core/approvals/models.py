"""The task that makes a second pair of eyes a rule."""

from wagtail.models import AbstractGroupApprovalTask


class PeerApprovalTask(AbstractGroupApprovalTask):
    """Approval by somebody of the chosen groups who neither submitted nor last edited what is approved."""

    class Meta:
        verbose_name = "approval by a colleague"
        verbose_name_plural = "approvals by a colleague"
