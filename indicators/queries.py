"""Questions about the strategy and its numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from wagtail.models import Site

from core.models import CouncilSettings
from indicators import direction
from indicators.direction import Direction
from indicators.enums import Status
from indicators.models import Definition, Indicator, Measurement, Objective, Refresh, Strategy, Target
from indicators.publish import Published, published
from indicators.registry import Kind


@dataclass(frozen=True, kw_only=True)
class Series:
    """One indicator with everything the public sees of it, oldest first.

    ``points`` are of the whole area, ``parts`` of areas within it; ``statuses`` holds the words for each point
    since the last value it may be compared with.
    """

    indicator: Indicator
    points: list[Published]
    parts: list[Published]
    statuses: list[Direction]
    baseline: Direction | None
    target: Target | None

    @property
    def latest(self) -> Published | None:
        """The newest value of the whole area."""
        return self.points[-1] if self.points else None

    @property
    def status(self) -> Direction | None:
        """The words for the newest value."""
        return self.statuses[-1] if self.statuses else None

    @property
    def rows(self) -> list[tuple[Published, str]]:
        """Every published value with the words for its change: the whole area first."""
        whole = [
            (point, "" if point.is_withheld else status.verdict.label)
            for point, status in zip(self.points, self.statuses, strict=True)
        ]
        return [*whole, *((part, "") for part in self.parts)]

    @property
    def is_sample(self) -> bool:
        """Whether any of it is invented."""
        return any(point.is_sample for point in (*self.points, *self.parts))


def whole_area() -> tuple[str, str]:
    """Return the official code and the name of the place that the strategy is for."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return "", ""
    council = CouncilSettings.for_site(site)
    return council.area_code, council.area_name


def strategy_in_force() -> Strategy | None:
    """Return the strategy in force; where none is, the one that began last and is not a draft."""
    known = Strategy.objects.exclude(status=Status.DRAFT)
    return known.filter(status=Status.CURRENT).first() or known.first()


def public_indicators() -> QuerySet[Indicator]:
    """Return the indicators of strategies that are out, with objective, targets and current measurements.

    A strategy that is still being written, and all its indicators, are for staff. Four queries.
    """
    out = Indicator.objects.exclude(objective__strategy__status=Status.DRAFT)
    return out.select_related("objective").prefetch_related(
        "targets",
        Prefetch(
            "measurements",
            Measurement.objects.current().order_by("period_end", "period_start", "area_code"),
            to_attr="record",
        ),
    )


def _next_target(indicator: Indicator, today: date) -> Target | None:
    targets = list(indicator.targets.all())
    return next((target for target in targets if target.due >= today), targets[-1] if targets else None)


def _statuses(record: list[Measurement], kind: Kind, *, in_points: bool) -> list[Direction]:
    return [direction.since_last(record[: i + 1], kind, in_points=in_points) for i in range(len(record))]


def series(indicator: Indicator, place: tuple[str, str]) -> Series:
    """Return what the public sees of ``indicator``, which comes from :func:`public_indicators`."""
    record: list[Measurement] = indicator.record  # type: ignore[attr-defined]  # the prefetch above
    whole = [measurement for measurement in record if not measurement.area_code]
    kind, in_points = Kind(indicator.kind), indicator.is_in_points
    breaks = [i > 0 and direction.is_break(whole[i - 1], value) for i, value in enumerate(whole)]
    period = (indicator.baseline_start, indicator.baseline_end)
    return Series(
        indicator=indicator,
        points=[
            published(indicator, value, whole_area=place, is_break=broken)
            for value, broken in zip(whole, breaks, strict=True)
        ],
        parts=[published(indicator, value) for value in record if value.area_code],
        statuses=_statuses(whole, kind, in_points=in_points),
        baseline=direction.since_baseline(whole, period, kind, in_points=in_points),
        target=_next_target(indicator, timezone.localdate()),
    )


def public_series(code: str) -> Series | None:
    """Return the series of the indicator named ``code``; None where there is none."""
    indicator = public_indicators().filter(code=code).first()
    return series(indicator, whole_area()) if indicator else None


def by_objective(strategy: Strategy, place: tuple[str, str]) -> list[tuple[Objective, list[Series]]]:
    """Return the objectives of ``strategy`` with their indicators; an objective without one has an empty list."""
    found: dict[int, list[Series]] = {}
    for indicator in public_indicators().filter(objective__strategy=strategy):
        found.setdefault(indicator.objective_id, []).append(series(indicator, place))
    return [(objective, found.get(objective.pk, [])) for objective in strategy.objectives.all()]


def definitions_in_force() -> QuerySet[Definition]:
    """Return the definitions that hold today."""
    return Definition.objects.in_force(timezone.localdate())


def computed_indicators(codes: Iterable[str] | None = None) -> QuerySet[Indicator]:
    """Return the indicators that a measure computes, or those of them named by ``codes``."""
    computed = Indicator.objects.exclude(measure="")
    return computed if codes is None else computed.filter(code__in=codes)


def last_refresh() -> Refresh | None:
    """Return the latest round of refreshing, whatever its state."""
    return Refresh.objects.first()
