"""What a mailing consists of, each piece ready to be drawn, and its plain text."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from wagtail.models import Page

from campaigns.mailings.richtext import Link, RichText, wrapped
from campaigns.models import Mailing
from core.approvals.showing import approved_version
from core.languages.addresses import spoken
from core.models import BasePage, Image
from core.pictures.registry import Exchange
from core.sharing import address

INSIDE = 536  # pixels between the margins of an email of 600
# Twice as wide for fine screens. JPEG: Outlook draws neither WebP nor AVIF.
RENDITION = f"max-{2 * INSIDE}x{3 * INSIDE}|format-jpeg"

Lead = Callable[[Link], str]


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture as it is drawn: where it is, how wide and high at most, and what it shows (nothing: decoration)."""

    src: str
    width: int
    height: int
    alternative: str
    caption: str


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One block: what kind it is, what it says, and the same in plain text."""

    kind: str
    plain: str
    text: str = ""
    html: SafeString | None = None
    address: str = ""
    about: str = ""
    words_in: str = ""  # the language of what it says, where that is another than the mailing's
    picture: Picture | None = None


def underlined(words: str, line: str) -> str:
    """Return a heading of plain text: the words over a line of ``line``, as long as the longest row of them."""
    rows = wrapped(words)
    return f"{rows}\n{line * max(map(len, rows.splitlines()), default=0)}"


def _heading(value: str, _lead: Lead) -> Piece:
    return Piece(kind="heading", text=value, plain=underlined(value, "-"))


def _text(value: Any, lead: Lead) -> Piece:
    read = RichText(value.source, lead)
    html = mark_safe(read.html)  # noqa: S308  (put together of escaped words and tags of our own)
    return Piece(kind="text", html=html, plain=read.plain)


def _picture(value: Any, _lead: Lead) -> Piece | None:
    image: Image | None = value["image"]
    if image is None or not image.may_be_used:
        return None
    drawn = image.get_rendition(RENDITION)
    width = min(INSIDE, drawn.width)
    caption = " ".join(filter(None, (value["caption"], image.credit)))
    alternative = "" if value["decorative"] else value["alternative_text"]
    said = gettext("[Picture: %(what)s]") % {"what": alternative} if alternative else ""
    return Piece(
        kind="picture",
        picture=Picture(
            src=picture_address(image),
            width=width,
            height=round(drawn.height * width / drawn.width),
            alternative=alternative,
            caption=caption,
        ),
        plain="\n".join(wrapped(words) for words in (said, caption) if words),
    )


def _button(value: Any, lead: Lead) -> Piece:
    page = value["page"]
    leads = lead(Link(value["text"], page.pk if page else None, value["address"] or ""))
    return Piece(kind="button", text=value["text"], address=leads, plain=f"{wrapped(value['text'] + ':')}\n{leads}")


def _teaser(value: Any, lead: Lead) -> Piece | None:
    chosen = value["page"]
    page = _spoken(chosen) if chosen else None
    if page is None:
        return None
    leads, about = lead(Link(page.card_title, chosen.pk)), page.card_summary
    plain = f"{underlined(page.card_title, '-')}\n\n{wrapped(about)}\n{leads}"
    return Piece(
        kind="teaser", text=page.card_title, about=about, words_in=_language_of(page), address=leads, plain=plain
    )


def _spoken(page: Page) -> BasePage | None:
    """Return ``page`` as it was approved: in the language that is spoken now, if it is live in that."""
    alike = Page.objects.filter(translation_key=page.translation_key, locale__language_code=spoken(), live=True)
    found = (alike.first() or page).specific
    return approved_version(found) if isinstance(found, BasePage) else None


def _language_of(page: BasePage) -> str:
    return settings.LANGUAGE_CODE if page.alias_of_id else page.locale.language_code


def _divider(_value: Any, _lead: Lead) -> Piece:
    return Piece(kind="divider", plain="* * *")


DRAWN: dict[str, Callable[[Any, Lead], Piece | None]] = {
    "heading": _heading,
    "text": _text,
    "picture": _picture,
    "button": _button,
    "teaser": _teaser,
    "divider": _divider,
}


def picture_address(image: Image) -> str:
    """Return where an email fetches ``image`` from: another file of it has another address."""
    return address(image.get_rendition(RENDITION).url)


def pictures_of(mailing: Mailing) -> list[Image | None]:
    """Return the pictures of ``mailing``; None for one that was deleted."""
    return [block.value["image"] for block in mailing.body if block.block_type == "picture"]


def exchanged(mailing: Mailing, asked: Exchange) -> list[Any]:
    """Return the body of ``mailing`` with the other picture in the place of the one that gives way, or without it."""
    words = asked.words.get(mailing.language, "").strip() if asked.by else ""
    kept = []
    for block in mailing.body.get_prep_value():
        if block["type"] == "picture" and block["value"]["image"] == asked.picture.pk:
            is_decorative = block["value"]["decorative"]
            if asked.by is None or not (words or is_decorative):
                continue
            says = "" if is_decorative else words
            block["value"] |= {"image": asked.by.pk, "alternative_text": says, "caption": ""}
        kept.append(block)
    return mailing.body.stream_block.to_python(kept)


def pieces_of(mailing: Mailing, lead: Lead) -> Iterator[Piece]:
    """Go through the blocks of ``mailing``; ``lead`` says where a link goes. What may not be shown is left out."""
    for block in mailing.body:
        if piece := DRAWN[block.block_type](block.value, lead):
            yield piece
