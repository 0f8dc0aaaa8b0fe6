"""The words of a questionnaire's file in other languages come in with it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from core.languages.addresses import other_codes
from core.models import Organisation, User
from surveys.actions.languages import FileVersion, take_in
from surveys.content import items_of, overlay, versions_in, words_of_overlay
from surveys.models import Questionnaire
from surveys.models.translations import LanguageVersion
from surveys.schema import DocumentError

TWO_WAYS = (
    "In {code} the file says the same English in two ways, or says something else under “translations” than under "
    "“languages”. Say it in one way."
)

Body = Mapping[str, Any]


def bring_in_languages(*, document: Body, questionnaire: Questionnaire, by: User | None) -> None:
    """Give ``questionnaire``, just made of ``document``, the words that the file has in other languages.

    Raises:
        DocumentError: some of them are wrong, a sentence for each.
    """
    languages = _languages(document)
    faults = [*_faults_of_codes(languages), *_faults_of_organisations(languages)]
    if faults:
        raise DocumentError(faults)
    questionnaire.offered = [code for code, found in languages.items() if found["offered"]]
    questionnaire.save()
    asked = items_of(questionnaire)
    for code, found in languages.items():
        own, *wordings = versions_in(code, questionnaire, asked)
        _take_in(own, found["own"], "own", by=by)
        for version in wordings:
            _take_in(version, found["wordings"].get(version.name, {"words": {}}), version.name, by=by)
    body, asked = document["instrument"], items_of(questionnaire)
    for code, said in body.get("translations", {}).items():
        if overlay(body, versions_in(code, questionnaire, asked)) != said:
            raise DocumentError([TWO_WAYS.format(code=code)])


def _languages(document: Body) -> dict[str, Any]:
    """Return what the file says in other languages; an instrument's own words stand for what it does not tell apart."""
    body = document["instrument"]
    today = timezone.localdate().isoformat()
    checked = {code: words_of_overlay(body, code) for code in body.get("translations", {})}
    for found in checked.values():
        for version in (found["own"], *found["wordings"].values()):
            version["checked_on"] = today
    return checked | document.get("languages", {})


def _faults_of_codes(languages: Body) -> Iterator[str]:
    for code in languages:
        if code not in other_codes():
            yield f"The file has words in “{code}”, which this site does not speak. Take them out."


def _faults_of_organisations(languages: Body) -> Iterator[str]:
    versions = [version for found in languages.values() for version in (found["own"], *found["wordings"].values())]
    names = {version.get(by, "") for version in versions for by in ("translated_by", "checked_by")} - {""}
    known = set(Organisation.objects.filter(name__in=names).values_list("name", flat=True))
    for name in sorted(names - known):
        yield f"The organisation “{name}” is not known here. Ask a coordinator to add it, or take it out of the file."
    for version in versions:
        if version.get("checked_on") and _day(version["checked_on"]) is None:
            yield f"“{version['checked_on']}” is no day. Give one such as 2026-05-31."


def _take_in(version: LanguageVersion, found: Body, name: str, *, by: User | None) -> None:
    unknown = found["words"].keys() - version.english.keys()
    if unknown:
        raise DocumentError(
            [f"In {version.language}, {name} has words for “{min(unknown)[:60]}”, which it does not say."]
        )
    if not found["words"]:
        return
    try:
        take_in(
            version=version,
            by=by,
            found=FileVersion(
                words=found["words"],
                translated_by=_organisation(found.get("translated_by", "")),
                checked_by=_organisation(found.get("checked_by", "")),
                checked_on=_day(found.get("checked_on", "")),
            ),
        )
    except ValidationError as refused:
        raise DocumentError([f"{version}: {refused.messages[0]}"]) from refused


def _organisation(name: str) -> Organisation | None:
    return Organisation.objects.filter(name=name).first() if name else None


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None
