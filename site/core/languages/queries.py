"""Which words of the site have been checked by somebody who speaks the language."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

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
