"""Values in a spec of somebody else's writing, looked at before they are used."""

from collections.abc import Mapping
from typing import Any

from analysis.categories import LARGEST

Kinds = Mapping[str, type | tuple[type, ...]]
NUMBER = (int, float)
ONE_OR_MORE = (str, int, float, list)


class SpecError(ValueError):
    """The spec cannot be understood."""


def taken(asked: Any, known: Kinds, where: str) -> dict[str, Any]:
    """Return what is ``asked`` without what is null, where it holds keys and kinds that are ``known``.

    Raises:
        SpecError: it is no object, or a key is unknown or holds another kind of value.
    """
    if not isinstance(asked, dict):
        raise SpecError(f"{where} must be an object in braces.")
    for key, value in asked.items():
        if key not in known:
            raise SpecError(f"{where} has an unknown key {key}; known are {', '.join(known)}.")
        if value is not None and (isinstance(value, bool) or not isinstance(value, known[key])):
            raise SpecError(f"{where}: {key} must be {_in_words(known[key])}.")
    return {key: value for key, value in asked.items() if value is not None}


def _in_words(kinds: type | tuple[type, ...]) -> str:
    words = {str: "a text", dict: "an object in braces", list: "a list", int: "a whole number", float: "a number"}
    if kinds == NUMBER:
        return "a number"
    return " or ".join(words[kind] for kind in (kinds if isinstance(kinds, tuple) else (kinds,)))


def numbers(asked: Any, where: str) -> dict[str, float]:
    """Return numbers by name.

    Raises:
        SpecError: it is no object, is empty, or holds anything else.
    """
    if not isinstance(asked, dict) or not asked:
        raise SpecError(f"{where} must give numbers by name.")
    for name, value in asked.items():
        if isinstance(value, bool) or not isinstance(value, NUMBER) or not abs(value) < LARGEST:
            raise SpecError(f"{where}: {name} must be a number.")
    return {name: float(value) for name, value in asked.items()}


def texts(asked: Any) -> list[str]:
    """Return one value, or a list of them, as a CSV file would write them.

    Raises:
        SpecError: one is neither a text nor a number.
    """
    values = asked if isinstance(asked, list) else [asked]
    for value in values:
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise SpecError(f"{value} is neither a text nor a number.")
    return [str(int(value)) if isinstance(value, float) and value.is_integer() else str(value) for value in values]
