"""The results of the demonstration's closed waves, computed from invented answers."""

from collections.abc import Iterable

from surveys import actions
from surveys.models import ResultSet, Survey, Wave
from surveys.results import Choices

BREAKDOWNS = ("DEM11", "DEM04")  # no strand: the questionnaire does not ask about all five


def compute(*, survey: Survey, waves: Iterable[Wave]) -> None:
    """Compute the results of ``waves``, the oldest first, weighted to the invented population."""
    actions.set_breakdowns(survey=survey, codes=BREAKDOWNS)
    for wave in waves:
        results = actions.ask_for_results(wave=wave, choices=Choices(margins=BREAKDOWNS))
        actions.compute_results(results=results)


def forget(*, waves: Iterable[Wave]) -> None:
    """Take their results away."""
    ResultSet.objects.filter(wave__in=list(waves)).delete()
