"""What the shared room adds to Wagtail's admin."""

from core.approvals import wagtail_hooks  # noqa: F401  (its hooks register themselves)
