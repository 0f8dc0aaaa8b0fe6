"""The year of campaigns in the admin: month by month, and the five strands side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.auth import require_admin_access

from campaigns.queries.plan import FIRST_YEAR, LAST_YEAR, year_of
from core.access import require
from core.enums import Strand


@require_admin_access
def year(request: HttpRequest) -> HttpResponse:
    """Show every campaign of a year, this one unless another is asked for, so that anyone sees the strands alike."""
    require(request, "campaigns.view_campaign")
    asked = request.GET.get("year", "")
    this_year = timezone.localdate().year
    makes_sense = asked.isdecimal() and len(asked) == 4 and FIRST_YEAR <= int(asked) <= LAST_YEAR
    shown = year_of(int(asked) if makes_sense else this_year)
    return render(
        request,
        "campaigns/admin/year.html",
        {
            "year": shown,
            "strands": list(Strand),
            "asked_in_vain": asked if asked and not makes_sense else "",
            "earlier": shown.number - 1 if shown.number > FIRST_YEAR else None,
            "later": shown.number + 1 if shown.number < LAST_YEAR else None,
            "header_title": f"Campaigns in {shown.number}",
            "header_icon": "globe",
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": "Home"},
                {"url": reverse("campaigns:index"), "label": "Campaigns"},
                {"url": "", "label": f"Campaigns in {shown.number}"},
            ],
        },
    )
