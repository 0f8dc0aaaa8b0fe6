"""What makes one doubt that a person gave answers with care. A mark is a word for the analyst, and no verdict."""

from collections import defaultdict

from surveys import runner
from surveys.enums import Kind, Mark
from surveys.models import Draft, Response
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
    """Return the marks of what is ``sent`` of ``draft``."""
    found = {
        Mark.SPEED: _was_hurried(draft, instrument, sent),
        Mark.STRAIGHT: straight_lines(instrument, sent),
        Mark.SAME_WORDS: _same_words(draft, instrument, sent),
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


def _same_words(draft: Draft, instrument: Instrument, sent: Answers) -> bool:
    """Tell whether another response of the wave has the same long text. The first to write it stays unmarked."""
    others = Response.objects.filter(wave_id=draft.wave_id)
    texts = {item.key: str(sent[item.key]) for item in instrument.items if item.kind == Kind.TEXT and item.key in sent}
    return any(
        len(words) >= FEWEST_CHARACTERS and others.filter(**{f"answers__{key}": words}).exists()
        for key, words in texts.items()
    )
