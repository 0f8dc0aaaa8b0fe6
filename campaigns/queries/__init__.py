"""What is asked about campaigns."""

from campaigns.queries.evidence import evidence_of
from campaigns.queries.pages import Card, card, live_campaign_pages, on_now, related_pages
from campaigns.queries.placements import placement_leading_to

__all__ = [
    "Card",
    "card",
    "evidence_of",
    "live_campaign_pages",
    "on_now",
    "placement_leading_to",
    "related_pages",
]
