"""Writing words in another language, and recording that a speaker checked them."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from core.models import Organisation, User
from surveys.models.translations import FROZEN_WORDS, LanguageVersion

MAY_CHECK = "surveys.check_translation"
CHANGED = (
    "The words changed after this page was shown to you, so nothing is recorded. The page now shows the words as they "
    "are: read them again."
)
CHECKED_ALREADY = "These words have been recorded as checked already, so nothing more is recorded."
HOLES = "Some words are not written yet, so nothing is recorded. Write what is missing first: {names}."
OWN_WORDS = "You typed these words yourself, so somebody else records that they are right: {names}."


@transaction.atomic
def write_words(
    *,
    version: LanguageVersion,
    words: Mapping[str, str],
    by: User | None = None,
    translated_by: Organisation | None = None,
) -> int:
    """Keep ``words`` (name of a piece -> what is written, empty to take it away) in a version; return how many changed.

    Raises:
        ValidationError: a wave that has opened asks these words.
    """
    stored = _locked(version)
    changed = {
        name: said for name, said in words.items() if name in stored.english and said != stored.written.get(name)
    }
    changed = {name: said for name, said in changed.items() if said or stored.words.get(name)}
    if not changed:
        return 0
    if stored.is_frozen():
        raise ValidationError(FROZEN_WORDS, code="frozen")
    stored.words = {name: said for name, said in {**stored.words, **changed}.items() if said}
    stored.made_of = {**stored.made_of, **{name: stored.english[name] for name in changed}}
    stored.translated_by = translated_by or stored.translated_by
    stored.save()
    if by is not None:
        stored.typed_by.add(by)
    return len(changed)


def _locked(version: LanguageVersion) -> LanguageVersion:
    """Return the stored row of ``version``, locked; it is made where there is none."""
    rows = type(version).objects
    named: dict[str, Any] = {version.owner: version.original, "language": version.language}
    rows.get_or_create(**named)
    return rows.select_for_update(of=("self",)).select_related(version.owner).get(**named)


def digest_of(versions: Iterable[LanguageVersion]) -> str:
    """Return the SHA-256 of several versions' words, in hexadecimal: what a speaker reads on one page."""
    return hashlib.sha256("".join(version.digest for version in versions).encode()).hexdigest()


@transaction.atomic
def record_check(
    *, versions: Sequence[LanguageVersion], digest: str, organisation: Organisation, by: User
) -> list[LanguageVersion]:
    """Record that a speaker from ``organisation`` found the words of ``versions`` right: those that ``digest`` names.

    Nobody records what they typed themselves: such versions are left for somebody else, and returned.

    Raises:
        ValidationError: the words are no longer those, some are missing, or there is nothing left to record.
    """
    # Locked before they are compared: what somebody writes at this moment is never recorded as read by the speaker.
    versions = [_locked(version) for version in versions]
    if digest != digest_of(versions):
        raise ValidationError(CHANGED)
    holes = [version.name for version in versions if version.holes]
    if holes:
        raise ValidationError(HOLES.format(names=", ".join(holes)))
    unchecked = [version for version in versions if not version.is_checked]
    if not unchecked:
        raise ValidationError(CHECKED_ALREADY)
    own = [version for version in unchecked if version.typed_by.filter(pk=by.pk).exists()]
    if len(own) == len(unchecked):
        raise ValidationError(OWN_WORDS.format(names=", ".join(version.name for version in own)))
    for version in unchecked:
        if version not in own:
            _record(version, organisation, by, timezone.localdate())
            log(instance=version, action="surveys.check_words", user=by)
    return own


def _record(version: LanguageVersion, organisation: Organisation | None, by: User | None, day: date) -> None:
    version.checked_by, version.recorded_by, version.checked_on = organisation, by, day
    version.check_digest = version.digest
    version.save()


@transaction.atomic
def withdraw_check(*, version: LanguageVersion, by: User) -> None:
    """Take the check of a version back. The log keeps what it said; a wave that has opened goes on as it is."""
    version = _locked(version)
    said = {"organisation": str(version.checked_by), "on": version.checked_on.isoformat() if version.checked_on else ""}
    log(instance=version, action="surveys.withdraw_words_check", user=by, data=said)
    version.checked_by, version.recorded_by, version.checked_on, version.check_digest = None, None, None, ""
    version.save()


@dataclass(frozen=True, kw_only=True)
class FileVersion:
    """A version as a file has it: its words by the names of their pieces, and who wrote and checked them."""

    words: Mapping[str, str] = field(default_factory=dict)
    translated_by: Organisation | None = None
    checked_by: Organisation | None = None
    checked_on: date | None = None


@transaction.atomic
def take_in(*, version: LanguageVersion, found: FileVersion, by: User | None) -> bool:
    """Take a version in from a file that ``by`` brings in, or the site itself; tell whether anything changed.

    A check in the file counts where whoever brings it in may record checks. From others the words come in and wait for
    a language checker, unless the very same words stand here checked.

    Raises:
        ValidationError: a wave that has opened asks other words.
    """
    changed = write_words(version=version, words=found.words, translated_by=found.translated_by, by=by)
    stored = _locked(version)
    if stored.is_checked or stored.holes:
        return bool(changed)
    known = type(version).objects.filter(language=stored.language, check_digest=stored.digest).first()
    if known is not None:
        _record(stored, known.checked_by, known.recorded_by, known.checked_on or timezone.localdate())
    elif found.checked_on and (by is None or by.has_perm(MAY_CHECK)):
        _record(stored, found.checked_by, None, found.checked_on)
    return bool(changed) or stored.is_checked
