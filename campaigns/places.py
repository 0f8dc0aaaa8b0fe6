"""In which ward each placement stands, for the ledger of reach."""

from campaigns.models import Placement
from reach.registry import Places, places


@places.offer("campaigns")
def wards_of_placements() -> Places:
    """Return the ward of every placement that stands in one."""
    standing = Placement.objects.exclude(ward=None).order_by("code")
    return Places(placements=dict(standing.values_list("code", "ward__key")))
