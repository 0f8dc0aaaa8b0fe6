"""A population's numbers, and by which questions a wave can be weighted to them."""

from collections.abc import Iterable

from surveys.instruments import questions
from surveys.models import Margin, Wave


def newest_margins(population: str, codes: Iterable[str] | None = None) -> dict[str, list[Margin]]:
    """Return, by the question's code, the numbers of the newest year that ``population`` has for it."""
    found = Margin.objects.filter(population=population).select_related("question")
    if codes is not None:
        found = found.filter(question__code__in=list(codes))
    by_question: dict[str, list[Margin]] = {}
    for margin in found.order_by("question__code", "-year", "option"):
        tables = by_question.setdefault(margin.question.code, [])
        if not tables or tables[0].year == margin.year:
            tables.append(margin)
    return by_question


def weighable_by(wave: Wave) -> list[str]:
    """Return the codes of the questions of ``wave`` for which its population has numbers, in the order of asking."""
    known = newest_margins(wave.population)
    return [item["question"] for item in questions(wave.body) if item["question"] in known]
