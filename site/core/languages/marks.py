"""Marks for words in another language than those around them."""

from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info

from core.languages.addresses import spoken


def marks(code: str) -> SafeString:
    """Return ``lang`` and ``dir`` for words in the language ``code``, where the words around are in another."""
    if code == spoken():
        return SafeString("")
    return format_html(' lang="{}" dir="{}"', code, direction(code))


def direction(code: str) -> str:
    """Return the way that a language is written: rtl or ltr."""
    return "rtl" if get_language_info(code)["bidi"] else "ltr"


def said_in(text: Any, code: str) -> Any:
    """Return ``text``, which is in the language ``code``, marked and kept apart where the words around are in another.

    For what rows say (titles, sources, addresses), in the middle of a page: {{ service.name|said_in:"en" }}.
    """
    if not text or not code or code == spoken():
        return text
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', code, direction(code), text)


def filled(sentence: str, **named: Any) -> SafeString:
    """Return a translated sentence with its names filled in, as HTML: what is marked stays so, all else is escaped."""
    return SafeString(conditional_escape(sentence) % {name: conditional_escape(said) for name, said in named.items()})
