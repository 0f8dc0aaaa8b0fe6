"""A whole questionnaire comes in from a file, with the wordings that the bank lacks: all of it or nothing."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from core.models import User
from surveys import runner, schema
from surveys.actions.document_languages import bring_in_languages
from surveys.content import wording_body
from surveys.enums import WordingStatus
from surveys.models import Condition, Item, Option, Question, Questionnaire, Section, Wording

THEME = "imported"

Body = Mapping[str, Any]


@transaction.atomic
def import_questionnaire(*, text: str, code: str = "", by: User | None = None) -> Questionnaire:
    """Take in the questionnaire that the JSON ``text`` holds, under ``code`` or else under the file's own.

    A wording that stands in the bank has to say there what it says in the file. One that the bank lacks is added, as
    the file's ``bank`` has it, or as a draft. What comes of checks of other languages says
    :func:`~surveys.actions.languages.take_in`.

    Raises:
        DocumentError: it is no such file, or something in it is wrong; nothing is taken in.
    """
    document = schema.read_json(text)
    faults = schema.questionnaire_faults(document) or runner.faults(document["instrument"])
    if faults:
        raise schema.DocumentError(faults)
    code = code or document["code"]
    wordings = {f"{wording.question.code}.{wording.version}": wording for wording in _standing(document)}
    faults = [*_faults_of_code(code), *_faults_of_wordings(document["instrument"], wordings)]
    if faults:
        raise schema.DocumentError(faults)
    _add_wordings(document, wordings)
    questionnaire = _build(code, document["instrument"], wordings)
    bring_in_languages(document=document, questionnaire=questionnaire, by=by)
    log(instance=questionnaire, action="wagtail.create", user=by, content_changed=True)
    return questionnaire


def _questions(body: Body) -> Iterator[tuple[str, Body]]:
    """Go through the questions, each with how a sentence names it."""
    for number, section in enumerate(body["sections"], start=1):
        for place, item in enumerate(section["items"], start=1):
            if item["kind"] != runner.INFORMATION:
                yield f"Section {number}, item {place} ({item['key']})", item


def _standing(document: Body) -> list[Wording]:
    codes = {item["question"] for _, item in _questions(document["instrument"])}
    found = Wording.objects.filter(question__code__in=codes).select_related("question").prefetch_related("options")
    return list(found)


def _faults_of_code(code: str) -> Iterator[str]:
    if Questionnaire.objects.filter(code=code).exists():
        yield f"A questionnaire with the code {code} stands already. Give this one another code."


def _faults_of_wordings(body: Body, standing: Mapping[str, Wording]) -> Iterator[str]:
    sensitive = {wording.question.code: wording.question.sensitive for wording in standing.values()}
    for name, item in _questions(body):
        code, wording = item["question"], standing.get(item["wording"])
        if item["key"] != code.lower():
            yield f"{name} has to have the key {code.lower()}, after its question {code}."
        if item["wording"].partition(".")[0] != code:
            yield f"{name} has the wording {item['wording']}, which is not one of the question {code}."
        if sensitive.get(code, item["sensitive"]) != item["sensitive"]:
            stands = "sensitive" if sensitive[code] else "not sensitive"
            yield f"{name}: {code} stands in the bank as {stands}. Say the same here."
        elif wording and any(item[said] != value for said, value in wording_body(wording).items()):
            yield (
                f"{name}: {item['wording']} stands in the bank with other words or options. Give these a version of "
                "their own."
            )


def _add_wordings(document: Body, wordings: dict[str, Wording]) -> None:
    known = {entry["wording"]: entry for entry in document.get("bank", [])}
    for _, item in _questions(document["instrument"]):
        if item["wording"] not in wordings:
            wordings[item["wording"]] = _add_wording(item, known.get(item["wording"], {}))


def _add_wording(item: Body, known: Body) -> Wording:
    question, _ = Question.objects.get_or_create(
        code=item["question"], defaults={"theme": known.get("theme", THEME), "sensitive": item["sensitive"]}
    )
    wording = Wording.objects.create(
        question=question,
        version=int(item["wording"].partition(".")[2]),
        text=item["text"],
        hint=item["hint"],
        kind=item["kind"],
        strands=item["strands"],
        status=known.get("status", WordingStatus.DRAFTED),
        confirmed=known.get("confirmed", False),
        source=known.get("source", ""),
        licence=known.get("licence", ""),
    )
    Option.objects.bulk_create(
        Option(wording=wording, order=order, **option) for order, option in enumerate(item["options"])
    )
    return wording


def _build(code: str, body: Body, wordings: Mapping[str, Wording]) -> Questionnaire:
    questionnaire = Questionnaire.objects.create(code=code, title=body["title"], introduction=body["introduction"])
    questions = {item["key"]: wordings[item["wording"]].question for _, item in _questions(body)}
    for order, section in enumerate(body["sections"]):
        row = Section.objects.create(
            questionnaire=questionnaire,
            title=section["title"],
            together=section.get("together", False),
            equality=section.get("part") == "equality",
            order=order,
        )
        for place, item in enumerate(section["items"]):
            _build_item(row, place, item, wordings, questions)
    return questionnaire


def _build_item(
    section: Section, order: int, item: Body, wordings: Mapping[str, Wording], questions: Mapping[str, Question]
) -> None:
    matching, conditions = next(iter(item.get("when", {}).items()), ("all", []))
    informs = item["kind"] == runner.INFORMATION
    row = Item.objects.create(
        section=section,
        order=order,
        wording=None if informs else wordings[item["wording"]],
        required=item.get("required", True),
        reason=item.get("reason", ""),
        ends_on=", ".join(item.get("ends_on", [])),
        information_title=item["title"] if informs else "",
        information=item["text"] if informs else "",
        matching=matching,
    )
    Condition.objects.bulk_create(
        Condition(
            item=row,
            question=questions[condition["item"]],
            operator=condition["operator"],
            value=_written(condition.get("value")),
        )
        for condition in conditions
    )


def _written(value: Any) -> str:
    """Return a condition's value as its field has it."""
    if value is None:
        return ""
    return ", ".join(value) if isinstance(value, list) else str(value)
