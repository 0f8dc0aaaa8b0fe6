"""The address alone decides the language: no cookie, no header of the browser.

Words that are not in the language of the address are drawn in English and marked so. While that happens the language
is called ``en-x-ur`` (a private tag of BCP 47): English words, at an Urdu address, so that links stay in Urdu.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix
from django.urls.resolvers import LocalePrefixPattern
from django.utils import translation

AT = "-x-"


def codes() -> list[str]:
    """Return the codes of the languages that the site speaks, English first."""
    return [code for code, _ in settings.LANGUAGES]


def other_codes() -> list[str]:
    """Return the codes of the languages that stand under a prefix."""
    return [code for code in codes() if code != settings.LANGUAGE_CODE]


def spoken() -> str:
    """Return the code of the language in which words are drawn now."""
    return (translation.get_language() or settings.LANGUAGE_CODE).partition(AT)[0]


def place() -> str:
    """Return the code of the language whose addresses and pages are shown now."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    return language.partition(AT)[2] or language


@contextmanager
def english_here() -> Iterator[None]:
    """Draw words in English, and stay at the addresses of the language that is shown."""
    here = place()
    with translation.override(here if here == settings.LANGUAGE_CODE else f"{settings.LANGUAGE_CODE}{AT}{here}"):
        yield


def split(path: str) -> tuple[str, str]:
    """Return the language of an address and the rest of it: "/ur/campaigns/" -> ("ur", "campaigns/")."""
    rest = path.removeprefix(get_script_prefix())
    first, slash, below = rest.partition("/")
    return (first, below) if slash and first in other_codes() else (settings.LANGUAGE_CODE, rest)


def address_in(code: str, path: str) -> str:
    """Return the address that shows in the language ``code`` what ``path`` shows in its own.

    Slashes that lead are left out: a browser takes "//example.org/" for another site.
    """
    prefix = "" if code == settings.LANGUAGE_CODE else f"{code}/"
    return f"{get_script_prefix()}{prefix}{split(path)[1].lstrip('/')}"


class AddressPrefix(LocalePrefixPattern):
    """The code in front of an address; English has none."""

    @property
    def language_prefix(self) -> str:
        """Return the prefix of the language that is shown now."""
        here = place()
        return f"{here}/" if here in other_codes() else ""


class AddressLanguage:
    """Speak the language of the address while it is answered.

    Django's own middleware also asks the browser and a cookie, and then no cache may hand a page to the next visitor.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and leave the thread as it was."""
        code, _ = split(request.path)
        with translation.override(code):
            return self.get_response(request)
