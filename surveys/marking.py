"""What makes one doubt that a person gave answers with care. A mark is a word for the analyst, and no verdict."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.db import models

from surveys import runner
from surveys.enums import CollectorKind, Kind, Mark
from surveys.models import Draft, Response, Tally, Wave
from surveys.queries import asked_before, asked_by
from surveys.runner import Answers, Instrument, Page

# Below 300 milliseconds a word nobody has read a question: C. Zhang and F. G. Conrad, Speeding in Web Surveys, Survey
# Research Methods 8 (2), 2014. Hints and options are not counted, since whoever knows them need not read them.
SECONDS_A_WORD = 0.3
FEWEST_ALIKE = 5  # questions with the same options, before the same answer to all of them says anything
FEWEST_CHARACTERS = 20  # "Nothing" or "More police" many people write by themselves


def seconds_to_read(page: Page) -> int:
    """Return how many whole seconds it takes at least to read the questions of ``page``."""
    words = sum(len(item.body["text"].split()) for item in page.items if item.asks)
    return int(words * SECONDS_A_WORD)


def marks_of(draft: Draft, instrument: Instrument, sent: Answers) -> set[Mark]:
    """Return the marks that what is ``sent`` of ``draft`` earns by itself."""
    found = {
        Mark.SPEED: _was_hurried(draft, instrument, sent),
        Mark.STRAIGHT: straight_lines(instrument, sent),
    }
    return {mark for mark, holds in found.items() if holds}


def _was_hurried(draft: Draft, instrument: Instrument, sent: Answers) -> bool:
    """Tell whether at least half of the pages with questions were answered faster than anybody reads them."""
    asked = [page for page in runner.on_route(instrument, sent) if any(item.asks for item in page.items)]
    return draft.hurried * 2 >= len(asked)


def straight_lines(instrument: Instrument, sent: Answers) -> bool:
    """Tell whether some set of at least five questions with the same options all got the same answer."""
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for item in runner.route(instrument, sent):
        if item.kind in Kind.one_of and item.key in sent:
            alike[tuple(item.labels)].append(str(sent[item.key]))
    return any(len(given) >= FEWEST_ALIKE and len(set(given)) == 1 for given in alike.values())


def marked_together(wave: Wave) -> dict[UUID, set[Mark]]:
    """Return the marks that responses of ``wave`` earn beside each other, by key; what staff enter earns none.

    A mark that spared whoever wrote the words first, or began with the forty-first over one connection, would tell in
    which order people came. So the same long words mark all who wrote them, and a burst marks all that came by the
    same way in in the same month: a response says both of these anyway.
    """
    responses = wave.responses.exclude(collector__kind__in=CollectorKind.by_staff)
    found: dict[UUID, set[Mark]] = defaultdict(set)
    for alike in _writers(wave, responses).values():
        for pk in alike if len(alike) > 1 else ():
            found[pk].add(Mark.SAME_WORDS)
    for collector, month in _bursts(wave):
        for pk in responses.filter(collector=collector, month=month).values_list("pk", flat=True):
            found[pk].add(Mark.BURST)
    return found


def _writers(wave: Wave, responses: models.QuerySet[Response]) -> dict[tuple[str, str], list[UUID]]:
    """Return who wrote each long text, by its question's key and its words."""
    asked = [asked_by(wave), *asked_before(wave)] if wave.instrument_id else []
    keys = {item.key for instrument in asked for item in instrument.items if item.kind == Kind.TEXT}
    writers: dict[tuple[str, str], list[UUID]] = defaultdict(list)
    for pk, answers in responses.values_list("pk", "answers").iterator(chunk_size=2_000):
        for key in keys & answers.keys():
            if len(answers[key]) >= FEWEST_CHARACTERS:
                writers[key, answers[key]].append(pk)
    return writers


def _bursts(wave: Wave) -> set[tuple[int, date]]:
    """Return the ways in, each with a month, by which many answers came over one connection within minutes."""
    days = Tally.objects.filter(collector__wave=wave, in_bursts__gt=0).values_list("collector", "day")
    return {(collector, day.replace(day=1)) for collector, day in days}
