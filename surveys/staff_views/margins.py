"""Where an analyst brings in a population's numbers from a file."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access

from core.models import User
from core.tables import RefusedFileError
from surveys import actions
from surveys.actions.margin_tables import COLUMNS, SAMPLE, NotAnswered

MOST_BYTES = 2_000_000
WANTED = ("surveys.add_margin", "surveys.change_margin", "surveys.delete_margin")
SAID = {
    "": "The file has no such rows",
    NotAnswered.SPREAD: "They are like the others: spread them over the other rows",
    NotAnswered.OWN: "They would prefer not to say here: make them that option",
}


def may_bring_in_margins(user: Any) -> bool:
    """Tell whether ``user`` keeps the population's numbers."""
    return user.has_perms(WANTED)


class MarginsForm(forms.Form):
    """A file of margins, and what its "not answered" means."""

    file = forms.FileField(label="File", help_text="The population's numbers as a CSV file in UTF-8.")
    not_answered = forms.ChoiceField(
        label="People whom the census counted without an answer",
        help_text="Rows whose option is not-answered.",
        choices=SAID,
        required=False,
        widget=forms.RadioSelect,
    )

    def clean_file(self) -> Any:
        """Refuse a file of more than two megabytes."""
        if self.cleaned_data["file"].size > MOST_BYTES:
            raise forms.ValidationError(
                "This file is too big to be a population's numbers. Two megabytes are the most."
            )
        return self.cleaned_data["file"]


@require_http_methods(["GET", "POST"])
@require_admin_access
def bring_in_margins(request: HttpRequest) -> HttpResponse:
    """Bring in a file of margins: all of it, or nothing."""
    if not may_bring_in_margins(request.user):
        raise PermissionDenied
    form = MarginsForm(request.POST, request.FILES) if request.method == "POST" else MarginsForm()
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        file, said = form.cleaned_data["file"], form.cleaned_data["not_answered"]
        try:
            report = actions.import_margins(
                content=file.read(),
                name=file.name,
                not_answered=NotAnswered(said) if said else None,
                by=cast("User", request.user),
            )
        except RefusedFileError as refused:
            faults = refused.problems
        else:
            messages.success(request, report.sentence)
            for note in (*(f"Removed: {one}." for one in report.removed), *report.notes):
                messages.info(request, note)
            return redirect("wagtailsnippets_surveys_margin:list")
    context = {"form": form, "faults": faults, "columns": COLUMNS, "sample": SAMPLE, **_headed()}
    status = 422 if request.method == "POST" else 200
    return render(request, "surveys/admin/bring_in_margins.html", context, status=status)


def _headed() -> dict[str, Any]:
    title = "Bring in a population's numbers"
    way = [
        {"url": reverse("wagtailadmin_home"), "label": "Home"},
        {"url": reverse("wagtailsnippets_surveys_margin:list"), "label": "Population"},
        {"url": reverse("survey_margins_bring_in"), "label": title},
    ]
    return {"breadcrumbs_items": way, "header_title": title, "header_icon": "group"}
