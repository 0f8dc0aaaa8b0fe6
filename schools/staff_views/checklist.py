"""The checklist of a pack, where it is edited."""

from typing import Any

from wagtail.admin.panels import Panel

from schools.checklist import stops, warns


class ChecklistPanel(Panel):
    """What a pack, as it was saved last, needs before its page can be approved."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one pack."""

        template_name = "schools/admin/checklist.html"

        def is_shown(self) -> bool:
            """Show it once the pack was saved."""
            return bool(self.instance and self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add what stops and what warns."""
            found = {"stops": list(stops(self.instance)), "warns": list(warns(self.instance))}
            return {**super().get_context_data(parent_context), **found}
