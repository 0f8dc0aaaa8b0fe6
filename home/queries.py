"""What the home page asks."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from campaigns.queries import Card, card
from campaigns.queries import on_now as campaigns_on_now
from core.approvals.showing import as_approved
from events.queries import ListedDate, coming_occurrences
from schools.queries import live_pack_pages
from surveys.queries import open_survey_pages

SHOWN = 3
LOOKED_AT = 12  # dates to come, of which those that were called off are left out


@dataclass(frozen=True)
class OnNow:
    """What is on now: a few of each, ready to draw."""

    surveys: list[Any]
    campaigns: list[Card]
    dates: list[ListedDate]
    packs: list[Any]


def on_now(request: HttpRequest) -> OnNow:
    """Return what is on now in every room, in the language that is read; empty where a room has nothing on."""
    campaigns = as_approved(campaigns_on_now()[:SHOWN], request)
    coming = coming_occurrences(LOOKED_AT, request)
    return OnNow(
        surveys=as_approved(open_survey_pages()[:SHOWN], request),
        campaigns=[card(page, leads=not place) for place, page in enumerate(campaigns)],
        dates=[date for date in coming if date.occurrence.is_standing][:SHOWN],
        packs=as_approved(live_pack_pages()[:SHOWN], request),
    )
