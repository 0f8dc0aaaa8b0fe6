"""What the builder shows beside its own fields."""

from typing import Any

from wagtail.admin.panels import Panel

from surveys.content import items_of
from surveys.models import Questionnaire

CODES_LIST = "option-codes"  # the id of the list that boxes for values of conditions offer


class CodesPanel(Panel):
    """The codes of the options that conditions compare with, by question, as the questionnaire was saved last.

    Boxes offer them too, by a list of the browser's own: neither needs a script.
    """

    class BoundPanel(Panel.BoundPanel):
        """The codes of one questionnaire."""

        template_name = "surveys/admin/codes_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the questions with options, in the order in which they are asked."""
            stored = self.instance if isinstance(self.instance, Questionnaire) and self.instance.pk else None
            wordings = [item.wording for item in items_of(stored) if item.wording] if stored else []
            asked = [wording for wording in wordings if wording.options.all()]
            return super().get_context_data(parent_context) | {"wordings": asked, "list_id": CODES_LIST}
