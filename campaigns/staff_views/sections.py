"""The sections of a campaign in the admin: what stands beside what, and who sees it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from campaigns.models import Campaign


@dataclass(frozen=True)
class Section:
    """One section: its name in code, its label, the name of its address (which takes a campaign's key), who sees it."""

    name: str
    label: str
    address: str
    permission: str


SECTIONS = [
    Section("details", "Details", "campaigns:edit", "campaigns.change_campaign"),
    Section("plan", "Plan", "campaigns:plan", "campaigns.view_campaign"),
    Section("placements", "Placements", "campaigns:placements", "campaigns.view_placement"),
    Section("artwork", "Artwork", "campaigns:artworks", "campaigns.view_artwork"),
    Section("kit", "Share kit", "campaigns:kit", "campaigns.view_kit"),
    Section("mailings", "Mailings", "campaigns:mailings", "campaigns.view_mailing"),
    Section("reach", "Reach", "campaigns:reach", "reach.view_count"),
    Section("evaluation", "Evaluation", "campaigns:evaluation", "campaigns.view_evaluation"),
]


@dataclass(frozen=True)
class Tab:
    """A section as the row of links shows it."""

    label: str
    url: str
    is_here: bool


def tabs(request: HttpRequest, campaign: Campaign, *, here: str) -> list[Tab]:
    """Return the sections of ``campaign`` that the user may see; ``here`` is the name of the one that is open."""
    return [
        Tab(section.label, reverse(section.address, args=[campaign.pk]), section.name == here)
        for section in SECTIONS
        if request.user.has_perm(section.permission)
    ]


def is_kept_shut(request: HttpRequest, campaign: Campaign) -> bool:
    """Tell whether a form about ``campaign`` stays shut because it is closed, and say so.

    One that was open when the campaign was closed is refused when it is sent, with all that was typed.
    """
    sentence = campaign.why_not_change() if request.method != "POST" else ""
    if sentence:
        messages.error(request, sentence)
    return bool(sentence)


def headed(request: HttpRequest, campaign: Campaign, *, here: str, title: str = "") -> dict[str, Any]:
    """Return what templates/campaigns/admin/base.html needs; ``title`` names a page below the section, if any."""
    section = next(section for section in SECTIONS if section.name == here)
    own = reverse(section.address, args=[campaign.pk])
    return {
        "campaign": campaign,
        "tabs": tabs(request, campaign, here=here),
        "header_title": title or str(campaign),
        "header_icon": "globe",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse("campaigns:index"), "label": "Campaigns"},
            *([{"url": own, "label": f"{campaign}: {section.label}"}] if title else []),
            {"url": "", "label": title or str(campaign)},
        ],
    }
