"""The answers to one wave as a table with one fixed column a code, and the codebook that says what each means."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from surveys import runner
from surveys.enums import Kind, Mark
from surveys.models import Collector, Instrument, Response, Revision, Wave

Row = list[str]

NOT_ASKED, LEFT_OUT, NOT_READ = "[not asked]", "[left out]", "[not read yet]"
CHOSEN, NOT_CHOSEN = "1", "0"
MISSING = {
    NOT_ASKED: (
        "This person was not asked: an earlier answer led past the question, their version of the questionnaire has it "
        "not, they passed over the equality questions (or left out all of them), or the box belongs to an option that "
        "they did not choose."
    ),
    LEFT_OUT: "This person was asked and gave no answer. To say that they prefer not to say is an answer of its own.",
    NOT_READ: "Words that nobody has read yet, so they are not given out.",
}
ABOUT_THE_RESPONSE = {
    "survey": "The survey's code.",
    "wave": "The wave's number.",
    "sample_data": "Sample data where the answers are invented, for a demonstration; else empty.",
    "month": "The month in which the answers were sent.",
    "language": "The language of the pages.",
    "collector": "The code of the way in; the same in every wave.",
    "kind": "The kind of the way in.",
    "mode": "What people answered on.",
    "sample_type": "How people came to be asked. Only a random sample speaks for more than those who answered.",
    "stratum": "In a random sample, the stratum that this way in was drawn from.",
    "base_weight": "In a random sample, how many people each one who was asked stands for, before any weighting.",
    "instrument": "The version of the questionnaire: the first eight characters of its digest.",
    "not_comparable": (
        "The questions whose answers in this row a later correction made not comparable. The site's own figures leave "
        "them out: do the same wherever you count answers to these questions."
    ),
    "marks": "What made one doubt, when the answers came, that a person gave them with care. No verdict.",
}


@dataclass(frozen=True)
class Column:
    """One column for answers: a whole answer, one option of a multiple choice, or the words beside options."""

    name: str
    key: str
    option: str = ""
    beside: bool = False


@dataclass(frozen=True)
class Asked:
    """Which instruments the answers to a wave were given to, in the order in which they came about.

    ``corrections`` of the wave led from one to the next; ``left_out`` has the keys of the questions whose answers to an
    instrument no longer count.
    """

    instruments: Mapping[int, Instrument]
    corrections: Sequence[Revision] = ()
    left_out: Mapping[int, Collection[str]] = field(default_factory=dict)

    def not_comparable(self, pk: int) -> str:
        """Return the codes of the questions whose answers to the instrument ``pk`` a later correction left out."""
        items = self.read[pk].item_of
        return " ".join(sorted(items[key].body["question"] for key in self.left_out.get(pk, ()) if key in items))

    @cached_property
    def read(self) -> dict[int, runner.Instrument]:
        """Each of them ready to walk."""
        return {pk: runner.read(instrument.body) for pk, instrument in self.instruments.items()}

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns for answers: in the order of the first instrument, then what later ones ask besides."""
        every = (column for instrument in self.read.values() for column in _columns(instrument))
        return tuple(dict.fromkeys(every))


def _columns(instrument: runner.Instrument) -> Iterator[Column]:
    for item in instrument.items:
        if not item.asks:
            continue
        code = item.body["question"]
        if item.kind == Kind.MULTIPLE:
            yield from (Column(f"{code}__{option}", item.key, option=option) for option in item.labels)
        else:
            yield Column(code, item.key)
        if item.says_more:
            yield Column(f"{code}_other", item.key, beside=True)


def table(wave: Wave, asked: Asked) -> Iterator[Row]:
    """Go through the head of the table and one row a readable response, in the order of their random ids."""
    yield [*ABOUT_THE_RESPONSE, *(column.name for column in asked.columns)]
    unread = set(wave.texts.values_list("key", "words"))
    collectors = {collector.pk: collector for collector in wave.collectors.all()}
    responses = Response.objects.readable().filter(wave=wave).order_by("pk")
    for response in responses.iterator(chunk_size=2_000):
        about = _about(wave, response, collectors[response.collector_id], asked)
        yield [*about, *_cells(asked.read[response.instrument_id], response.answers, asked.columns, unread)]


def _about(wave: Wave, response: Response, collector: Collector, asked: Asked) -> Row:
    return [
        wave.survey.code,
        str(wave.number),
        "Sample data" if wave.is_sample else "",
        f"{response.month:%Y-%m}",
        response.language,
        collector.code,
        collector.kind,
        collector.mode,
        collector.sample_type,
        collector.stratum,
        "" if collector.base_weight is None else str(collector.base_weight),
        _named(asked.instruments[response.instrument_id]),
        asked.not_comparable(response.instrument_id),
        " ".join(response.marks),
    ]


def _named(instrument: Instrument) -> str:
    return instrument.digest[:8]


def _cells(
    instrument: runner.Instrument,
    answers: runner.Answers,
    columns: Iterable[Column],
    unread: set[tuple[str, str]],
) -> Row:
    on_route = runner.asked_keys(instrument, answers)
    return [
        _cell(instrument.item_of[column.key], column, answers, unread) if column.key in on_route else NOT_ASKED
        for column in columns
    ]


def _cell(item: runner.Item, column: Column, answers: runner.Answers, unread: set[tuple[str, str]]) -> str:
    chosen = item.chosen(answers)
    if column.beside:
        return _words(runner.other_key(item.key), answers, unread) if item.says_more & chosen else NOT_ASKED
    if column.option:
        if column.option not in item.labels:
            return NOT_ASKED
        return (CHOSEN if column.option in chosen else NOT_CHOSEN) if chosen else LEFT_OUT
    if item.kind == Kind.TEXT:
        return _words(item.key, answers, unread)
    return next(iter(chosen), LEFT_OUT)


def _words(key: str, answers: runner.Answers, unread: set[tuple[str, str]]) -> str:
    words = str(answers.get(key, ""))
    return NOT_READ if (key, words) in unread else words or LEFT_OUT


CODEBOOK_HEAD = ["column", "question", "wording", "text", "kind", "sensitive", "code", "label", "score"]


def codebook(asked: Asked) -> Iterator[Row]:
    """Go through the head of the codebook and one row for each code that can stand in each column of the table."""
    yield CODEBOOK_HEAD
    for name, meaning in ABOUT_THE_RESPONSE.items():
        yield [name, "", "", meaning, "", "", "", "", ""]
    yield from (["instrument", "", "", "", "", "", *named, ""] for named in _versions(asked))
    yield from (["marks", "", "", "", "", "", str(mark.value), str(mark.label), ""] for mark in Mark)
    yield from (
        ["", "", "", "In any column for answers", "", "", code, meaning, ""] for code, meaning in MISSING.items()
    )
    said: set[tuple[str, ...]] = set()
    for column in asked.columns:
        for instrument in asked.read.values():
            for row in _meanings(column, instrument.item_of.get(column.key)):
                if tuple(row) not in said:
                    said.add(tuple(row))
                    yield row


def _versions(asked: Asked) -> Iterator[tuple[str, str]]:
    """Go through what was asked, each by its name, with since when, why, and whose answers to it do not count."""
    led_to = {correction.instrument_id: correction for correction in asked.corrections}
    for pk, instrument in asked.instruments.items():
        correction, left_out = led_to.get(pk), asked.not_comparable(pk)
        said = f"Since the correction on {correction.made_on:%-d %B %Y}: {correction.reason}" if correction else ""
        cut = f"Not comparable with later answers, so leave them out: {left_out}" if left_out else ""
        yield _named(instrument), ". ".join(part for part in (said, cut) if part) or "What was asked from the first day"


def _meanings(column: Column, item: runner.Item | None) -> Iterator[Row]:
    """Go through what can stand in ``column`` of those who were asked ``item``."""
    if item is None or (column.option and column.option not in item.labels):
        return
    body = item.body
    sensitive = "yes" if body["sensitive"] else ""
    start = [column.name, body["question"], body["wording"], body["text"], item.kind, sensitive]
    if column.beside:
        yield [
            *start,
            "",
            "What was written beside: " + " / ".join(item.labels[code] for code in sorted(item.says_more)),
            "",
        ]
    elif column.option:
        yield [*start, CHOSEN, item.labels[column.option], _score(item, column.option)]
        yield [*start, NOT_CHOSEN, f"Not: {item.labels[column.option]}", ""]
    elif item.kind == Kind.TEXT:
        yield [*start, "", "What was written; [redacted] where a reader took something out", ""]
    else:
        yield from ([*start, code, label, _score(item, code)] for code, label in item.labels.items())


def _score(item: runner.Item, code: str) -> str:
    return str(item.scores[code]) if code in item.scores else ""


__all__ = ["LEFT_OUT", "MISSING", "NOT_ASKED", "NOT_READ", "Asked", "codebook", "table"]
