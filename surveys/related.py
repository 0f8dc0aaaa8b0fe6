"""Surveys that belong to a campaign."""

from django.utils import timezone

from campaigns.models import Campaign
from campaigns.registry import related
from surveys.models import SurveyPage
from surveys.models.pages import SurveyPageQuerySet


@related.offer("surveys")
def pages(campaign: Campaign) -> SurveyPageQuerySet:
    """Return the pages of the campaign's surveys that take answers today."""
    return SurveyPage.objects.taking_answers(timezone.localdate()).filter(survey__campaign=campaign)
