"""Where an analyst takes the answers of a closed wave out as a file."""

import tempfile
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from wagtail.admin.auth import require_admin_access

from core.access import signed_in
from surveys import actions
from surveys.models import Wave
from surveys.staff_views.access import require


class ExportForm(forms.Form):
    """Why the answers are taken out."""

    reason = forms.CharField(
        label="What the file is for, and who will have it",
        help_text="A sentence. It stands on the wave's page for as long as the wave does.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what the file is for, and who will have it."},
    )


@require_admin_access
def export(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """Ask why the answers of a wave are taken out, then give them as a ZIP file and record it."""
    require(request, "add_export")
    wave = get_object_or_404(Wave.objects.select_related("survey"), pk=pk)
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
        try:
            actions.export_answers(wave=wave, reason=form.cleaned_data["reason"], by=signed_in(request), to=file)
        except ValidationError as refused:
            file.close()
            form.add_error("reason", refused)
        else:
            sample = "-sample-data" if wave.is_sample else ""
            name = f"{wave.survey.code}-wave-{wave.number}{sample}.zip"
            return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
    context = {"wave": wave, "form": form, **_headed(wave)}
    return render(request, "surveys/admin/export.html", context)


def _headed(wave: Wave) -> dict[str, Any]:
    """Return the way back to the wave, and the page's name."""
    title = "Take the answers out"
    way = [
        {"url": reverse("wagtailadmin_home"), "label": "Home"},
        {"url": reverse("wagtailsnippets_surveys_wave:list"), "label": "Waves"},
        {"url": reverse("survey_wave", args=[wave.pk]), "label": str(wave)},
        {"url": reverse("survey_export", args=[wave.pk]), "label": title},
    ]
    return {"breadcrumbs_items": way, "header_title": title, "header_icon": "download"}
