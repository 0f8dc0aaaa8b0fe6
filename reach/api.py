"""The counts as open data."""

import re
from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError
from pydantic import field_validator, model_validator

from reach.queries import as_row, published

router = Router(tags=["reach"])

PAGE_SIZE = 1000
OFFERED = frozenset({"campaign", "from", "to", "page"})
Day = date  # the name that a row has for one
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class ReachFilter(Schema):
    """Which counts."""

    campaign: str | None = Field(None, max_length=60, pattern=r"^[-a-zA-Z0-9_]+$", description="A campaign's code.")
    from_: date | None = Field(None, alias="from", description="The first day.")
    to: date | None = Field(None, description="The last day.")
    page: int = Field(1, ge=1, le=10_000, description=f"Which {PAGE_SIZE} rows of all, from 1.")

    @field_validator("from_", "to", mode="before")
    @classmethod
    def _written_out(cls, value: object) -> object:
        """Refuse a bare number, which would be read as seconds since 1970."""
        if isinstance(value, str) and not DAY.fullmatch(value):
            raise ValueError("give a day as year, month and day, such as 2026-03-05")
        return value

    @model_validator(mode="after")
    def _in_order(self) -> "ReachFilter":
        if self.from_ and self.to and self.from_ > self.to:
            raise ValueError("from is after to: give the earlier day in from")
        return self


class ReachRow(Schema):
    """One count. Arrivals are by week; views, downloads and daily visitors by day; others for the days they are of."""

    date: Day = Field(description="The first day: of arrivals a Monday.")
    until: Day = Field(description="The last day.")
    page: str
    campaign: str
    channel: str
    placement: str
    metric: str
    method: str
    quantity: int | None = Field(description="Empty where marker is [c].")
    marker: str = Field(description="[c]: under 10, withheld.")
    sample: bool = Field(description="Invented, for the demonstration.")


class ReachList(Schema):
    """A page of the rows found."""

    items: list[ReachRow]
    count: int = Field(description="How many rows all pages hold together.")
    next: str | None = None


@router.get("", response=ReachList, summary="Counts of whom we reached")
def reach(request: HttpRequest, which: Query[ReachFilter]) -> ReachList:
    """List views, downloads and daily visitors by page and day, arrivals by week, and figures from elsewhere.

    There are rows and no sums: counts of different metrics or methods are never added together, and a sum of daily
    visitors is not a number of people. Arrivals stand here once their week is over, and only for weeks that lie wholly
    between ``from`` and ``to``; a figure from elsewhere where all its days do.
    """
    _refuse_what_is_not_offered(request)
    found, count = published(campaign_code=which.campaign, start=which.from_, end=which.to, today=timezone.localdate())
    start = (which.page - 1) * PAGE_SIZE
    return ReachList(
        items=[ReachRow(**as_row(row)) for row in found[start : start + PAGE_SIZE]],
        count=count,
        next=_next(request, which.page) if count > start + PAGE_SIZE else None,
    )


def _refuse_what_is_not_offered(request: HttpRequest) -> None:
    """Refuse a parameter that the list does not have, or one given twice: the answer would not be what it seems.

    Raises:
        HttpError: 422, with a sentence.
    """
    for name, values in request.GET.lists():
        if name not in OFFERED:
            raise HttpError(
                422, f"There is no {name[:40]} here: choose by campaign, from, to and page. Nothing is summed."
            )
        if len(values) > 1:
            raise HttpError(422, f"Give {name} once: rows of several are not put together.")


def _next(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page + 1)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
