"""The gallery of components, for staff: what pages are made of, in every state, in the council's colours."""

from itertools import groupby
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access

from core.look.samples import RIGHT_TO_LEFT, SAMPLES, Sample


class Drawn(NamedTuple):
    """One state as it looks."""

    state: str
    html: str
    right_to_left: bool


def draw(sample: Sample, request: HttpRequest) -> Drawn:
    """Draw one state. A field is drawn once for each field of its form; a picture needs one in the library."""
    context = sample.context()
    each = [{"field": field} for field in context["each"]] if "each" in context else [context]
    if context.get("self") and isinstance(context["self"], dict) and context["self"].get("image", "") is None:
        html = "<p>Add a picture to the library to see this.</p>"
    else:
        html = "".join(render_to_string(sample.template, one, request) for one in each)
    return Drawn(sample.state, html, right_to_left=sample.state == RIGHT_TO_LEFT)


@require_safe
@never_cache
@require_admin_access
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    parts = [
        (template, [draw(sample, request) for sample in samples])
        for template, samples in groupby(SAMPLES, key=lambda sample: sample.template)
    ]
    return render(request, "core/gallery.html", {"parts": parts, "noindex": True})
