"""The editor's form of every public page."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm


class PageForm(WagtailAdminPageForm):
    """Refuses, with nothing lost that was typed, what belongs to something that nobody changes any more."""

    def clean(self) -> dict[str, Any]:
        """Ask the page whether it may be changed."""
        cleaned = super().clean()
        if sentence := self.instance.why_not_change():
            self.add_error(None, sentence)
        return cleaned
