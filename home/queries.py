"""What the home page asks."""

from dataclasses import dataclass
from typing import Any

from campaigns.queries import Card, card
from campaigns.queries import on_now as campaigns_on_now
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


def on_now() -> OnNow:
    """Return what is on now in every room, in the language that is read; empty where a room has nothing on."""
    return OnNow(
        surveys=list(open_survey_pages()[:SHOWN]),
        campaigns=[card(page, leads=not place) for place, page in enumerate(campaigns_on_now()[:SHOWN])],
        dates=[date for date in coming_occurrences(LOOKED_AT) if date.occurrence.is_standing][:SHOWN],
        packs=list(live_pack_pages()[:SHOWN]),
    )
