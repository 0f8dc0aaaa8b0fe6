"""Surveys that belong to a campaign."""

from django.db.models import Q
from django.utils import timezone

from campaigns.models import Campaign
from campaigns.registry import related
from surveys.models import Wave


@related.offer("surveys")
def pages(campaign: Campaign) -> Q:
    """Return which pages are those of the campaign's surveys that take answers today."""
    open_today = Wave.objects.taking_answers(timezone.localdate())
    return Q(surveypage__survey__campaign=campaign, surveypage__survey__in=open_today.values("survey"))
