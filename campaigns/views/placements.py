"""The short address of a placement: it counts who came by it, and leads on."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from campaigns.models import Placement
from campaigns.queries.placements import placement_at, way_of
from core.models import BasePage
from core.models.pages import CountedPage
from reach.actions import count_visit
from reach.enums import Metric


@require_safe
@never_cache
def lead(request: HttpRequest, code: str) -> HttpResponse:
    """Lead whoever comes by a placement to its page, and count the arrival.

    The address is the same for everybody. What else stands in it goes no further, and nothing is left on the device. A
    poster that hangs on after its last day still leads somewhere.

    Raises:
        Http404: no placement has this code.
    """
    placement = placement_at(code)
    way = way_of(placement, request) if placement else None
    if placement is None or way is None:
        raise Http404("No placement has this code.")
    page = way.page.specific
    with translation.override(page.locale.language_code):
        further = page.address_by_placement(placement.code)
    if not further:
        _count(request, page, placement)
    return redirect(further or page.get_url(request))


def _count(request: HttpRequest, page: BasePage, placement: Placement) -> None:
    """Count the arrival under the page that it led to; pages that count nobody are not named."""
    counted = page.counted_as()
    count_visit(
        request=request,
        page=CountedPage(page_key=counted.page_key if counted else "", campaign_code=placement.campaign.code),
        metric=Metric.ARRIVALS,
        channel=placement.channel,
        placement_code=placement.code,
    )
