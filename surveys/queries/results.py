"""Result sets: those of a wave, and those that a worker should have computed by now."""

from datetime import datetime

from django.db.models import Q

from surveys.enums import ResultState
from surveys.models import ResultSet, Survey, Wave


def results_of(wave: Wave) -> list[ResultSet]:
    """Return the result sets of ``wave``, the newest first, without their figures."""
    return list(ResultSet.objects.filter(wave=wave).defer("figures", "public", "record").order_by("-number"))


def results_to_compute(*, silent_since: datetime) -> list[ResultSet]:
    """Return the result sets that wait for a worker, and those whose worker has said nothing since ``silent_since``."""
    lost = Q(state=ResultState.COMPUTING) & (Q(touched=None) | Q(touched__lt=silent_since))
    found = ResultSet.objects.filter(Q(state=ResultState.WAITING) | lost)
    return list(found.defer("figures", "public", "record").order_by("pk"))


def published_results(survey: Survey) -> list[ResultSet]:
    """Return the results of ``survey`` that were approved and whose answers are kept, the oldest wave first."""
    found = ResultSet.objects.approved().filter(wave__survey=survey).exclude(figures={})
    found = found.select_related("wave__survey", "wave__instrument").prefetch_related("wave__mark_decisions")
    return list(found.order_by("wave__opens", "wave__number"))
