"""Template tags about languages, known to all templates without a load."""

import re
from collections.abc import Iterator
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.languages.addresses import address_in, codes, english_here, place, spoken
from core.languages.marks import direction, marks, said_in
from core.languages.queries import is_checked
from core.models.pages import BasePage
from core.translations.queries import live_version

register = template.Library()
register.filter(said_in)
register.filter(marks)


@register.filter
def words_of(page: Any) -> SafeString:
    """Return ``lang`` and ``dir`` for the words of a page, where they differ from the words around.

    An alias has English words. Nothing for what is no page.
    """
    if not isinstance(page, Page):
        return SafeString("")
    return marks(settings.LANGUAGE_CODE if page.alias_of_id else place())


@register.simple_tag
def english() -> SafeString:
    """Return ``lang`` and ``dir`` for words that stand in English in every language: what a row says."""
    return marks(settings.LANGUAGE_CODE)


MARKS = re.compile(r"&lt;.*?&gt;|%\(\w+\)[sd]")


@register.filter
def with_marks(text: str) -> SafeString:
    """Return a text with its lines kept and its marks (tags, and names that are filled in) set apart, left to right.

    In words from right to left the signs of a mark would change places.
    """
    set_apart = MARKS.sub(r'<bdi dir="ltr">\g<0></bdi>', escape(text))
    return SafeString(set_apart.replace("\n", "<br>"))


class EnglishNode(template.Node):
    """Draws what is in it in English: always, or unless the words have been checked."""

    def __init__(self, nodelist: NodeList, element: str, *, unless_checked: bool) -> None:
        """Wrap ``nodelist`` in ``element``, which carries the language."""
        self.nodelist, self.element, self.unless_checked = nodelist, element, unless_checked

    def render(self, context: Context) -> SafeString:
        """Draw."""
        if spoken() == settings.LANGUAGE_CODE:
            return self.nodelist.render(context)
        if self.unless_checked and is_checked(spoken(), context.get("request")):
            return self.nodelist.render(context)
        with english_here():
            words = self.nodelist.render(context)
        return format_html('<{0} lang="en" dir="ltr">{1}</{0}>', self.element, words)


def _english_block(parser: Parser, token: Token, *, unless_checked: bool) -> EnglishNode:
    name, *element = token.split_contents()
    nodelist = parser.parse((f"end{name}",))
    parser.delete_first_token()
    return EnglishNode(nodelist, element[0].strip("\"'") if element else "div", unless_checked=unless_checked)


@register.tag
def checked_words(parser: Parser, token: Token) -> EnglishNode:
    """Draw in English unless the site's words in this language are recorded as checked.

    For what must not be got wrong: support, privacy, safety, surveys. ``{% checked_words "span" %}`` names the element
    that carries the language; a div unless told.
    """
    return _english_block(parser, token, unless_checked=True)


@register.tag
def in_english(parser: Parser, token: Token) -> EnglishNode:
    """Draw in English whatever the language of the address is; links stay in that language."""
    return _english_block(parser, token, unless_checked=False)


class ArticleNode(template.Node):
    """Draws the main part: in English where the page shown is one that nobody has translated yet."""

    def __init__(self, nodelist: NodeList) -> None:
        """Draw ``nodelist``."""
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        """Draw."""
        if not _is_untranslated(context):
            return self.nodelist.render(context)
        with english_here():
            return self.nodelist.render(context)


def _is_untranslated(context: Context) -> bool:
    return getattr(context.get("page"), "words_language", spoken()) != spoken()


@register.tag
def article_words(parser: Parser, token: Token) -> ArticleNode:  # noqa: ARG001  (Django passes it)
    """Draw the main part in the language of the page's own words."""
    nodelist = parser.parse(("endarticle_words",))
    parser.delete_first_token()
    return ArticleNode(nodelist)


@register.simple_tag(takes_context=True)
def not_translated(context: Context) -> str:
    """Return the sentence that says why the article is in English; nothing where it is not."""
    if not _is_untranslated(context):
        return ""
    return _("This page is not in %(language)s yet.") % {"language": _language_name(place())}


@register.simple_tag(takes_context=True)
def translation_notes(context: Context) -> list[dict[str, str]]:
    """Return what a reader of a translated page should know: English has moved on, no speaker has checked it."""
    page = context.get("page")
    if place() == settings.LANGUAGE_CODE or not isinstance(page, BasePage) or (version := live_version(page)) is None:
        return []
    notes = []
    if version.source_changed:
        said = {
            "text": _("The English page has changed since this translation was made."),
            "link": _("Read it in English"),
        }
        notes.append(said | {"url": address_in(settings.LANGUAGE_CODE, context["request"].path)})
    if not version.checked_on:
        notes.append({"text": _("No speaker of the language has checked this translation yet.")})
    return notes


@register.simple_tag(takes_context=True)
def not_checked(context: Context) -> list[dict[str, str]]:
    """Return the line that says that nobody has checked this language's words, in it and in English; else nothing."""
    request = context.get("request")
    if request is None or is_checked(place(), request):
        return []  # the page of an error of ours is drawn without a request, and asks no database
    here = place()
    return [
        {"code": code, "direction": direction(code), "text": _unchecked(here, told_in=code)}
        for code in (here, settings.LANGUAGE_CODE)
    ]


def _unchecked(code: str, *, told_in: str) -> str:
    with override(told_in):
        words = _("The %(language)s words of this site have not yet been checked by a speaker.")
        return words % {"language": _language_name(code)}


def _language_name(code: str) -> str:
    return _(get_language_info(code)["name"])


@register.simple_tag(takes_context=True)
def languages(context: Context) -> list[dict[str, Any]]:
    """Return the site's languages with the address of this very page in each: code, name (its own), url, current.

    A view that cannot be entered in the middle (a step of a form) names where to begin in ``switch_path``.
    """
    return list(_links(context.get("request"), context.get("switch_path")))


def _links(request: HttpRequest | None, path: str | None) -> Iterator[dict[str, Any]]:
    if request is None:
        return
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") and not path else ""
    for code in codes():
        yield {
            "code": code,
            "name": get_language_info(code)["name_local"],
            "url": address_in(code, path or request.path) + query,
            "canonical": settings.SITE_URL + address_in(code, path or request.path),
            "current": code == place(),
            "direction": direction(code),
        }
