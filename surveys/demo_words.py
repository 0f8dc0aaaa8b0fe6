"""The demonstration survey in other languages: typed, checked by no speaker, and so shown to nobody but staff."""

import json
from collections.abc import Iterator, Mapping

from django.core.management.base import CommandError

from surveys import actions
from surveys.content import items_of, notice_version, versions_in
from surveys.models import Questionnaire, Survey
from surveys.models.translations import LanguageVersion
from surveys.schema import DATA

FILE = DATA / "demo_words.json"


def write(*, survey: Survey, questionnaire: Questionnaire) -> None:
    """Write the words of the file for ``survey`` and ``questionnaire``, where it has all and nobody has written any."""
    for version, words in _versions(questionnaire, survey):
        if version.pk is None and words.keys() == version.english.keys():
            actions.write_words(version=version, words=words)


def forget(*, questionnaire: Questionnaire) -> None:
    """Delete what :func:`write` wrote; words that somebody changed or checked are theirs, and stay."""
    for version, words in _versions(questionnaire):
        if version.pk is not None and version.words == words and not version.check_digest and not version.is_frozen():
            version.delete()


def _versions(questionnaire: Questionnaire, *surveys: Survey) -> Iterator[tuple[LanguageVersion, Mapping[str, str]]]:
    asked = items_of(questionnaire)
    for code, known in _typed().items():
        notices = [notice_version(survey, code) for survey in surveys]
        for version in [*notices, *versions_in(code, questionnaire, asked)]:
            yield version, {name: known[english] for name, english in version.english.items() if english in known}


def _typed() -> Mapping[str, Mapping[str, str]]:
    try:
        return json.loads(FILE.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"The demonstration file {FILE.name} is damaged. Fetch surveys/data again.") from error
