"""Two waves' instruments compared in words: what is the same, what changed, and what that does to a comparison.

Pure functions on what was asked. The trends of the indicators break by themselves where the wording, the population,
the sample or the set of ways to answer changed (``indicators.direction.is_break``); the other differences named here
can move answers too, and whether a figure may still be compared across them is the analyst's to judge.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from django.utils.translation import get_language_info

from surveys.enums import Kind, Operator
from surveys.runner import ENGLISH, INFORMATION

Body = Mapping[str, Any]


class Effect(StrEnum):
    """What a difference does to a comparison of the two waves."""

    BREAK = "break in the series"
    CARE = "can move answers"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was asked in one wave, of whom and how; ``modes`` and ``sample_types`` are those of its collectors."""

    body: Body
    kind: str
    population: str
    modes: frozenset[str]
    sample_types: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One difference in a sentence, and why it matters. ``about`` is a question's key; empty for the whole wave."""

    about: str
    what: str
    why: str
    effect: Effect = Effect.BREAK


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """All differences, those of the whole wave first, and the questions that were asked alike."""

    differences: tuple[Difference, ...]
    alike: tuple[str, ...]

    @property
    def breaks(self) -> tuple[Difference, ...]:
        """The differences over which no figure may be compared."""
        return tuple(one for one in self.differences if one.effect == Effect.BREAK)

    @property
    def cares(self) -> tuple[Difference, ...]:
        """The differences that can move answers all the same."""
        return tuple(one for one in self.differences if one.effect == Effect.CARE)


def compare(earlier: Asked, later: Asked) -> Comparison:
    """Return what differs between two waves, and which questions were asked alike.

    A difference of the whole wave breaks the comparison of every question; ``alike`` says only how they were asked.
    """
    of_items = tuple(_of_items(earlier.body, later.body))
    touched = {one.about for one in of_items}
    return Comparison(
        differences=(*_of_waves(earlier, later), *_of_frame(earlier.body, later.body), *of_items),
        alike=tuple(item["question"] for key, item in _questions(later.body).items() if key not in touched),
    )


def changed_items(earlier: Body, later: Body) -> frozenset[str]:
    """Return the keys of the questions that the two instruments do not ask alike, or that one of them lacks."""
    return frozenset(one.about for one in _of_items(earlier, later))


def _questions(body: Body) -> dict[str, Mapping[str, Any]]:
    items = (item for section in body["sections"] for item in section["items"])
    return {item["key"]: item for item in items if item["kind"] != INFORMATION}


def _of_waves(earlier: Asked, later: Asked) -> Iterator[Difference]:
    if earlier.kind != later.kind:
        yield _break(
            "", f"The kind was {earlier.kind} and is {later.kind}.", "A pilot tries questions out and joins no trend."
        )
    if earlier.population != later.population:
        yield _break(
            "",
            f"The population was “{earlier.population}” and is “{later.population}”.",
            "The shares describe other people.",
        )
    if earlier.modes != later.modes:
        yield _break(
            "",
            f"People answered {_listed(earlier.modes)}, and now {_listed(later.modes)}.",
            "The same people answer otherwise on paper, on a screen and to a person.",
        )
    if earlier.sample_types != later.sample_types:
        yield _break(
            "",
            f"The sample was {_listed(earlier.sample_types)} and is {_listed(later.sample_types)}.",
            "Those who choose to answer are other people than those whom chance chose.",
        )


def _of_frame(earlier: Body, later: Body) -> Iterator[Difference]:
    """Compare what stands around the questions."""
    for name, label in (("title", "The title"), ("introduction", "The introduction")):
        if earlier[name] != later[name]:
            yield _care("", f"{label} changed from “{earlier[name]}” to “{later[name]}”.", "It is read first.")
    if _informing(earlier) != _informing(later):
        yield _care("", "The pages of information changed.", "What people read before a question can move its answers.")
    before, after = set(_languages(earlier)), set(_languages(later))
    if before != after:
        said = f"It was offered in {_named({ENGLISH, *before})}, and is in {_named({ENGLISH, *after})}."
        yield _care("", said, "People who could not read it before can answer, or no longer can.")


def _informing(body: Body) -> list[Mapping[str, Any]]:
    return [item for section in body["sections"] for item in section["items"] if item["kind"] == INFORMATION]


def _of_items(earlier: Body, later: Body) -> Iterator[Difference]:
    before, after = _questions(earlier), _questions(later)
    for key, item in before.items():
        if key not in after:
            yield _break(key, f"{item['question']} is no longer asked.", "There is nothing to compare it with.")
    for key, item in after.items():
        if key not in before:
            yield _break(key, f"{item['question']} is new.", "There is nothing to compare it with.")
        else:
            yield from _of_item(before[key], item)
            yield from _of_translations(item, earlier, later)
    yield from _of_order(earlier, later)


def _of_item(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    key, name = after["key"], after["question"]
    if before["wording"] != after["wording"]:
        yield _break(
            key, f"{name} was asked as {before['wording']} and is as {after['wording']}.", "It is another wording."
        )
    if before["text"] != after["text"]:
        yield _break(key, f"{name} was “{before['text']}” and is “{after['text']}”.", "Other words, other answers.")
    if before["hint"] != after["hint"]:
        yield _break(
            key, f"The hint of {name} was “{before['hint']}” and is “{after['hint']}”.", "It is read with the question."
        )
    if before["kind"] != after["kind"]:
        labels = dict(Kind.choices)
        said = f"{name} was answered as {labels[before['kind']].lower()} and is as {labels[after['kind']].lower()}."
        yield _break(key, said, "The answers cannot be counted alike.")
    yield from _of_options(before, after)
    yield from _of_asking(before, after)


def _of_options(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    key, name = after["key"], after["question"]
    old = {option["code"]: option for option in before["options"]}
    new = {option["code"]: option for option in after["options"]}
    for code in [code for code in old if code not in new]:
        yield _break(key, f"{name} lost the option “{old[code]['label']}”.", "Who would choose it chooses another.")
    for code in [code for code in new if code not in old]:
        yield _break(key, f"{name} has the new option “{new[code]['label']}”.", "It takes answers from the others.")
    kept = [code for code in old if code in new]
    for code in kept:
        yield from _of_option(name, key, old[code], new[code])
    if kept != [code for code in new if code in old]:
        yield _break(key, f"The options of {name} stand in another order.", "What stands first is chosen more often.")


def _of_option(name: str, key: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    label = new["label"]
    if old["label"] != label:
        yield _break(key, f"An option of {name} was “{old['label']}” and is “{label}”.", "Other words, other answers.")
    if old["score"] != new["score"]:
        said = f"The score of “{label}” in {name} was {_score(old['score'])} and is {_score(new['score'])}."
        yield _break(key, said, "Averages are made of other numbers.")
    if old["exclusive"] != new["exclusive"]:
        can = "only alone" if new["exclusive"] else "with others"
        yield _break(key, f"“{label}” in {name} can now be chosen {can}.", "It goes together with other answers.")
    if bool(old.get("other")) != bool(new.get("other")):
        beside = "has a box beside it" if new.get("other") else "has no box beside it any more"
        yield _break(key, f"“{label}” in {name} {beside}.", "A box invites people to choose it.")


def _of_asking(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    """Compare of whom an item is asked, and how firmly."""
    key, name = after["key"], after["question"]
    if before["required"] != after["required"]:
        can = "has to be answered" if after["required"] else "can be left out"
        yield _break(key, f"{name} now {can}.", "The base is made of other people.")
    if before.get("when", {}) != after.get("when", {}):
        said = f"{name} was asked {_in_words(before)}, and is {_in_words(after)}."
        yield _break(key, said, "The base is made of other people.")
    if before.get("ends_on", []) != after.get("ends_on", []):
        yield _break(key, f"{name} ends the survey for other people than before.", "Other people come to the end.")
    if before.get("reason", "") != after.get("reason", ""):
        yield _care(key, f"The reason given with {name} changed.", "It is read with the question.")


def _of_translations(item: Mapping[str, Any], earlier: Body, later: Body) -> Iterator[Difference]:
    before, after = _languages(earlier), _languages(later)
    for code in sorted(before.keys() & after.keys()):
        words = [language[code].get("items", {}).get(item["key"]) for language in (before, after)]
        if words[0] != words[1]:
            yield _break(
                item["key"],
                f"The words of {item['question']} changed in the language {code}.",
                "It is another wording.",
            )


def _languages(body: Body) -> Mapping[str, Any]:
    return body.get("translations", {})


def _of_order(earlier: Body, later: Body) -> Iterator[Difference]:
    """Name the questions that moved past others, and those that changed their part."""
    old, new = _questions(earlier), _questions(later)
    before, after = [key for key in old if key in new], [key for key in new if key in old]
    stayed = {
        key
        for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
        for key in before[block.a : block.a + block.size]
    }
    parts = _parts(earlier), _parts(later)
    for key in after:
        name = new[key]["question"]
        if key not in stayed:
            yield _break(
                key, f"{name} is asked at another place.", "The questions before it set the mind on something."
            )
        if parts[0][key] != parts[1][key]:
            yield _break(key, f"{name} moved between the main and the equality questions.", "Other people answer it.")


def _parts(body: Body) -> dict[str, str]:
    return {item["key"]: section.get("part", "") for section in body["sections"] for item in section["items"]}


def _in_words(item: Mapping[str, Any]) -> str:
    if not item.get("when"):
        return "of everybody"
    ((mode, conditions),) = item["when"].items()
    said = [
        f"{one['item'].upper()} {Operator(one['operator']).label} {_value(one.get('value'))}".rstrip()
        for one in conditions
    ]
    return f"if {(' and ' if mode == 'all' else ' or ').join(said)}"


def _value(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else "" if value is None else str(value)


def _score(score: int | None) -> str:
    return "none" if score is None else str(score)


def _named(codes: set[str]) -> str:
    return _listed(get_language_info(code)["name"] for code in codes)


def _listed(words: Any) -> str:
    return " and ".join(sorted(words)) or "nothing"


def _break(about: str, what: str, why: str) -> Difference:
    return Difference(about=about, what=what, why=why)


def _care(about: str, what: str, why: str) -> Difference:
    return Difference(about=about, what=what, why=why, effect=Effect.CARE)
