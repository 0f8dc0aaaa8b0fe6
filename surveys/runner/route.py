"""Which items somebody is asked, given their answers."""

from dataclasses import replace

from surveys.runner.conditions import Chosen
from surveys.runner.instrument import NONE_CHOSEN, Answers, Instrument, Item, Page


def route(instrument: Instrument, answers: Answers) -> tuple[Item, ...]:
    """Return the items that are asked of whoever gives ``answers``, in order.

    An answer to an item off the route counts for nothing: whatever hangs on it is off the route as well.
    """
    given: dict[str, Chosen] = {}
    asked: list[Item] = []
    for item in instrument.items:
        if not item.when or _holds(instrument, item, given):
            given[item.key] = item.chosen(answers)
            asked.append(item)
    return tuple(asked)


def _holds(instrument: Instrument, item: Item, given: dict[str, Chosen]) -> bool:
    combine = all if item.needs_all else any
    return combine(
        condition.holds(given.get(condition.item, NONE_CHOSEN), instrument.item_of[condition.item].scores)
        for condition in item.when
    )


def on_route(instrument: Instrument, answers: Answers) -> tuple[Page, ...]:
    """Return the pages on the route, each with those of its items that are asked."""
    asked = {item.key for item in route(instrument, answers)}
    shown = (replace(page, items=tuple(item for item in page.items if item.key in asked)) for page in instrument.pages)
    return tuple(page for page in shown if page.items)


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


def ends(instrument: Instrument, answers: Answers) -> bool:
    """Tell whether an answer on the route says that the survey is meant for other people."""
    return any(not item.ends_on.isdisjoint(item.chosen(answers)) for item in route(instrument, answers))
