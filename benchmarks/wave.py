"""A closed wave of 2,000 people and 60 questions, from the database to what the public may see."""

import random
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np

from surveys import actions, runner
from surveys.dataset import Dataset, dataset_of
from surveys.enums import WaveState
from surveys.models import (
    Collector,
    Instrument,
    Margin,
    Option,
    Question,
    Questionnaire,
    Response,
    ResultSet,
    Survey,
    Wave,
    Wording,
)
from surveys.publishing.protecting import Public, protect
from surveys.results import Choices, compute
from surveys.results.material import gather

PEOPLE, QUESTIONS, ROUNDS = 2_000, 60, 5
ABOUT = {"WB900": 6, "WB901": 2, "WB902": 5}  # questions about the person, with the number of their options
AGREEMENT = ("strongly-agree", "tend-to-agree", "neither-agree-nor-disagree", "tend-to-disagree", "strongly-disagree")


def measure() -> None:
    """Print the line `wave`: seconds for all protected figures with three margins and breakdowns, and for one pass."""
    wave = _closed_wave()
    actions.set_breakdowns(survey=wave.survey, codes=list(ABOUT))
    results = actions.ask_for_results(wave=wave, choices=Choices(margins=tuple(ABOUT)))
    choices, data = Choices.from_json(results.choices), dataset_of(wave)
    if data.rows != PEOPLE or len(data.answers) != QUESTIONS:
        raise SystemExit("The wave is not what is to be measured")
    ours = _median(lambda: _public_of(results, choices))
    peer = _median(lambda: _one_pass(data))
    print(f"wave | {ours:.2f} s | {peer:.4f} s for one NumPy pass | {peer / ours:.4f}", flush=True)


def _public_of(results: ResultSet, choices: Choices) -> Public:
    record, figures = compute(gather(results), choices)
    return protect(figures, record, results.choices)


def _median(work: Callable[[], object]) -> float:
    work()
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _one_pass(data: Dataset) -> list[Any]:
    """Count every answer once, without a weight, an interval or a group: the least that anybody could do."""
    return [np.bincount(answers.codes + 1) for answers in data.answers.values()]


def _closed_wave() -> Wave:
    chance = random.Random(2026)  # noqa: S311  (the same answers every time)
    options = {f"WB{number:03}": list(AGREEMENT) for number in range(QUESTIONS - len(ABOUT))}
    options |= {code: [f"group-{place}" for place in range(size)] for code, size in ABOUT.items()}
    for code in ABOUT:
        question = Question.objects.create(code=code, theme="bench")
        wording = Wording.objects.create(question=question, text="Who?")
        Option.objects.bulk_create(
            Option(wording=wording, code=option, label=option, order=order)
            for order, option in enumerate(options[code])
        )
        Margin.objects.bulk_create(
            Margin(
                population="bench",
                question=question,
                option=option,
                total=30_000 // len(options[code]),
                source="Invented",
                year=2026,
            )
            for option in options[code]
        )
    body = {
        "format": 2,
        "title": "Bench",
        "introduction": "",
        "sections": [{"title": "All", "items": [_item(*pair) for pair in options.items()]}],
    }
    survey = Survey.objects.create(code="bench-wave", title="Bench", purpose="To measure.", audience="Nobody.")
    wave = Wave.objects.create(
        survey=survey,
        questionnaire=Questionnaire.objects.create(code="bench-wave", title="Bench"),
        number=1,
        population="bench",
        target=PEOPLE,
        opens=date(2026, 1, 1),
        closes=date(2026, 2, 1),
        state=WaveState.CLOSED,
        closed_on=date(2026, 2, 1),
        instrument=Instrument.objects.create(digest=runner.digest(body), body=body),
        is_sample=True,
    )
    collector = Collector.objects.create(wave=wave, code="open-link", title="Open link")
    Response.objects.bulk_create(
        Response(
            wave=wave,
            collector=collector,
            instrument=wave.asks,
            month=date(2026, 1, 1),
            answers={code.lower(): chance.choice(codes) for code, codes in options.items() if chance.random() > 0.02},
            rewritten=True,
        )
        for _ in range(PEOPLE)
    )
    return wave


def _item(code: str, options: list[str]) -> dict[str, Any]:
    said = [{"code": option, "label": option, "score": None, "exclusive": False} for option in options]
    item = {
        "key": code.lower(),
        "question": code,
        "wording": f"{code}.1",
        "text": "Well?",
        "hint": "",
        "kind": "single",
    }
    return item | {"required": False, "sensitive": False, "strands": [], "options": said}
