"""Adding to the counts."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F

from core.enums import Channel
from reach.enums import WEB_METRICS, Method
from reach.models import Count
from reach.queries import RULE_VERSION


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

    Loses nothing where several processes add at once: a row that stands is raised in the database itself; who
    makes the row first wins, and who comes second raises that one.

    Raises:
        IntegrityError: the ledger holds no such count (an unknown metric, channel or method, or a placement with
            a metric that has none).
        ValueError: ``quantity`` is below 1.
    """
    if quantity < 1:
        raise ValueError(f"A count grows by 1 or more, not by {quantity}.")
    key = {
        "day": day,
        "page_key": page_key,
        "campaign_code": campaign_code,
        "channel": channel,
        "placement_code": placement_code,
        "metric": metric,
        "method": method,
        "rule_version": RULE_VERSION if method == Method.COUNTED and metric in WEB_METRICS else 0,
        "is_sample": is_sample,
    }
    if _raise_count(key, quantity):
        return
    try:
        with transaction.atomic():  # A savepoint: losing the race must not spoil the caller's transaction.
            Count.objects.create(**key, quantity=quantity)
    except IntegrityError:
        if not _raise_count(key, quantity):
            raise


def _raise_count(key: dict[str, object], quantity: int) -> int:
    return Count.objects.filter(**key).update(quantity=F("quantity") + quantity)
