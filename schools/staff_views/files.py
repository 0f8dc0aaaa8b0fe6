"""What became of a lesson file, beside the file; and having it checked once more."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST
from wagtail.admin.panels import Panel

from core.access import require
from core.waiting import edit_address
from schools.actions.checking import check_again
from schools.models import LessonFile


class StatePanel(Panel):
    """How a lesson file stands: waiting, checked, refused and why, and what was taken out of it."""

    class BoundPanel(Panel.BoundPanel):
        """The panel beside one file."""

        template_name = "schools/admin/file_state.html"

        def is_shown(self) -> bool:
            """Show it beside a file that was added before."""
            return bool(self.instance and self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the file."""
            return {**super().get_context_data(parent_context), "file": self.instance}


@require_POST
def check_file_again(request: HttpRequest, file: int) -> HttpResponse:
    """Have a file that could not be checked to the end checked once more."""
    require(request, "schools.change_lessonpack")
    found = get_object_or_404(LessonFile, pk=file)
    check_again(file=found)
    messages.success(request, f"{found.title} is being checked once more. Come back in a minute.")
    return redirect(edit_address(found.pack))
