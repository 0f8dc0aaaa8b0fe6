"""How long an instrument takes."""

from collections.abc import Mapping
from math import ceil
from typing import Any

from surveys.runner.instrument import TEXT, Instrument, Item

WORDS_A_MINUTE = 200  # Reading on a screen with care; adults read plain text aloud at about this speed.
SECONDS_TO_CHOOSE = 5
SECONDS_TO_WRITE = 45
MOST_MINUTES = 12


def minutes(instrument: Instrument) -> int:
    """Return how many whole minutes it takes whoever is asked everything, by its number of words."""
    words = sum(_words(item.body) for item in instrument.items)
    seconds = sum(_seconds(item) for item in instrument.items)
    return ceil(words / WORDS_A_MINUTE + seconds / 60)


def _words(item: Mapping[str, Any]) -> int:
    read = [item["text"], item.get("hint", ""), item.get("title", ""), item.get("reason", "")]
    read += [option["label"] for option in item.get("options", ())]
    return sum(len(text.split()) for text in read)


def _seconds(item: Item) -> int:
    if not item.asks:
        return 0
    return SECONDS_TO_WRITE if item.kind == TEXT else SECONDS_TO_CHOOSE
