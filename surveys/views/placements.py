"""The addresses that posters and posts carry."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from campaigns.queries import placement_leading_to
from core.models.pages import CountedPage
from reach.actions import count_visit
from reach.enums import Metric
from surveys.models import Collector, SurveyPage
from surveys.queries import placement_of, survey_page_at, wave_taking_answers
from surveys.views.addresses import came_by, start_of


@require_safe
@never_cache
def via(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Lead whoever comes by a placement to the survey's first page, and count the arrival.

    Nothing is kept but the count: the address carries the code as far as the first answer. A code that the wave does
    not have, such as one from an earlier wave, leads to the first page all the same.
    """
    page = survey_page_at(slug)
    if page is None:
        raise Http404
    wave = wave_taking_answers(slug=slug, on=timezone.localdate())
    placement = placement_of(wave, code) if wave else None
    if placement is None:
        return redirect(start_of(slug))
    _count(request, page, placement)
    return redirect(start_of(slug) + came_by(placement.code))


def _count(request: HttpRequest, page: SurveyPage, way_in: Collector) -> None:
    """Count the arrival, under the campaign and channel of the short link where one with this code leads here."""
    survey, link = page.survey, placement_leading_to(page, way_in.code)
    campaign = link.campaign if link else survey.campaign
    count_visit(
        request=request,
        page=CountedPage(page_key=f"survey-{survey.code}", campaign_code=campaign.code if campaign else ""),
        metric=Metric.ARRIVALS,
        channel=link.channel if link else way_in.channel,
        placement_code=way_in.code,
    )
