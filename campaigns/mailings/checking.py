"""What is to be mended in a mailing before a colleague looks at it, a sentence for each thing, with its field."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from wagtail.models import Page

from campaigns.artwork.fonts import script_of
from campaigns.languages import language_name
from campaigns.mailings.letter import everybodys_tags, letter_of
from campaigns.mailings.links import Led, is_ours, links_of
from campaigns.mailings.richtext import RichText
from campaigns.models import Mailing
from core.models.pages import closed_to_some

LONG_SUBJECT = 60  # letters that a phone shows of a subject line, at best
LONG_PREVIEW = 110
GMAIL_CUTS_AT = 102_000  # bytes of HTML: what follows is behind "View entire message"
MERGE_TAG = re.compile(r"\*\|(.*?)\|\*", re.DOTALL)
FOOT = ("UNSUB", "LIST:ADDRESS")  # what the template itself has Mailchimp fill in
TAG_IN_HTML = re.compile(r"\*\|([^<>|*\n]+)\|\*")
HALF_A_TAG = re.compile(r"\*\||\|\*")
SAYS_NOTHING = frozenset({"here", "click here", "this", "link", "this link", "more", "read more", "click"})
# How Unicode's names of letters begin, by the script that a language is set in.
LETTERS = {"nastaliq": "ARABIC", "arabic": "ARABIC", "gujarati": "GUJARATI", "latin": "LATIN"}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, beside the field that it is about. What is ``grave`` keeps the mailing from going in."""

    field: str
    sentence: str
    is_grave: bool = True


@dataclass(frozen=True)
class Said:
    """Words of a mailing: in which field, and where as people call it."""

    field: str
    where: str
    words: str


def problems_of(mailing: Mailing) -> list[Problem]:
    """Return what is wrong with ``mailing``, what keeps it from going in first."""
    found = [*_subject(mailing), *_preview(mailing), *_body(mailing), *_words(mailing), *_recipients(mailing)]
    return sorted(found, key=lambda problem: not problem.is_grave)


def _subject(mailing: Mailing) -> Iterator[Problem]:
    length = len(mailing.subject)
    if not mailing.subject.strip():
        yield Problem("subject", "Write a subject line: it is all that many people read.")
    elif length > LONG_SUBJECT:
        yield Problem(
            "subject",
            f"The subject line has {length} letters, and phones show {LONG_SUBJECT} at best. Put what matters first.",
            is_grave=False,
        )


def _preview(mailing: Mailing) -> Iterator[Problem]:
    text = mailing.preview_text.strip()
    if not text:
        sentence = (
            "Without preview text, mail programs show whatever comes first. Write a sentence that goes on from it."
        )
    elif text.casefold() == mailing.subject.strip().casefold():
        sentence = "The preview text repeats the subject line. It stands beside it: say something else."
    elif len(text) > LONG_PREVIEW:
        sentence = f"The preview text has {len(text)} letters, and {LONG_PREVIEW} are shown at most."
    else:
        return
    yield Problem("preview_text", sentence, is_grave=False)


def _body(mailing: Mailing) -> Iterator[Problem]:
    if not mailing.body:
        yield Problem("body", "Write the email: there is nothing in it yet.")
        return
    for number, block in enumerate(mailing.body, start=1):
        if block.block_type == "picture":
            yield from (Problem("body", f"Block {number}: {why}") for why in _picture(block.value))
    for led in links_of(mailing):
        yield from (
            Problem("body", f"Block {led.block}, link “{led.link.words}”: {why}", is_grave)
            for why, is_grave in _link(mailing, led)
        )
    html = letter_of(mailing).html
    yield from (Problem("body", why) for why in _tags_from_elsewhere(html, [said.words for said in said_in(mailing)]))
    size = len(html.encode())
    if size > GMAIL_CUTS_AT:
        yield Problem("body", f"The email has {size // 1000} kB, and Gmail cuts it at 102. Shorten it.", is_grave=False)


def _tags_from_elsewhere(html: str, typed: list[str]) -> Iterator[str]:
    """Go through why merge tags in ``html`` that nobody ``typed`` into the mailing keep it from going in.

    What Mailchimp makes of half a tag nobody has seen, so a half goes out no more than a whole one.
    """
    known = {*FOOT, *everybodys_tags(), *(tag for words in typed for tag in MERGE_TAG.findall(words))}
    for tag in dict.fromkeys(TAG_IN_HTML.findall(html)):
        if unescape(tag) not in known:
            yield f"“*|{unescape(tag)}|*”, a merge tag, stands in a page or in a line of credit that it shows."
    if HALF_A_TAG.search(TAG_IN_HTML.sub("", html)) and not any(_has_half_a_tag(words) for words in typed):
        yield "Half a merge tag, “*|” or “|*”, stands in a page or in a line of credit that it shows. Remove it there."


def _has_half_a_tag(words: str) -> bool:
    return bool(HALF_A_TAG.search(MERGE_TAG.sub("", words)))


def _picture(value: dict) -> Iterator[str]:
    image = value["image"]
    if image is None:
        yield "The picture is not there any more. Choose another, or remove the block."
        return
    if image.why_not_used:
        yield f"{image.why_not_used} Choose another picture, or remove the block."
    elif not image.has_record:
        yield f"Nobody said whose “{image.title}” is and who is shown. Fill in its record under Images."
    if not value["decorative"] and not value["alternative_text"].strip():
        yield "Say what the picture shows: many people read emails with pictures off. Or tick Decorative."


def _link(mailing: Mailing, led: Led) -> Iterator[tuple[str, bool]]:
    if led.link.words.strip().casefold() in SAYS_NOTHING:
        yield "Say in its words where it leads. Screen readers list links without what stands around them.", False
    if led.page:
        yield from _page(led.page)
    elif led.link.page_id:
        yield "The page that it leads to was deleted. Choose another.", True
    elif why := _address(mailing, led.link.address):
        yield why, True


def _page(page: Page) -> Iterator[tuple[str, bool]]:
    if Page.objects.filter(closed_to_some(), pk=page.pk).exists():
        yield f"Only some people may read “{page}”. Choose a page that anybody may read.", True
    elif not page.live:
        yield f"“{page}” is not published. Until it is, the link leads to the campaign's page.", False


def _address(mailing: Mailing, address: str) -> str:
    """Return why an email does not lead to ``address``; nothing where it may."""
    if not address.strip():
        return "It leads nowhere. Choose a page, or give an address."
    parts = urlsplit(address)
    if parts.scheme in {"mailto", "tel"}:
        return ""
    if is_ours(address) and not _is_placement_of(mailing, address):
        return (
            "This is a page of our own site. Choose it as a page instead, so that arrivals by this email are counted."
        )
    if (parts.scheme != "https" or not parts.hostname) and not is_ours(address):
        return f"“{address}” does not begin with https://, so others can read it on its way. Write its https address."
    return ""


def _is_placement_of(mailing: Mailing, address: str) -> bool:
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return False
    leads = found.view_name == "go:lead"
    return leads and mailing.campaign.placements.filter(code=found.kwargs["code"]).exists()


def said_in(mailing: Mailing) -> Iterator[Said]:
    """Go through all words that officers typed into ``mailing``."""
    yield Said("subject", "The subject line", mailing.subject)
    yield Said("preview_text", "The preview text", mailing.preview_text)
    for number, block in enumerate(mailing.body, start=1):
        where, value = f"Block {number}", block.value
        if block.block_type == "heading":
            yield Said("body", where, value)
        elif block.block_type == "text":
            yield Said("body", where, RichText(value.source, lambda link: link.address).plain)
        elif block.block_type == "button":
            yield Said("body", where, f"{value['text']} {value['address'] or ''}")
        elif block.block_type == "picture":
            yield Said("body", where, f"{value['alternative_text']} {value['caption']}")


def _words(mailing: Mailing) -> Iterator[Problem]:
    said = list(said_in(mailing))
    for each in said:
        yield from (Problem(each.field, f"{each.where}: {why}") for why in _merge_tags(each.words))
    if _is_in_other_letters("".join(each.words for each in said), mailing.language):
        yield Problem(
            "body",
            f"Most letters are not those of {language_name(mailing.language)}. Screen readers read the email in that "
            "language, so write it in it, or begin another one in the right language.",
            is_grave=False,
        )


def _merge_tags(words: str) -> Iterator[str]:
    """Go through why Mailchimp would put something else, or nothing, where ``words`` stand."""
    known = everybodys_tags()
    for tag in MERGE_TAG.findall(words):
        if tag not in known:
            yield (
                f"“*|{tag}|*” is a merge tag that this site does not use: what it becomes nobody has seen. Remove it. "
                f"These may stand in an email: {', '.join(f'*|{name}|*' for name in known)}."
            )
    if _has_half_a_tag(words):
        yield "“*|” and “|*” begin and end merge tags. One of them stands alone: remove it."


def _is_in_other_letters(words: str, language: str) -> bool:
    script = LETTERS.get(script_of(language))
    letters = [one for one in words if one.isalpha()]
    own = sum(unicodedata.name(one, "").startswith(script or "") for one in letters)
    return bool(script and letters) and own < len(letters) / 2


def _recipients(mailing: Mailing) -> Iterator[Problem]:
    audience, segment = mailing.audience, mailing.segment
    if audience is None:
        yield Problem("recipients", "Choose who gets it.")
        return
    if audience.is_gone or (segment and segment.is_gone):
        yield Problem("recipients", f"“{segment or audience}” is no longer at Mailchimp. Choose again who gets it.")
        return
    count = (segment or audience).member_count
    if not count:
        yield Problem("recipients", f"“{segment or audience}” has nobody in it. Choose again who gets it.")
    if not audience.from_name or not audience.from_email:
        yield Problem(
            "recipients", f"“{audience}” has no sender at Mailchimp. Give it a name and an address to write from there."
        )
    if mailing.ceiling is None:
        yield Problem("ceiling", "Say to how many it may go at most: if Mailchimp finds more, nothing goes out.")
    elif mailing.ceiling < count:
        yield Problem(
            "ceiling", f"{count:,} would get it now, which is more than this. Raise it, or choose fewer people."
        )
