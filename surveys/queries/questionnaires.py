"""What keeps a questionnaire from being asked, and which of its words are to be piloted first."""

from collections.abc import Iterator

from surveys import runner
from surveys.content import instrument_body, items_of, versions_in
from surveys.enums import WordingStatus
from surveys.models import Item, Questionnaire
from surveys.models.translations import LanguageVersion
from surveys.schema import shape_faults


def drafted_items(questionnaire: Questionnaire) -> list[Item]:
    """Return the items whose words should be piloted first."""
    return [item for item in items_of(questionnaire) if _is_draft(item)]


def _is_draft(item: Item) -> bool:
    wording = item.wording
    return wording is not None and not wording.confirmed and wording.status == WordingStatus.DRAFTED


def faults_of_questionnaire(questionnaire: Questionnaire) -> list[str]:
    """Return a sentence for each thing in a questionnaire that keeps a wave with it from opening."""
    asked = items_of(questionnaire)
    if not any(item.wording for item in asked):
        return ["The questionnaire has no questions. Add at least one."]
    body = instrument_body(questionnaire)
    return [
        *(fault for item in asked for fault in _faults_of_item(item)),
        *(runner.faults(body) or shape_faults(body)),
        *_faults_of_languages(questionnaire, asked),
    ]


def _faults_of_languages(questionnaire: Questionnaire, asked: list[Item]) -> Iterator[str]:
    for code in questionnaire.languages[1:]:
        for version in versions_in(code, questionnaire, asked):
            yield from faults_of_version(version)


def faults_of_version(version: LanguageVersion) -> Iterator[str]:
    """Go through what keeps a version in a language that is offered from being shown: one sentence, with its mend."""
    language = f"{version.language_name}, which is offered"
    if version.is_checked:
        return
    if not version.words:
        yield f"{version.name} is not written in {language}. Write it, and let a speaker check it."
    elif version.holes:
        yield f"{version.name} is not whole in {language}. Write what is missing, and let a speaker check it."
    else:
        yield f"{version.name} has not been checked in {language}. A language checker records that it is right."


def _faults_of_item(item: Item) -> list[str]:
    wording = item.wording
    if wording is None:
        return []
    name = wording.question.code
    faults = [
        f"{name} has an option still to be filled in: {option.label}. Make a new version of its wording."
        for option in wording.options.all()
        if option.label.startswith("[")
    ]
    if wording.question.sensitive and item.required:
        faults.append(f"{name} is sensitive, so people have to be able to leave it out. Untick Required.")
    return faults
