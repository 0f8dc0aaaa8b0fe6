"""Which items somebody is asked, given their answers."""

from dataclasses import replace

from surveys.runner.conditions import Chosen
from surveys.runner.instrument import EQUALITY, NONE_CHOSEN, Answers, Instrument, Item, Page


def route(instrument: Instrument, answers: Answers) -> tuple[Item, ...]:
    """Return the items that are asked of whoever gives ``answers``, in order.

    An answer to an item off the route counts for nothing: whatever hangs on it is off the route as well.
    """
    given: dict[str, Chosen] = {}
    asked: list[Item] = []
    item_of = instrument.item_of
    for item in instrument.items:
        if not item.when or _holds(item, given, item_of):
            given[item.key] = item.chosen(answers)
            asked.append(item)
    return tuple(asked)


def asked_keys(instrument: Instrument, answers: Answers) -> set[str]:
    """Return the keys of the questions that somebody whose sent ``answers`` these are was asked.

    Whether they chose to answer the equality questions is not kept: it shows in any answer to one of them.
    """
    on_route = {item.key for item in route(instrument, answers) if item.asks}
    equality = {key for key in on_route if instrument.page_of[key].part == EQUALITY}
    return on_route if equality & answers.keys() else on_route - equality


def _holds(item: Item, given: dict[str, Chosen], item_of: dict[str, Item]) -> bool:
    for condition in item.when:
        chosen = given.get(condition.item, NONE_CHOSEN)
        if condition.holds(chosen, item_of[condition.item].scores) is not item.needs_all:
            return not item.needs_all
    return item.needs_all


def on_route(instrument: Instrument, answers: Answers) -> tuple[Page, ...]:
    """Return the pages on the route, each with those of its items that are asked."""
    asked = {item.key for item in route(instrument, answers)}
    shown = (_as_asked(page, asked) for page in instrument.pages)
    return tuple(page for page in shown if page.items)


def _as_asked(page: Page, asked: set[str]) -> Page:
    if asked.issuperset(page.keys):
        return page
    return replace(page, items=tuple(item for item in page.items if item.key in asked))


def pages(instrument: Instrument, answers: Answers, part: str) -> tuple[Page, ...]:
    """Return the pages of one part (``main`` or ``equality``) that are on the route."""
    return tuple(page for page in on_route(instrument, answers) if page.part == part)


def next_page(instrument: Instrument, answers: Answers, after: str) -> Page | None:
    """Return the page that follows the one with the item ``after`` in its part; None at the end of the part."""
    here = instrument.page_of[after]
    later = (page for page in pages(instrument, answers, here.part) if page.place > here.place)
    return next(later, None)


def previous_page(instrument: Instrument, answers: Answers, before: str) -> Page | None:
    """Return the page that comes before the one with the item ``before`` in its part; None at its beginning."""
    here = instrument.page_of[before]
    earlier = [page for page in pages(instrument, answers, here.part) if page.place < here.place]
    return earlier[-1] if earlier else None


def first_unanswered(instrument: Instrument, answers: Answers, part: str) -> Page | None:
    """Return the first page of a part with a question that nobody has answered or left out; None where there is none.

    A question that was left out is there with an empty answer, so that nobody is asked it again.
    """
    asked = pages(instrument, answers, part)
    return next((page for page in asked if any(item.asks and item.key not in answers for item in page.items)), None)


def ends(instrument: Instrument, answers: Answers) -> bool:
    """Tell whether an answer on the route says that the survey is meant for other people."""
    return any(not item.ends_on.isdisjoint(item.chosen(answers)) for item in route(instrument, answers))
