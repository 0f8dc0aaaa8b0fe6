"""What all rooms together know of what a campaign changed."""

from campaigns.enums import Level
from campaigns.models import Campaign
from campaigns.registry import Evidence, evidence


def evidence_of(campaign: Campaign) -> list[Evidence]:
    """Return what is known of ``campaign``, outtakes before outcomes, each room's in its own order."""
    found = [one for _, room in evidence.items() for one in room(campaign)]
    return sorted(found, key=lambda one: Level.values.index(one.level))
