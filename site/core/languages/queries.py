"""The words of the site in its languages, and which have been checked by somebody who speaks the language."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path, PurePosixPath

import polib
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_info

from core.languages.addresses import english_here, other_codes, spoken
from core.languages.models import CatalogueCheck


def catalogue(code: str) -> Path:
    """Return the file of the words of the site in the language ``code``."""
    return Path(settings.LOCALE_PATHS[0]) / code / "LC_MESSAGES" / "django.po"


@lru_cache(maxsize=64)
def _digest(path: Path, _changed: float) -> str:
    return sha256(path.read_bytes()).hexdigest()


def catalogue_digest(code: str) -> str:
    """Return the SHA-256 of a language's catalogue in hexadecimal; empty where there is none."""
    path = catalogue(code)
    return _digest(path, path.stat().st_mtime) if path.exists() else ""


def check_of(code: str) -> CatalogueCheck | None:
    """Return the check that speaks for the words as they are now; None where there is none."""
    digest = catalogue_digest(code)
    return CatalogueCheck.objects.filter(language=code, digest=digest).first() if digest else None


def is_checked(code: str, request: HttpRequest | None = None) -> bool:
    """Tell whether the words of the site in ``code`` have been checked as they are; English needs no check.

    One query a request at most, and none for English.
    """
    if code == settings.LANGUAGE_CODE:
        return True
    known: dict[str, bool] = {} if request is None else request.__dict__.setdefault("checked_languages", {})
    if code not in known:
        known[code] = check_of(code) is not None
    return known[code]


@contextmanager
def checked_words(request: HttpRequest | None = None) -> Iterator[None]:
    """Speak English unless the words of the language shown have been checked, as ``{% checked_words %}`` draws.

    A view whose template draws so prepares its words in here: labels, headings and errors are then in one language.
    """
    if is_checked(spoken(), request):
        yield
        return
    with english_here():
        yield


@dataclass(frozen=True, kw_only=True)
class Word:
    """One English text and its translation: several lines where the language counts (one, few, many)."""

    english: tuple[str, ...]
    translation: tuple[str, ...]
    places: tuple[str, ...]


@lru_cache(maxsize=8)
def _words(path: Path, _digest: str) -> tuple[Word, ...]:
    return tuple(_word(entry) for entry in polib.pofile(str(path)) if not entry.obsolete)


def _word(entry: polib.POEntry) -> Word:
    several = [text for _, text in sorted(entry.msgstr_plural.items())]
    return Word(
        english=tuple(filter(None, (entry.msgid, entry.msgid_plural))),
        translation=tuple(several or [entry.msgstr]),
        places=tuple(_place(file) for file, _ in entry.occurrences),
    )


def _place(file: str) -> str:
    """Return where a word is used, for people: "templates/surveys/step.html" -> "surveys/step"."""
    path = PurePosixPath(file)
    return path.relative_to("templates").with_suffix("").as_posix() if path.parts[0] == "templates" else path.as_posix()


def words_of(code: str) -> tuple[Word, ...]:
    """Return the words of the site in the language ``code`` in the order of its catalogue; none where there is none."""
    digest = catalogue_digest(code)
    return _words(catalogue(code), digest) if digest else ()


def containing(words: Iterable[Word], sought: str) -> list[Word]:
    """Return those of ``words`` that hold ``sought`` in English, in the translation or in where they are used."""
    folded = sought.casefold()
    return [
        word
        for word in words
        if any(folded in text.casefold() for text in (*word.english, *word.translation, *word.places))
    ]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How the words of a language stand: the check that speaks for them, or the last one, of words since changed."""

    code: str
    digest: str
    check: CatalogueCheck | None
    last: CatalogueCheck | None

    @property
    def name(self) -> str:
        """Return the language's English name."""
        return get_language_info(self.code)["name"]

    @property
    def count(self) -> int:
        """Return how many words the catalogue holds."""
        return len(words_of(self.code))


def standings() -> list[Standing]:
    """Return how the words of every language but English stand, in the order of the settings."""
    checks = list(CatalogueCheck.objects.select_related("organisation", "recorded_by"))
    return [_standing(code, [check for check in checks if check.language == code]) for code in other_codes()]


def standing_of(code: str) -> Standing:
    """Return how the words of one language stand."""
    return next(standing for standing in standings() if standing.code == code)


def _standing(code: str, checks: list[CatalogueCheck]) -> Standing:
    digest = catalogue_digest(code)
    found = (check for check in checks if check.digest == digest)
    return Standing(code=code, digest=digest, check=next(found, None), last=next(iter(checks), None))
