"""What a questionnaire asks, as the plain JSON that an instrument keeps."""

from collections.abc import Iterable, Mapping
from typing import Any

from surveys.models import Item, Option, Questionnaire, Section, Wording
from surveys.runner import INFORMATION

FORMAT = 2


def instrument_body(questionnaire: Questionnaire) -> dict[str, Any]:
    """Return the whole of a questionnaire. What is not so is not said: the same content has the same digest."""
    asked = items_of(questionnaire)
    informing = [item.pk for item in asked if item.wording is None]
    keys = {pk: f"info-{number}" for number, pk in enumerate(informing, start=1)}
    return {
        "format": FORMAT,
        "title": questionnaire.title,
        "introduction": questionnaire.introduction,
        "sections": [
            _section(section, [item for item in asked if item.section_id == section.pk], keys)
            for section in questionnaire.sections.order_by("order")
        ],
    }


def questionnaire_document(questionnaire: Questionnaire) -> dict[str, Any]:
    """Return a whole questionnaire as a file has it: what it asks, and where its wordings come from."""
    wordings = {item.wording.wording_id: item.wording for item in items_of(questionnaire) if item.wording}
    return {
        "code": questionnaire.code,
        "instrument": instrument_body(questionnaire),
        "bank": [_in_bank(wording) for _, wording in sorted(wordings.items())],
    }


def _in_bank(wording: Wording) -> dict[str, Any]:
    return {
        "wording": wording.wording_id,
        "theme": wording.question.theme,
        "status": wording.status,
        "confirmed": wording.confirmed,
        "source": wording.source,
        "licence": wording.licence,
    }


def items_of(questionnaire: Questionnaire) -> list[Item]:
    """Return the items in the order in which they are asked, with wording, question, options and conditions."""
    found = Item.objects.filter(section__questionnaire=questionnaire).select_related("section", "wording__question")
    found = found.prefetch_related("wording__options", "conditions__question")
    return list(found.order_by("section__order", "order"))


def _section(section: Section, items: Iterable[Item], keys: Mapping[int, str]) -> dict[str, Any]:
    return _said(
        title=section.title,
        together=section.together,
        part="equality" if section.equality else "",
        items=[_question(item) if item.wording else _information(item, keys[item.pk]) for item in items],
    )


def _information(item: Item, key: str) -> dict[str, Any]:
    return {
        "key": key,
        "kind": INFORMATION,
        "title": item.information_title,
        "text": item.information,
    } | _said(when=_when(item))


def _question(item: Item) -> dict[str, Any]:
    wording = item.wording
    assert wording is not None  # noqa: S101  (the caller looked; this tells mypy)
    return {
        "key": wording.question.code.lower(),
        "question": wording.question.code,
        "wording": wording.wording_id,
        "required": item.required,
        **wording_body(wording),
    } | _said(reason=item.reason, ends_on=item.ending_codes, when=_when(item))


def wording_body(wording: Wording) -> dict[str, Any]:
    """Return what a wording says, as an instrument has it."""
    return {
        "text": wording.text,
        "hint": wording.hint,
        "kind": wording.kind,
        "sensitive": wording.question.sensitive,
        "strands": wording.strands,
        "options": [_option(option) for option in wording.options.all()],
    }


def _option(option: Option) -> dict[str, Any]:
    said = {"code": option.code, "label": option.label, "score": option.score, "exclusive": option.exclusive}
    return said | _said(other=option.other)


def _when(item: Item) -> dict[str, Any]:
    conditions = [
        {"item": condition.question.code.lower(), "operator": condition.operator}
        | ({} if condition.compared_with is None else {"value": condition.compared_with})
        for condition in item.conditions.all()
    ]
    ordered = sorted(conditions, key=lambda condition: [str(part) for part in condition.values()])
    return {item.matching: ordered} if ordered else {}


def _said(**values: Any) -> dict[str, Any]:
    """Return what is so: nothing is said of what is empty or false."""
    return {name: value for name, value in values.items() if value}
