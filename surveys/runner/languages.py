"""An instrument in another language: its words laid over the English ones, code for code.

The overlay stands in the instrument's ``translations``, a language each. Keys, codes, scores and conditions are the
instrument's own: in whichever language somebody answers, they give the same answers.
"""

from collections.abc import Iterator, Mapping
from typing import Any

ENGLISH = "en"

Body = Mapping[str, Any]


def spoken(body: Body, language: str) -> str:
    """Return ``language`` where the instrument speaks it, and otherwise English."""
    return language if language in body.get("translations", {}) else ENGLISH


def in_language(body: Body, language: str) -> Body:
    """Return the instrument with its words in ``language``; as it is where it does not speak that."""
    said = body.get("translations", {}).get(language)
    if said is None:
        return body
    sections = [
        {**section, "title": title, "items": [_item_in(item, said["items"][item["key"]]) for item in section["items"]]}
        for section, title in zip(body["sections"], said["sections"], strict=True)
    ]
    return {**body, "title": said["title"], "introduction": said["introduction"], "sections": sections}


def _item_in(item: Body, said: Body) -> Body:
    labels = said.get("options", {})
    options = [{**option, "label": labels[option["code"]]} for option in item.get("options", ())]
    words = {name: said[name] for name in ("text", "hint", "reason", "title") if name in said}
    return {**item, **words, **({"options": options} if options else {})}


def faults_of_translations(body: Body) -> Iterator[str]:
    """Yield a sentence for each place where a language says more or less than the English."""
    for language, said in sorted(body.get("translations", {}).items()):
        name = f"In {language}"
        titles, sections = said["sections"], body["sections"]
        if len(titles) != len(sections):
            yield f"{name} there are {len(titles)} titles for {len(sections)} sections. Give each one."
        if bool(said["introduction"]) != bool(body["introduction"]):
            yield f"{name} the introduction stands alone. Write it in both languages, or in neither."
        items = {item["key"]: item for section in sections for item in section["items"]}
        yield from (f"{name} {key} is missing. Translate it." for key in items if key not in said["items"])
        yield from (
            f"{name} there is {key}, which is not asked. Take it out." for key in said["items"] if key not in items
        )
        for key, words in said["items"].items():
            if key in items:
                yield from _faults_of_item(f"{name} {key}", items[key], words)


def _faults_of_item(name: str, item: Body, said: Body) -> Iterator[str]:
    for part in ("text", "hint", "reason", "title"):
        if bool(item.get(part)) != bool(said.get(part)):
            yield f"{name} has its {part} in one language alone. Write it in both, or in neither."
    codes, labels = {option["code"] for option in item.get("options", ())}, said.get("options", {})
    yield from (f"{name} lacks the option {code}. Translate it." for code in sorted(codes - labels.keys()))
    yield from (
        f"{name} has the option {code}, which is not offered. Take it out." for code in sorted(labels.keys() - codes)
    )
