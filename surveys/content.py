"""What a questionnaire asks, as the plain JSON that an instrument keeps."""

from collections.abc import Iterable, Mapping
from typing import Any

from core.languages.addresses import other_codes
from surveys.models import (
    Item,
    Option,
    Questionnaire,
    QuestionnaireTranslation,
    Section,
    Survey,
    SurveyTranslation,
    Wording,
    WordingTranslation,
)
from surveys.models.translations import LanguageVersion
from surveys.runner import INFORMATION

FORMAT = 2


def instrument_body(questionnaire: Questionnaire) -> dict[str, Any]:
    """Return the whole of a questionnaire, in English and in each language that it offers and a speaker has checked.

    What is not so is not said: the same content has the same digest.
    """
    asked = items_of(questionnaire)
    body = english_body(questionnaire, asked)
    versions = {code: versions_in(code, questionnaire, asked) for code in questionnaire.languages[1:]}
    checked = {code: found for code, found in versions.items() if all(version.is_checked for version in found)}
    return body | _said(translations={code: overlay(body, found) for code, found in checked.items()})


def preview_body(questionnaire: Questionnaire, language: str) -> dict[str, Any]:
    """Return what a questionnaire would ask in ``language`` as it is written now, checked or not; English in its holes.

    For staff alone: an instrument takes only what is whole and checked.
    """
    asked = items_of(questionnaire)
    body = english_body(questionnaire, asked)
    if language not in other_codes():
        return body
    return body | {"translations": {language: overlay(body, versions_in(language, questionnaire, asked))}}


def english_body(questionnaire: Questionnaire, asked: Iterable[Item]) -> dict[str, Any]:
    """Return the whole of a questionnaire in English alone; ``asked`` are its items."""
    asked = list(asked)
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
    asked = items_of(questionnaire)
    wordings = {item.wording.wording_id: item.wording for item in asked if item.wording}
    written = {code: versions_in(code, questionnaire, asked) for code in other_codes()}
    return {
        "code": questionnaire.code,
        "instrument": instrument_body(questionnaire),
        "bank": [_in_bank(wording) for _, wording in sorted(wordings.items())],
    } | _said(
        languages={
            code: _language(versions, offered=code in questionnaire.languages)
            for code, versions in written.items()
            if code in questionnaire.languages or any(version.written for version in versions)
        }
    )


def _language(versions: list[LanguageVersion], *, offered: bool) -> dict[str, Any]:
    own, *wordings = versions
    return {
        "offered": offered,
        "own": _version(own),
        "wordings": {version.name: _version(version) for version in wordings if version.written},
    }


def _version(version: LanguageVersion) -> dict[str, Any]:
    """Return a language version as a file has it: its words, and who wrote and checked them."""
    checked = version.is_checked
    return {"words": version.written} | _said(
        translated_by=str(version.translated_by or ""),
        checked_by=str(version.checked_by or "") if checked else "",
        checked_on=version.checked_on.isoformat() if checked and version.checked_on else "",
    )


def words_of_overlay(body: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return what an instrument says in ``language``, as a questionnaire's file has it under ``languages``.

    The words are whole and checked, or they would not stand in an instrument; by whom, an instrument does not say.
    """
    said = body["translations"][language]
    own = {body["title"]: said["title"], body["introduction"]: said["introduction"]}
    own |= {section["title"]: title for section, title in zip(body["sections"], said["sections"], strict=True)}
    wordings = {}
    for item in (item for section in body["sections"] for item in section["items"]):
        there = said["items"][item["key"]]
        own |= {item[name]: there[name] for name in ("title", "reason") if name in item}
        if item["kind"] == INFORMATION:
            own[item["text"]] = there["text"]
        else:
            labels = {f"option-{code}": label for code, label in there.get("options", {}).items()}
            hint = _said(hint=there.get("hint", ""))
            wordings[item["wording"]] = {"words": {"text": there["text"], **hint, **labels}}
    own.pop("", None)
    return {"offered": True, "own": {"words": own}, "wordings": wordings}


def versions_in(language: str, questionnaire: Questionnaire, asked: Iterable[Item]) -> list[LanguageVersion]:
    """Return what a questionnaire needs in ``language``: its own words, then each wording's; some may be empty."""
    own = questionnaire.translations.filter(language=language).first()
    wordings = {item.wording.pk: item.wording for item in asked if item.wording}
    return [
        own or QuestionnaireTranslation(questionnaire=questionnaire, language=language),
        *(version_of(wording, language) for wording in wordings.values()),
    ]


def version_of(wording: Wording, language: str) -> WordingTranslation:
    """Return a wording in ``language``; an empty version, not stored, where there is none yet."""
    found = (version for version in wording.translations.all() if version.language == language)
    return next(found, None) or WordingTranslation(wording=wording, language=language)


def notice_version(survey: Survey, language: str) -> SurveyTranslation:
    """Return what a survey says in ``language``; an empty version, not stored, where there is none yet."""
    found = (version for version in survey.translations.all() if version.language == language)
    return next(found, None) or SurveyTranslation(survey=survey, language=language)


def overlay(body: Mapping[str, Any], versions: Iterable[LanguageVersion]) -> dict[str, Any]:
    """Return what ``versions`` say, as an instrument has it beside its English; English stands in their holes."""
    own, *wordings = versions
    said = own.english | own.written
    of_wording = {version.name: version.english | version.written for version in wordings}
    return {
        "title": said[body["title"]],
        "introduction": said.get(body["introduction"], ""),
        "sections": [said[section["title"]] for section in body["sections"]],
        "items": {
            item["key"]: _item_in(item, said, of_wording.get(item.get("wording", ""), {}))
            for section in body["sections"]
            for item in section["items"]
        },
    }


def _item_in(item: Mapping[str, Any], own: Mapping[str, str], words: Mapping[str, str]) -> dict[str, Any]:
    if item["kind"] == INFORMATION:
        return {"title": own[item["title"]], "text": own[item["text"]]}
    return {"text": words["text"]} | _said(
        hint=words.get("hint", ""),
        reason=own[item["reason"]] if item.get("reason") else "",
        options={option["code"]: words[f"option-{option['code']}"] for option in item["options"]},
    )


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
    found = found.prefetch_related("wording__options", "wording__translations", "conditions__question")
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
