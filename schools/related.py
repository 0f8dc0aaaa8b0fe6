"""Lesson packs that belong to a campaign."""

from typing import Any

from campaigns.models import Campaign
from campaigns.registry import related
from schools.models import LessonPackPage


@related.offer("schools")
def pages(campaign: Campaign) -> Any:
    """Return the pages of the campaign's lesson packs."""
    return LessonPackPage.objects.filter(pack__campaign=campaign)
