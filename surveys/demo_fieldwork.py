"""The demonstration's ways in, and its numbers of the population. Invented, and marked so."""

from core.enums import Channel
from surveys import actions
from surveys.enums import CollectorKind, Mode
from surveys.models import Collector, Margin, Question, Wave

MARGINS = {
    "DEM04": {"female": 51_000, "male": 49_000},
    "DEM11": {
        "16-to-24": 14_000,
        "25-to-34": 16_500,
        "35-to-44": 16_500,
        "45-to-54": 16_500,
        "55-to-64": 15_500,
        "65-to-74": 11_500,
        "75-or-over": 9_500,
    },
}


def add(*, wave: Wave) -> None:
    """Give ``wave`` ways in of the kinds that staff work with."""
    ways = (
        ("library-poster", "Poster in the libraries", CollectorKind.PLACEMENT, Mode.ONLINE),
        ("paper", "Paper", CollectorKind.PAPER, Mode.PAPER),
        ("calls", "By telephone", CollectorKind.ASSISTED, Mode.TELEPHONE),
    )
    for code, title, kind, mode in ways:
        collector = Collector(wave=wave, code=code, title=title, kind=kind, mode=mode)
        if kind == CollectorKind.PLACEMENT:
            collector.channel = Channel.OUTDOOR
        actions.keep_collector(collector=collector)


def add_population(*, population: str) -> None:
    """Add the invented numbers of ``population``, to compare with and to weight to."""
    Margin.objects.bulk_create(
        Margin(
            population=population,
            question=Question.objects.get(code=question),
            option=option,
            total=total,
            source="Invented for the demonstration",
            year=2021,
            is_sample=True,
        )
        for question, totals in MARGINS.items()
        for option, total in totals.items()
    )


def forget(*, population: str) -> None:
    """Take the invented numbers of ``population`` away."""
    Margin.objects.filter(population=population, is_sample=True).delete()
