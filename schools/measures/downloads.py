"""How often lesson files are downloaded."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from indicators.periods import first_day, months_in, readings
from indicators.registry import Kind, Measure, Reading, measures
from reach import queries as reach
from reach.enums import Metric
from schools.models import LessonPack, LessonPackPage

SOURCE = "Counted on this site, without cookies"


def known_pack(code: str) -> str:
    """Return ``code``, which may be empty for all packs.

    Raises:
        ValueError: there is no such pack.
    """
    if code and not LessonPack.objects.filter(code=code).exists():
        raise ValueError(f"There is no lesson pack with the code {code!r}. Give one from the list of lesson packs.")
    return code


def _page_keys(code: str) -> list[str]:
    """Return the keys that downloads of one pack, or of all, are counted under.

    Raises:
        ValueError: there is no such pack.
    """
    pages = LessonPackPage.objects.all()
    if known_pack(code):
        pages = pages.filter(pack__code=code)
    return sorted({f"page-{key}" for key in pages.values_list("translation_key", flat=True)})


def _by_period(keys: list[str], months: int, *, is_sample: bool) -> Counter[date]:
    found: Counter[date] = Counter()
    for day, quantity in reach.daily(metric=Metric.DOWNLOADS, page_keys=keys, is_sample=is_sample).items():
        found[first_day(day, months)] += quantity
    return found


def read_downloads(parameters: Mapping[str, Any]) -> list[Reading]:
    """Return the downloads of lesson files by calendar period; the running one is marked provisional ([p]).

    A period with counts of its own never takes in sample ones.

    Raises:
        ValueError: a parameter is wrong.
    """
    months, keys = months_in(parameters.get("period") or ""), _page_keys(parameters.get("pack") or "")
    counted, sample = (_by_period(keys, months, is_sample=flag) for flag in (False, True))
    return readings(counted=counted, sample=sample, months=months, today=timezone.localdate(), source=SOURCE)


measures.offer("schools.downloads")(
    Measure(
        name="Lesson files downloaded",
        kind=Kind.PLAIN,
        counts_people=False,
        unit="downloads",
        read=read_downloads,
        parameters={
            "pack": "The code of one lesson pack, or nothing for all of them.",
            "period": "month, quarter or year; quarter unless told.",
        },
        note="Downloads are files taken, not lessons taught: one lesson may take several files.",
    )
)
