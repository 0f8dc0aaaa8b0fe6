"""What is wrong with an instrument: a sentence for each fault, which names its place and the mend.

The shape is the JSON Schema's to hold (:mod:`surveys.schema`); what stands here is what a schema cannot say: which
item a condition may look at, what its value may be, and whether anybody ever comes to an item.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from surveys.runner.conditions import ANSWERED, IS, OF_CODES, OF_SCORES, OPERATORS
from surveys.runner.instrument import EQUALITY, INFORMATION, MAIN, TEXT, Instrument, read
from surveys.runner.languages import faults_of_translations
from surveys.runner.minutes import MOST_MINUTES, minutes
from surveys.runner.reaching import unreachable

MOST_OPTIONS = 100
MOST_ITEMS = 300
MOST_TOGETHER = 5
CHOSEN_KINDS = ("single", "multiple", "scale")

Body = Mapping[str, Any]


def faults(body: Body) -> list[str]:
    """Return a sentence for each thing that keeps an instrument from being asked; ``body`` has the schema's shape."""
    found = unwalkable(body)
    if found:
        return found
    instrument = read(body)
    return [*_unreachable(instrument), *_too_long(instrument)]


def unwalkable(body: Body) -> list[str]:
    """Return a sentence for each fault with which an instrument cannot even be read; see :func:`faults`."""
    return [*_faults_of_sections(body["sections"]), *_faults_of_items(body), *faults_of_translations(body)]


def named(place: tuple[int, int], item: Body) -> str:
    """Return how a sentence names an item: where it stands, and its key."""
    return f"Section {place[0]}, item {place[1]} ({item['key']})"


def _faults_of_sections(sections: list[Body]) -> Iterator[str]:
    asked_apart = False
    for number, section in enumerate(sections, start=1):
        name = f"Section {number} (“{section['title']}”)"
        if not section["items"]:
            yield f"{name} is empty. Fill it or take it out."
        asked_apart = asked_apart or section.get("part", MAIN) == EQUALITY
        if asked_apart and section.get("part", MAIN) == MAIN:
            yield f"{name} stands after the equality questions. They come last: move it before them."
        if section.get("together"):
            yield from _faults_of_one_page(name, section["items"])
    if sections and all(section.get("part", MAIN) == EQUALITY for section in sections):
        yield "There are equality questions alone. Ask at least one question before them."


def _faults_of_one_page(name: str, items: list[Body]) -> Iterator[str]:
    if len(items) > MOST_TOGETHER:
        yield f"{name} asks {len(items)} questions on one page. {MOST_TOGETHER} is the most: ask one a page."
    if any(item["kind"] == INFORMATION for item in items):
        yield f"{name} is asked on one page but has an information page. Move that to a section of its own."


def _faults_of_items(body: Body) -> Iterator[str]:
    earlier: dict[str, tuple[int, Body]] = {}
    placed = [
        (number, section, (number, place), item)
        for number, section in enumerate(body["sections"], start=1)
        for place, item in enumerate(section["items"], start=1)
    ]
    if len(placed) > MOST_ITEMS:
        yield f"There are {len(placed):,} items. {MOST_ITEMS} is the most."
        return
    every = {item["key"] for _, _, _, item in placed}
    for number, section, place, item in placed:
        name = named(place, item)
        if item["key"] in earlier:
            yield f"{name} is asked twice. Take one of them out."
        yield from _faults_of_options(name, item)
        if section.get("part", MAIN) == EQUALITY and item.get("required"):
            yield f"{name} is an equality question, so people have to be able to leave it out. Untick Required."
        here = number if section.get("together") else None
        for condition in _conditions(item):
            yield from _faults_of_condition(name, condition, earlier, every, here)
        earlier.setdefault(item["key"], (number, item))


def _conditions(item: Body) -> list[Body]:
    return [condition for conditions in item.get("when", {}).values() for condition in conditions]


def _faults_of_options(name: str, item: Body) -> Iterator[str]:
    options = item.get("options", [])
    codes = [option["code"] for option in options]
    if item["kind"] in CHOSEN_KINDS and len(options) < 2:
        yield f"{name} has fewer than two options. Add them to its wording."
    if item["kind"] == TEXT and options:
        yield f"{name} is answered in words but has options. Take them out, or make it a choice."
    if len(options) > MOST_OPTIONS:
        yield f"{name} has {len(options):,} options. {MOST_OPTIONS} is the most."
        return
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield f"{name} has two options with the code {code}. Give each its own."
    for code in item.get("ends_on", []):
        if code not in codes:
            yield f"{name} ends the survey on {code}, which is not one of its options: {', '.join(codes)}."


def _faults_of_condition(
    name: str, condition: Body, earlier: Mapping[str, tuple[int, Body]], every: set[str], one_page: int | None
) -> Iterator[str]:
    key = condition["item"]
    if condition["operator"] not in OPERATORS:
        yield f"{name} has a condition “{condition['operator']}”. Use one of {', '.join(OPERATORS)}."
    elif key not in every:
        yield f"{name} has a condition on {key}, which is not asked. Add that item before it, or drop the condition."
    elif key not in earlier:
        yield f"{name} has a condition on {key}, which is asked later. A condition looks back: move {key} before it."
    elif earlier[key][0] == one_page:
        yield f"{name} has a condition on {key}, which is asked on the same page. Ask them on pages of their own."
    else:
        yield from _faults_of_value(name, condition, earlier[key][1])


def _faults_of_value(name: str, condition: Body, looked_at: Body) -> Iterator[str]:
    operator, value, key = condition["operator"], condition.get("value"), looked_at["key"]
    if looked_at["kind"] == INFORMATION:
        yield f"{name} has a condition on {key}, which asks nothing. Take the condition out."
    elif operator == ANSWERED:
        if value is not None:
            yield f"{name} has a condition that {key} is answered, which takes no value. Take the value out."
    elif looked_at["kind"] == TEXT:
        yield f"{name} looks into the words of {key}. Of words a condition can only ask whether it is answered."
    elif operator in OF_CODES:
        yield from _faults_of_codes(name, operator, value, looked_at)
    elif operator in OF_SCORES:
        yield from _faults_of_score(name, value, looked_at)


def _faults_of_codes(name: str, operator: str, value: Any, looked_at: Body) -> Iterator[str]:
    codes = [value] if operator == IS else value
    key = looked_at["key"]
    if not isinstance(codes, list) or not codes or not all(isinstance(code, str) for code in codes):
        wanted = "one option's code" if operator == IS else "a list of options' codes"
        yield f"{name} has a condition on {key} that has to name {wanted}."
        return
    offered = [option["code"] for option in looked_at["options"]]
    for code in codes:
        if code not in offered:
            yield f"{name} has a condition on {code}, which is not an option of {key}: {', '.join(offered[:20])}."


def _faults_of_score(name: str, value: Any, looked_at: Body) -> Iterator[str]:
    key = looked_at["key"]
    if not isinstance(value, int) or isinstance(value, bool):
        yield f"{name} has a condition on {key} that has to name a whole number."
    elif all(option["score"] is None for option in looked_at["options"]):
        yield f"{name} compares the score of {key}, whose options have none. Give them scores, or name the options."


def _unreachable(instrument: Instrument) -> Iterator[str]:
    for item in unreachable(instrument):
        page = instrument.page_of[item.key]
        yield (
            f"Nobody ever comes to {item.key}, in “{page.section}”: no answers fit its conditions. "
            "Change them, or take it out."
        )


def _too_long(instrument: Instrument) -> Iterator[str]:
    needed = minutes(instrument)
    if needed > MOST_MINUTES:
        yield (
            f"By its words it takes about {needed} minutes if everything is asked. {MOST_MINUTES} is the most: "
            "take some questions out."
        )
