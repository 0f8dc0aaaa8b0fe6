"""Pupils whom a lesson pack was used with, as teachers say of their own accord."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from indicators.periods import first_day, months_in, readings
from indicators.registry import Kind, Measure, Reading, measures
from schools.measures.downloads import known_pack
from schools.models import PackFeedback

SOURCE = "Reported by teachers of their own accord after using a lesson pack; not counted"


def read_reported_pupils(parameters: Mapping[str, Any]) -> list[Reading]:
    """Return the pupils that teachers report, by calendar period; the running one is marked provisional ([p]).

    Raises:
        ValueError: a parameter is wrong.
    """
    months, pack = months_in(parameters.get("period") or ""), known_pack(parameters.get("pack") or "")
    counted, sample = (_by_period(months, pack=pack, is_sample=flag) for flag in (False, True))
    return readings(counted=counted, sample=sample, months=months, today=timezone.localdate(), source=SOURCE)


def _by_period(months: int, *, pack: str, is_sample: bool) -> Counter[date]:
    found: Counter[date] = Counter()
    given = PackFeedback.objects.filter(is_sample=is_sample, pupils__isnull=False)
    given = given.filter(pack__code=pack) if pack else given
    for month, pupils in given.values_list("month").annotate(pupils_told=Sum("pupils")).order_by():
        found[first_day(month, months)] += pupils
    return found


measures.offer("schools.pupils_reported")(
    Measure(
        name="Pupils whom lesson packs were used with (reported)",
        kind=Kind.PLAIN,
        unit="pupils",
        read=read_reported_pupils,
        parameters={
            "pack": "The code of one lesson pack, or nothing for all of them.",
            "period": "month, quarter or year; quarter unless told.",
        },
        note="Method: reported. Teachers may say with how many pupils they used a pack, and most do not. It is never "
        "added to pupils in class sessions: a class may be in both.",
    )
)
