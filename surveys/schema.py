"""The published shape of an instrument, and a sentence for each place where a document has another one."""

import json
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Never

from jsonschema import Draft202012Validator, ValidationError
from referencing import Registry, Resource

DATA = Path(__file__).resolve().parent / "data"
MOST_CHARACTERS = 500_000
MOST_FAULTS = 20
NAMES = {
    "sections": "section",
    "items": "item",
    "options": "option",
    "strands": "strand",
    "all": "condition",
    "any": "condition",
}


class DocumentError(Exception):
    """A document cannot be taken in; ``faults`` has a sentence for each thing that is wrong."""

    def __init__(self, faults: list[str]) -> None:
        """Keep the sentences."""
        super().__init__("\n".join(faults))
        self.faults = faults


def schema_text(name: str) -> str:
    """Return a published JSON Schema, as its file has it: of an ``instrument``, or of a whole ``questionnaire``."""
    return (DATA / f"{name}.schema.json").read_text(encoding="utf-8")


@cache
def _validator(name: str) -> Draft202012Validator:
    schemas = {found: json.loads(schema_text(found)) for found in ("instrument", "questionnaire")}
    known = Registry().with_resources((schema["$id"], Resource.from_contents(schema)) for schema in schemas.values())
    return Draft202012Validator(schemas[name], registry=known)


def read_json(text: str) -> Any:
    """Return what a JSON file says.

    Raises:
        DocumentError: it is too big, no JSON, says one name twice, or nests too deep.
    """
    if len(text) > MOST_CHARACTERS:
        raise DocumentError([f"The file has {len(text):,} characters. {MOST_CHARACTERS:,} is the most."])
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise DocumentError([f"This is no JSON: {error.msg}, on line {error.lineno}."]) from error
    except (RecursionError, ValueError) as error:
        raise DocumentError(
            ["This is no JSON that can be read: it nests too deep or has too long a number."]
        ) from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise DocumentError([f"An object in it says “{twice[:60]}” twice. Say it once."])
    return found


def _no_number(constant: str) -> Never:
    raise DocumentError([f"It has {constant}, which is no number in JSON."])


def shape_faults(document: Any) -> list[str]:
    """Return a sentence for each place where ``document`` has another shape than an instrument; none if all is well.

    At most twenty are named; the rest come when these are mended.
    """
    return _faults("instrument", document)


def questionnaire_faults(document: Any) -> list[str]:
    """Return the same for a questionnaire's file: the instrument with the bank's part and a code."""
    return _faults("questionnaire", document)


def _faults(name: str, document: Any) -> list[str]:
    found = []
    for error in _validator(name).iter_errors(document):
        found.append(_sentence(error))
        if len(found) == MOST_FAULTS:
            break
    return found


def _sentence(error: ValidationError) -> str:
    place = _place(list(error.absolute_path))
    return f"{place} {_said(error)}" if place else f"The file {_said(error)}"


def _place(path: list[str | int]) -> str:
    """Return a path into the document in words: ["sections", 0, "items", 2, "hint"] is "Section 1, item 3, hint"."""
    words: list[str] = []
    for part, following in pairwise([*path, ""]):
        if isinstance(part, int):
            words[-1] += f" {part + 1}"
        elif part != "when" or not following:
            words.append(NAMES.get(part, part) if isinstance(following, int) else part)
    place = ", ".join(words)
    return place[:1].upper() + place[1:]


def _said(error: ValidationError) -> str:
    wanted, given = error.validator_value, error.instance
    properties = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
    sentences = {
        "type": lambda: f"has to be {_kinds(wanted)}.",
        "const": lambda: f"has to be {json.dumps(wanted)}, or be left out.",
        "enum": lambda: f"has to be one of {', '.join(map(str, wanted))}, and is {_short(given)}.",
        "required": lambda: f"lacks {', '.join(name for name in wanted if name not in given)}.",
        "additionalProperties": lambda: f"has {', '.join(_unknown(error))}, which nobody knows. Take it out.",
        "pattern": lambda: f"holds a character that it may not hold: {_short(given)}.",
        "minLength": lambda: "is empty.",
        "maxLength": lambda: f"has {len(given):,} characters. {wanted:,} is the most.",
        "minItems": lambda: f"has {len(given)} entries. {wanted} is the least.",
        "maxItems": lambda: f"has {len(given):,} entries. {wanted:,} is the most.",
        "uniqueItems": lambda: "says the same thing twice.",
        "minProperties": lambda: (
            "has to say either “all” or “any”." if "all" in properties else "is empty. Leave it out."
        ),
        "maxProperties": lambda: "says both “all” and “any”. Say one of them.",
        "minimum": lambda: f"is {given}. {wanted} is the least.",
        "maximum": lambda: f"is {given}. {wanted} is the most.",
        "anyOf": lambda: "has to be an option's code, a list of codes, or a whole number.",
    }
    return sentences[str(error.validator)]()


def _kinds(wanted: str | list[str]) -> str:
    names = {"object": "an object", "array": "a list", "string": "words", "boolean": "true or false"}
    names |= {"integer": "a whole number", "null": "null"}
    return " or ".join(names[kind] for kind in ([wanted] if isinstance(wanted, str) else wanted))


def _unknown(error: ValidationError) -> Iterator[str]:
    schema: Any = error.schema
    yield from (f"“{name[:60]}”" for name in error.instance if name not in schema["properties"])


def _short(given: Any) -> str:
    return json.dumps(given)[:80]
