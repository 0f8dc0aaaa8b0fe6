"""Recording numbers. A measurement is only ever added; what changed is a new revision."""

import logging
import math
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date, timedelta

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from indicators import charts
from indicators.enums import Marker, RefreshState
from indicators.intervals import with_interval
from indicators.models import Indicator, Measurement, Refresh
from indicators.queries import computed_indicators
from indicators.registry import Kind, Reading, measures

logger = logging.getLogger(__name__)

NUMBERS = ("value", "lower", "upper", "se", "n", "n_eff", "numerator", "denominator")
JUDGED = ("wording_id", "population", "sample_type", "is_sample")
SHARES = ("mode_shares", "collector_shares")
LOST_AFTER = timedelta(minutes=15)


def _same_number(a: float | None, b: float | None) -> bool:
    return a == b if a is None or b is None else math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)


def _same(reading: Reading, recorded: Measurement) -> bool:
    """Tell whether a reading says what is recorded: its numbers, what they may be compared with, and its marker."""
    numbers = all(_same_number(getattr(reading, name), getattr(recorded, name)) for name in NUMBERS)
    judged = all(getattr(reading, name) == getattr(recorded, name) for name in JUDGED)
    shares = all(
        set(getattr(reading, name)) == set(getattr(recorded, name))
        and all(_same_number(share, getattr(recorded, name)[key]) for key, share in getattr(reading, name).items())
        for name in SHARES
    )
    marker = reading.marker == recorded.marker or (not reading.marker and recorded.marker == Marker.REVISED)
    return numbers and judged and shares and marker


def _record(indicator: Indicator, reading: Reading) -> Measurement | None:
    """Add ``reading`` where it is new or differs from what is recorded; the caller holds the indicator's lock."""
    ready = with_interval(reading, Kind(indicator.kind), per=indicator.per)
    last = (
        Measurement.objects.filter(
            indicator=indicator,
            area_code=ready.area_code,
            period_start=ready.period_start,
            period_end=ready.period_end,
        )
        .order_by("-revision")
        .first()
    )
    if last and _same(ready, last):
        return None
    if last and not ready.marker and last.marker != Marker.PROVISIONAL:
        ready = replace(ready, marker=Marker.REVISED.value)
    columns = asdict(ready) | {name: dict(getattr(ready, name)) for name in SHARES}
    measurement = Measurement(indicator=indicator, revision=last.revision + 1 if last else 1, **columns)
    measurement.full_clean()
    measurement.save()
    return measurement


def _locked(indicator: Indicator) -> Indicator:
    return Indicator.objects.select_for_update().get(pk=indicator.pk)


@transaction.atomic
def record(*, indicator: Indicator, reading: Reading) -> Measurement | None:
    """Record one number for ``indicator``; return the new row, or None where it is recorded already.

    Raises:
        ValueError: the number cannot have the interval its kind demands.
        ValidationError: the number breaks a rule of measurements.
    """
    return _record(_locked(indicator), reading)


def enter(*, indicator: Indicator, reading: Reading) -> Measurement | None:
    """Record a number that somebody typed, then have the indicator's picture drawn anew.

    Raises:
        ValueError: a measure computes this indicator, or the number cannot have its interval.
        ValidationError: the number breaks a rule of measurements.
    """
    if indicator.measure:
        raise ValueError("This indicator is computed, so nobody enters its numbers by hand.")
    measurement = record(indicator=indicator, reading=reading)
    if measurement:
        nudge_chart(indicator)
    return measurement


@transaction.atomic
def withhold(*, indicator: Indicator, period_end: date) -> int:
    """Withhold the numbers of ``indicator`` for the periods that end on a day; return how many there were.

    A number could point to a person, so the public gets it no more: a new revision carries [c], and the picture goes.
    What was recorded stays on record for staff.
    """
    locked = _locked(indicator)
    current = locked.measurements.current().filter(period_end=period_end).exclude(marker=Marker.CONFIDENTIAL)
    rows = list(current)
    columns = [field.attname for field in Measurement._meta.concrete_fields if field.name not in {"id", "recorded_at"}]
    for row in rows:
        said = {name: getattr(row, name) for name in columns}
        Measurement(**said | {"revision": row.revision + 1, "marker": Marker.CONFIDENTIAL}).save()
    if rows and locked.chart:
        transaction.on_commit(lambda: default_storage.delete(locked.chart), robust=True)
        Indicator.objects.filter(pk=locked.pk).update(chart="")
    if rows:
        nudge_chart(locked)
    return len(rows)


def nudge_chart(indicator: Indicator) -> None:
    """Ask the worker to draw the picture of ``indicator`` once what was written is committed."""
    from indicators.tasks import draw_chart

    transaction.on_commit(lambda: draw_chart.delay(indicator.pk), robust=True)


@transaction.atomic
def _read_and_record(indicator: Indicator) -> int:
    locked = _locked(indicator)
    if locked.measure not in measures:
        raise ValueError(f"No part of this site measures “{locked.measure}”. Choose another measure.")
    readings = measures[locked.measure].read(locked.parameters)
    recorded = [_record(locked, reading) for reading in readings]
    Indicator.objects.filter(pk=locked.pk).update(refreshed_at=timezone.now(), problem="")
    return sum(measurement is not None for measurement in recorded)


def refresh(indicator: Indicator) -> int:
    """Ask the measure of ``indicator`` and record what is new or changed; return how many rows were added.

    A measure that fails leaves everything as it was; its sentence is kept on the indicator for staff and logged.
    Running it again, or twice at once, adds nothing twice.

    Raises:
        ValueError: the measure failed; the message is one sentence with the indicator's code.
    """
    try:
        added = _read_and_record(indicator)
    except IntegrityError:
        return 0  # Somebody recorded the same at the same moment.
    except Exception as error:  # A measure is another room's code: whatever it does, the others go on.
        sentence = " ".join(getattr(error, "messages", None) or [str(error) or type(error).__name__])
        Indicator.objects.filter(pk=indicator.pk).update(problem=sentence[:500], refreshed_at=timezone.now())
        logger.warning(
            "Indicator not refreshed", extra={"indicator": indicator.code}, exc_info=not isinstance(error, ValueError)
        )
        raise ValueError(f"{indicator.code}: {sentence}") from error
    charts.draw_for(indicator)
    return added


def refresh_all(tell: Callable[[str], None] = lambda _: None) -> tuple[int, list[str]]:
    """Refresh every computed indicator and draw every picture.

    ``tell`` is called with each indicator's code when it is done. Returns how many measurements were added, and a
    sentence for each indicator that could not be refreshed; one that fails never stops the others.
    """
    added, problems = 0, []
    for indicator in computed_indicators():
        try:
            added += refresh(indicator)
        except ValueError as error:
            problems.append(str(error))
        tell(indicator.code)
    for indicator in Indicator.objects.filter(measure=""):
        charts.draw_for(indicator)
        tell(indicator.code)
    charts.remove_unused()
    return added, problems


def waiting_refresh() -> Refresh:
    """Return the round that waits, making one where none does."""
    return Refresh.objects.get_or_create(state=RefreshState.WAITING)[0]


def request_refresh() -> Refresh:
    """Ask for a round of refreshing and return its row; where one waits already, that one."""
    from indicators.tasks import refresh as task

    row = waiting_refresh()
    transaction.on_commit(lambda: task.delay(row.pk), robust=True)
    return row


def run_refresh(row: Refresh, tell: Callable[[str], None] = lambda _: None) -> Refresh:
    """Run the round ``row`` unless somebody else has begun it; a round whose worker died is begun again."""
    with transaction.atomic():
        row = Refresh.objects.select_for_update().get(pk=row.pk)
        lost = row.state == RefreshState.RUNNING and row.started_at and row.started_at < timezone.now() - LOST_AFTER
        if row.state != RefreshState.WAITING and not lost:
            return row
        row.state, row.started_at = RefreshState.RUNNING, timezone.now()
        row.save()
    added, problems = refresh_all(tell)
    row.state = RefreshState.FAILED if problems else RefreshState.DONE
    row.recorded, row.problems, row.ended_at = added, "\n".join(problems), timezone.now()
    row.save()
    return row


def forgotten_refreshes() -> list[Refresh]:
    """Return the rounds that a worker should have begun or ended long ago."""
    before = timezone.now() - LOST_AFTER
    return [
        *Refresh.objects.filter(state=RefreshState.WAITING),
        *Refresh.objects.filter(state=RefreshState.RUNNING, started_at__lt=before),
    ]
