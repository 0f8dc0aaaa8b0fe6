"""What is asked about plans: the rows of one, what it still lacks, and the year that they make together."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, Sum

from campaigns.enums import InputKind, InputState
from campaigns.models import Audience, Campaign, Input
from core.enums import Strand
from indicators.models import Indicator, Target
from indicators.publish import Published
from indicators.queries import public_series

FIRST_YEAR, LAST_YEAR = 2000, 2100


def last_published(indicator: Indicator, before: date) -> Published | None:
    """Return the last value of ``indicator``, as the public sees it, whose period ended before the day ``before``."""
    series = public_series(indicator.code)
    points = [point for point in series.points if point.period_end < before] if series else []
    return next((point for point in reversed(points) if not point.is_withheld), None)


def next_target(indicator: Indicator, since: date) -> Target | None:
    """Return the first target of ``indicator`` that is due on the day ``since`` or later."""
    return indicator.targets.filter(due__gte=since).first()


def lacking(campaign: Campaign) -> list[str]:
    """Return, a sentence each, what the plan of ``campaign`` has nothing of yet."""
    asked = (
        (campaign.plan_objectives, "It has no objective yet: nobody could say afterwards whether it worked."),
        (campaign.audiences, "It names no audience yet."),
        (campaign.insights, "It rests on no insight yet: say what is known, and from where."),
        (campaign.messages, "It has no message yet."),
        (campaign.activities, "It uses no channel yet."),
        (campaign.inputs, "It names no cost and no hours yet."),
        (campaign.risks, "It names no risk yet."),
    )
    return [sentence for rows, sentence in asked if not rows.exists()]


@dataclass(frozen=True)
class InputSum:
    """What one kind of input adds up to, planned or spent."""

    kind: InputKind
    state: InputState
    amount: Decimal

    @property
    def in_words(self) -> str:
        """The sum as people write it."""
        return self.kind.in_words(self.amount)


def input_sums(campaign: Campaign) -> list[InputSum]:
    """Return the sums of what goes into ``campaign``: pounds and hours apart, planned and spent apart."""
    rows = Input.objects.filter(campaign=campaign).order_by().values("kind", "state").annotate(sum=Sum("amount"))
    found = {(row["kind"], row["state"]): row["sum"] for row in rows}
    return [
        InputSum(kind, state, found[kind, state])
        for kind in InputKind
        for state in InputState
        if (kind, state) in found
    ]


@dataclass(frozen=True)
class InYear:
    """A campaign in the view of a year: the months that it runs in (1 to 12) and the strands that it names."""

    campaign: Campaign
    months: frozenset[int]
    strands: frozenset[str]

    @property
    def is_general(self) -> bool:
        """Whether it names no strand, or all five: then it counts for all alike."""
        return len(self.strands) in {0, len(Strand)}


@dataclass(frozen=True)
class Year:
    """A year of campaigns: every one by month, and the five strands side by side."""

    number: int
    rows: list[InYear]

    def named_by(self, strand: str) -> list[InYear]:
        """Return the campaigns that name ``strand`` and not all five."""
        return [row for row in self.rows if strand in row.strands and not row.is_general]

    @property
    def general(self) -> list[InYear]:
        """The campaigns that speak of all strands alike."""
        return [row for row in self.rows if row.is_general]

    @property
    def by_strand(self) -> list[tuple[Strand, list[InYear]]]:
        """All five strands in their order, each with the campaigns that name it."""
        return [(strand, self.named_by(strand)) for strand in Strand]

    @property
    def is_alike(self) -> bool:
        """Whether every strand is named by as many campaigns as every other."""
        return len({len(rows) for _, rows in self.by_strand}) == 1

    @property
    def months(self) -> list[tuple[date, list[list[InYear]], list[InYear]]]:
        """Each month with the campaigns that name each strand in it, and the general ones."""
        return [
            (
                date(self.number, month, 1),
                [_in_month(rows, month) for _, rows in self.by_strand],
                _in_month(self.general, month),
            )
            for month in range(1, 13)
        ]


def _in_month(rows: Iterable[InYear], month: int) -> list[InYear]:
    return [row for row in rows if month in row.months]


def year_of(number: int) -> Year:
    """Return every campaign that runs in the year ``number``, earliest first. Two queries."""
    first, last = date(number, 1, 1), date(number, 12, 31)
    audiences = Prefetch("audiences", queryset=Audience.objects.only("campaign_id", "strands"))
    running = Campaign.objects.filter(starts__lte=last, ends__gte=first).prefetch_related(audiences)
    return Year(number, [_in_year(campaign, number) for campaign in running.order_by("starts", "ends", "title")])


def _in_year(campaign: Campaign, number: int) -> InYear:
    months = frozenset(
        month
        for month in range(1, 13)
        if campaign.starts <= date(number, month, monthrange(number, month)[1])
        and campaign.ends >= date(number, month, 1)
    )
    strands = frozenset(strand for audience in campaign.audiences.all() for strand in audience.strands)
    return InYear(campaign, months, strands)
