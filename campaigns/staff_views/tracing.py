"""Where a file of artwork that somebody found comes from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from campaigns.forms.artwork import TraceForm
from campaigns.languages import language_name
from campaigns.models import Artwork
from campaigns.staff_views.keeping import require_reader
from campaigns.tracing import traced


@never_cache
def trace_file(request: HttpRequest) -> HttpResponse:
    """Read a file that was chosen, and say of which version it is, who approved that, and whether it may still hang."""
    require_reader(request, Artwork)
    is_sent = request.method == "POST"
    form = TraceForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    found = traced(form.cleaned_data["file"], form.cleaned_data["sha256"]) if form.is_valid() else None
    context = {
        "form": form,
        "found": found,
        "language": language_name(found.version.artwork.language) if found and found.version else "",
        "header_title": "Trace a file",
        "header_icon": "globe",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse("campaigns:index"), "label": "Campaigns"},
            {"url": "", "label": "Trace a file"},
        ],
    }
    return render(request, "campaigns/admin/trace.html", context, status=422 if form.errors else 200)
