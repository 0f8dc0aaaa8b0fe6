"""What all rooms together know of what a campaign changed."""

from collections.abc import Collection

from campaigns.enums import Level
from campaigns.models import Campaign
from campaigns.registry import Correction, Evidence, corrections, evidence


def evidence_of(campaign: Campaign) -> list[Evidence]:
    """Return what is known of ``campaign``, outtakes before outcomes, each room's in its own order."""
    found = [one for _, room in evidence.items() for one in room(campaign)]
    return sorted(found, key=lambda one: Level.values.index(one.level))


def corrected_since(names: Collection[str]) -> dict[str, Correction]:
    """Return which of ``names``, of what evidence rests on, were corrected since, and where the newer stands."""
    return {name: told for _, room in corrections.items() for name, told in room(names).items()} if names else {}
