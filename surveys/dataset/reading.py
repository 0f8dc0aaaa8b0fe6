"""A closed wave read into arrays.

It reads nothing but `Response.objects.readable()`. The rows stand in the order of their content, not in that of the
database, so that every sum over them adds up in the same order wherever it is reckoned.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.core.exceptions import ValidationError

from core.enums import Strand
from surveys import instruments, runner
from surveys.dataset.arrays import NO_OPTION, Answers, Asked, Dataset, Missing, Option, Way
from surveys.enums import Kind, WaveState
from surveys.models import Collector, Instrument, Response, Wave
from surveys.queries import instruments_answered, left_out_since


@dataclass(frozen=True)
class _Given:
    """One response, as far as it counts."""

    instrument: Instrument
    way: str
    answers: runner.Answers
    marked: bool


def dataset_of(wave: Wave) -> Dataset:
    """Return the readable answers to ``wave`` as arrays.

    Raises:
        ValidationError: the wave is not closed, or answers were given to what it never asked.
    """
    if wave.state != WaveState.CLOSED:
        raise ValidationError("Answers can be read once the wave is closed and they are shuffled.", code="open")
    answered = instruments_answered(wave)
    _refuse_strangers(wave, answered.values())
    ways = tuple(_way(collector) for collector in wave.collectors.order_by("code"))
    given = _given(wave, answered)
    leaving_out = {one.pk: left_out_since(wave, one.digest) for one in answered.values()}
    columns = _columns(wave, [one for one in answered.values() if one.pk != wave.instrument_id], leaving_out)
    routes = _Routes(answered.values())
    asked_keys = [routes.asked(one) for one in given]
    places = {way.code: place for place, way in enumerate(ways)}
    return Dataset(
        survey=wave.survey.code,
        wave=wave.number,
        population=wave.population,
        instruments=tuple(sorted(one.digest for one in answered.values())),
        ways=ways,
        way=np.array([places[one.way] for one in given], dtype=np.intp),
        marked=np.array([one.marked for one in given], dtype=bool),
        answers={asked.key: _answers(asked, given, asked_keys, leaving_out) for asked in columns},
    )


def _refuse_strangers(wave: Wave, answered: Iterable[Instrument]) -> None:
    known = {wave.asks.pk, *wave.revisions.values_list("before", flat=True)}
    strangers = [one.digest[:8] for one in answered if one.pk not in known]
    if strangers:
        raise ValidationError(
            f"Some answers were given to the questionnaire {', '.join(sorted(strangers))}, which this wave never "
            "asked. Nothing is computed from them. Ask whoever runs the site how they came here.",
            code="instrument",
        )


def _way(collector: Collector) -> Way:
    weight = collector.base_weight
    return Way(
        collector.code,
        collector.title,
        collector.kind,
        collector.mode,
        collector.sample_type,
        collector.stratum,
        None if weight is None else float(weight),
    )


def _given(wave: Wave, answered: Mapping[int, Instrument]) -> list[_Given]:
    """Return the readable responses, in the order of what they say."""
    rows = Response.objects.readable().filter(wave=wave)
    found = rows.values_list("instrument", "collector__code", "answers", "marks").order_by().iterator(chunk_size=2_000)
    given = [
        (json.dumps(answers, sort_keys=True), _Given(answered[instrument], way, answers, bool(marks)))
        for instrument, way, answers, marks in found
    ]
    given.sort(key=lambda pair: (pair[1].way, pair[1].instrument.digest, pair[1].marked, pair[0]))
    return [one for _, one in given]


class _Routes:
    """Which questions each person was asked; where an instrument asks everybody alike, that is found out twice only."""

    def __init__(self, answered: Iterable[Instrument]) -> None:
        self.read = {one.pk: runner.read(one.body) for one in answered}
        self.alike: dict[tuple[int, bool], frozenset[str]] = {}

    def asked(self, one: _Given) -> frozenset[str]:
        instrument = self.read[one.instrument.pk]
        if instrument.routed:
            return frozenset(runner.asked_keys(instrument, one.answers))
        equality = any(key in one.answers for key in self._equality_keys(one.instrument.pk))
        kind = (one.instrument.pk, equality)
        if kind not in self.alike:
            self.alike[kind] = frozenset(runner.asked_keys(instrument, one.answers))
        return self.alike[kind]

    def _equality_keys(self, pk: int) -> list[str]:
        instrument = self.read[pk]
        return [item.key for page in instrument.pages if page.part == runner.EQUALITY for item in page.items]


def _columns(wave: Wave, earlier: Iterable[Instrument], leaving_out: Mapping[int, frozenset[str]]) -> list[Asked]:
    """Return the questions with options, as ``wave`` asked them last; options of earlier versions come after its own.

    A question that a correction took out stands at the end, if its answers count.
    """
    earlier = list(earlier)
    before = [item for one in earlier for item in instruments.questions(one.body)]
    counting = [_parted(one.body, leaving_out[one.pk]) for one in earlier]
    last: dict[str, tuple[Mapping[str, Any], str]] = {}
    for found in (_parted(wave.body, frozenset()), *counting):
        last = last | {key: pair for key, pair in found.items() if key not in last}
    return [
        _asked(item, part, [one for one in before if one["key"] == key and one is not item])
        for key, (item, part) in last.items()
    ]


def _parted(body: Mapping[str, Any], without: frozenset[str]) -> dict[str, tuple[Mapping[str, Any], str]]:
    """Return the questions with options and the part that each stands in, by key."""
    return {
        item["key"]: (item, section.get("part", ""))
        for section in body["sections"]
        for item in section["items"]
        if item["kind"] in Kind.with_options and item["key"] not in without
    }


def _asked(item: Mapping[str, Any], part: str, earlier: Sequence[Mapping[str, Any]]) -> Asked:
    bodies = {option["code"]: option for one in (*earlier, item) for option in one.get("options", ())}
    order = dict.fromkeys(option["code"] for one in (item, *earlier) for option in one.get("options", ()))
    # Whoever chooses one of these is thanked and turned away, so it is the answer of nobody who is here.
    turned_away = set(item.get("ends_on", ())).intersection(*(one.get("ends_on", ()) for one in earlier))
    named = item["strands"]
    return Asked(
        key=item["key"],
        question=item["question"],
        wording=item["wording"],
        text=item["text"],
        kind=item["kind"],
        sensitive=item["sensitive"],
        strands_omitted=tuple(strand for strand in Strand.values if strand not in named) if named else (),
        part=part,
        options=tuple(
            Option(code, bodies[code]["label"], bodies[code]["score"]) for code in order if code not in turned_away
        ),
    )


def _answers(
    asked: Asked,
    given: Sequence[_Given],
    asked_keys: Sequence[frozenset[str]],
    leaving_out: Mapping[int, frozenset[str]],
) -> Answers:
    key, place = asked.key, {option.code: number for number, option in enumerate(asked.options)}
    column: list[Any] = [one.answers.get(key) for one in given]
    chosen = np.zeros((len(given), len(asked.options)), dtype=bool)
    codes = np.full(len(given), NO_OPTION, dtype=np.intp)
    if asked.takes_several:
        for row, answer in enumerate(column):
            chosen[row, [place[code] for code in answer or () if code in place]] = True
    else:
        codes[:] = [place.get(answer, NO_OPTION) for answer in column]
        rows = np.flatnonzero(codes != NO_OPTION)
        chosen[rows, codes[rows]] = True
    corrected = {pk for pk, keys in leaving_out.items() if key in keys}
    missing = np.where(chosen.any(axis=1), np.int8(Missing.ANSWERED), np.int8(Missing.LEFT_OUT))
    if corrected:
        old = np.array([one.instrument.pk in corrected for one in given], dtype=bool)
        missing[old & (missing == Missing.ANSWERED)] = Missing.CORRECTED
    missing[[key not in keys for keys in asked_keys]] = Missing.NOT_ASKED
    counts = missing == Missing.ANSWERED
    return Answers(asked, np.where(counts, codes, NO_OPTION), chosen & counts[:, None], missing)
