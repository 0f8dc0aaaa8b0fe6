"""The runner: an instrument and some answers in; the next page, the route and what is wrong out.

It knows neither Django nor the database, and it keeps nothing. Who answers may go back and forth as they like: all of
it is worked out anew from the answers as they stand, so that the same answers always give the same result.

An instrument is plain JSON in the format of ``surveys/data/instrument.schema.json``. Answers are a mapping from an
item's ``key`` to an option's code (single choice and scale), a list of codes (multiple choice) or words (long text).
What somebody wrote beside an option such as "Other, please say" stands under the item's key with ``_other`` after it.
An item that was left out has no key there.
"""

from surveys.runner.answers import TEXT_LIMIT, Problem, problem, problems, submitted
from surveys.runner.conditions import OPERATORS, Condition
from surveys.runner.faults import faults, unwalkable
from surveys.runner.instrument import (
    EQUALITY,
    INFORMATION,
    Answer,
    Answers,
    Instrument,
    Item,
    Page,
    digest,
    other_key,
    read,
)
from surveys.runner.languages import ENGLISH, in_language
from surveys.runner.minutes import MOST_MINUTES, minutes
from surveys.runner.route import asked_keys, ends, first_unanswered, next_page, on_route, pages, previous_page, route

__all__ = [
    "ENGLISH",
    "EQUALITY",
    "INFORMATION",
    "MOST_MINUTES",
    "OPERATORS",
    "TEXT_LIMIT",
    "Answer",
    "Answers",
    "Condition",
    "Instrument",
    "Item",
    "Page",
    "Problem",
    "asked_keys",
    "digest",
    "ends",
    "faults",
    "first_unanswered",
    "in_language",
    "minutes",
    "next_page",
    "on_route",
    "other_key",
    "pages",
    "previous_page",
    "problem",
    "problems",
    "read",
    "route",
    "submitted",
    "unwalkable",
]
