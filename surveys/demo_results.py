"""The results of the demonstration's closed waves, computed from invented answers."""

from collections.abc import Iterable

from django.utils import timezone

from surveys import actions
from surveys.actions.publishing import public_of, remove_pictures, show_anew
from surveys.enums import ResultState
from surveys.models import ResultSet, Survey, Wave
from surveys.publishing.findings import draft
from surveys.results import Choices

BREAKDOWNS = ("DEM11", "DEM04")  # no strand: the questionnaire does not ask about all five
NOBODY = "Nobody: sample data"


def compute(*, survey: Survey, waves: Iterable[Wave]) -> None:
    """Compute the results of ``waves``, the oldest first, weighted to the invented population, and publish them."""
    actions.set_breakdowns(survey=survey, codes=BREAKDOWNS)
    for wave in waves:
        results = actions.ask_for_results(wave=wave, choices=Choices(margins=BREAKDOWNS))
        _publish(actions.compute_results(results=results))


def _publish(results: ResultSet) -> None:
    """Publish them as they are drafted. The accounts that could approve are made later, so nobody is named."""
    results.public = public_of(results)
    results.findings = draft(results.public)
    results.state, results.approved_on, results.approved_by_name = ResultState.APPROVED, timezone.localdate(), NOBODY
    results.save()
    show_anew()


def forget(*, waves: Iterable[Wave]) -> None:
    """Take their results away, and the pictures of them."""
    found = ResultSet.objects.filter(wave__in=list(waves))
    remove_pictures(found.values_list("pk", flat=True))
    found.delete()
