"""Counting what visitors are given: what a request adds, and how it comes to be written."""

from collections.abc import Mapping
from datetime import date

import structlog
from django.http import HttpRequest
from django.utils import timezone

from core.enums import Channel
from core.models.pages import CountedPage
from reach.actions import waiting
from reach.actions.writing import Key, write
from reach.enums import WEB_METRICS, Method
from reach.queries.rule import RULE_VERSION, is_countable

log = structlog.get_logger(__name__)


def count_visit(
    *,
    request: HttpRequest,
    page: CountedPage,
    metric: str,
    channel: str = Channel.WEB,
    placement_code: str = "",
) -> None:
    """Count ``metric`` of ``page`` for what a visitor was given, if ``request`` may be counted.

    A view also counts its visitor, once a page and day. An arrival or a download a second time within 30 seconds
    counts once. Whoever arrived by a placement is counted under its code, and the channel that it belongs to.

    Counting never costs the visitor the answer: where it fails, a log line says so.
    """
    try:
        if is_countable(request, metric=metric, channel=channel):
            key = _key(
                day=timezone.localdate(),
                page_key=page.page_key,
                campaign_code=page.campaign_code,
                metric=metric,
                channel=channel,
                placement_code=placement_code,
            )
            waiting.note(request=request, key=key)
    except Exception:
        log.exception("visit not counted", page_key=page.page_key, metric=str(metric))


def add(
    *,
    day: date,
    page_key: str,
    metric: str,
    channel: str = Channel.WEB,
    campaign_code: str = "",
    placement_code: str = "",
    method: str = Method.COUNTED,
    quantity: int = 1,
    is_sample: bool = False,
) -> None:
    """Add ``quantity`` to the count of this day, page, campaign, channel, placement, metric and method.

    Loses nothing where several processes add at once: one statement makes the row or raises the one that stands.

    Raises:
        IntegrityError: the ledger holds no such count (an unknown metric, channel or method, or a placement with
            a metric that has none).
        ValueError: ``quantity`` is below 1.
    """
    if quantity < 1:
        raise ValueError(f"A count grows by 1 or more, not by {quantity}.")
    key = _key(
        day=day,
        page_key=page_key,
        campaign_code=campaign_code,
        channel=channel,
        placement_code=placement_code,
        metric=metric,
        method=method,
        is_sample=is_sample,
    )
    write({key: quantity})


def _key(*, metric: str, method: str = Method.COUNTED, is_sample: bool = False, **codes: object) -> Key:
    counted_here = method == Method.COUNTED and metric in WEB_METRICS
    values: Mapping[str, object] = {
        **codes,
        "metric": str(metric),
        "method": str(method),
        "rule_version": RULE_VERSION if counted_here else 0,
        "is_sample": is_sample,
    }
    return Key(**{**values, "channel": str(values["channel"])})  # type: ignore[arg-type]  # named alike above
