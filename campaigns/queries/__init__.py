"""What is asked about campaigns."""

from campaigns.queries.pages import Card, card, live_campaign_pages, on_now, related_pages

__all__ = ["Card", "card", "live_campaign_pages", "on_now", "related_pages"]
