"""Adding to the counts."""

from collections.abc import Mapping
from contextlib import nullcontext
from datetime import date
from typing import Any

import structlog
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone

from core.enums import Channel
from core.models.pages import CountedPage
from reach.enums import WEB_METRICS, Method
from reach.models import Count
from reach.queries import RULE_VERSION, is_countable

log = structlog.get_logger(__name__)


def count_visit(
    *,
    request: HttpRequest,
    page: CountedPage,
    metric: str,
    channel: str = Channel.WEB,
    placement_code: str = "",
) -> None:
    """Add one to ``metric`` of ``page`` for what a visitor was given, if ``request`` may be counted.

    Whoever arrived by a placement is counted under its code, and the channel that it belongs to.

    Counting never costs the visitor the answer: where it fails, a log line says so.
    """
    try:
        if is_countable(request):
            add(
                day=timezone.localdate(),
                page_key=page.page_key,
                campaign_code=page.campaign_code,
                metric=metric,
                channel=channel,
                placement_code=placement_code,
            )
    except Exception:
        log.exception("visit not counted", page_key=page.page_key, metric=str(metric))


KEY = (
    "day",
    "page_key",
    "campaign_code",
    "channel",
    "placement_code",
    "metric",
    "method",
    "rule_version",
    "is_sample",
)
# Written out, because every view of every page runs it: the ORM has no words for adding to what stands, and an
# update followed by an insert costs more than all else that answering a kept page does.
UPSERT = f"""
    INSERT INTO {Count._meta.db_table} ({", ".join(KEY)}, quantity) VALUES ({", ".join(["%s"] * (len(KEY) + 1))})
    ON CONFLICT ({", ".join(KEY)}) DO UPDATE SET quantity = {Count._meta.db_table}.quantity + excluded.quantity
"""  # noqa: S608  (made of names in this file alone)


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
    # A savepoint, so that a refused count spoils no transaction of the caller's; alone, the statement is its own.
    with transaction.atomic() if connection.in_atomic_block else nullcontext(), connection.cursor() as cursor:
        cursor.execute(UPSERT, [*_as_stored(key), quantity])


def _as_stored(key: Mapping[str, object]) -> list[Any]:
    columns = {field.name: field for field in Count._meta.concrete_fields}
    return [columns[name].get_db_prep_save(key[name], connection) for name in KEY]
