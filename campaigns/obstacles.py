"""Why a page cannot be approved yet: a restricted period, and nobody has decided that it may be seen in it."""

from collections.abc import Iterator

from wagtail.models import Page

from campaigns.queries.decisions import lacking
from core.approvals.registry import obstacles


@obstacles.offer("campaigns.restricted_periods")
def restricted_periods(page: Page) -> Iterator[str]:
    """Say which decisions ``page`` lacks."""
    yield from (lack.sentence for lack in lacking(page))
