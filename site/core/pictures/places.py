"""The places of a page where a picture stands, and putting another there. All in memory.

Every field that points to a picture, and every block that holds one, at whatever depth.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import ForeignKey, Model
from wagtail.blocks import ListBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage

from core.approvals.content import public_fields
from core.blocks import PictureBlock
from core.models.pages import BasePage
from core.models.pictures import Image
from core.pictures.registry import Exchange

Block = dict[str, Any]
Change = Callable[[Block], Block | None]  # what to put in place of a picture's block; None takes the block away


def says_what_it_shows(page: BasePage, picture: Image) -> bool:
    """Tell whether ``page`` says in words of its own what ``picture`` shows, anywhere."""
    said = []

    def look(block: Block) -> Block:
        said.append(not block["decorative"])
        return block

    for stream in _streams(page):
        _changed(stream.stream_block, _raw(page, stream), picture.pk, look)
    beside = [page.picture_words[name] for name in _pointing(page, picture) if name in page.picture_words]
    return any(said) or not all(getattr(page, names.decorative) for names in beside)


def put_in(page: BasePage, exchange: Exchange) -> bool:
    """Put what ``exchange`` says in place of its picture on ``page``; tell whether words of its own came with it.

    Without words in the page's language, the picture is left away where it must say what it shows. So it is on a page
    whose words a speaker has to check before anybody reads them.
    """
    language = page.locale.language_code
    is_free = language == settings.LANGUAGE_CODE or not page.needs_checked_words
    words = exchange.words.get(language, "").strip() if exchange.by and is_free else ""
    came = []

    def change(block: Block) -> Block | None:
        if exchange.by is None or not (words or block["decorative"]):
            return None
        came.append(not block["decorative"])
        says = "" if block["decorative"] else words
        return block | {"image": exchange.by.pk, "alternative_text": says, "caption": ""}

    for stream in _streams(page):
        raw = _changed(stream.stream_block, _raw(page, stream), exchange.picture.pk, change)
        setattr(page, stream.name, stream.stream_block.to_python(raw))
    came += [_point(page, name, exchange.by, words) for name in _pointing(page, exchange.picture)]
    return any(came)


def _point(page: BasePage, name: str, picture: Image | None, words: str) -> bool:
    """Let a field of ``page`` point to ``picture``, with its words beside it; tell whether there are words."""
    beside = page.picture_words.get(name)
    if beside is None:
        setattr(page, name, picture)
        return False
    is_decorative = getattr(page, beside.decorative)
    shown = picture if words or is_decorative else None
    setattr(page, name, shown)
    setattr(page, beside.words, words if shown and not is_decorative else "")
    setattr(page, beside.decorative, bool(shown and is_decorative))
    return bool(shown and not is_decorative)


def _pointing(page: Model, picture: Image) -> list[str]:
    pointing = [field for field in public_fields(type(page)) if isinstance(field, ForeignKey)]
    return [
        field.name
        for field in pointing
        if issubclass(field.related_model, AbstractImage) and field.value_from_object(page) == picture.pk
    ]


def _streams(page: Model) -> Iterator[StreamField]:
    yield from (field for field in public_fields(type(page)) if isinstance(field, StreamField))


def _raw(page: BasePage, stream: StreamField) -> Any:
    return stream.stream_block.get_prep_value(getattr(page, stream.name))


def _changed(block: Any, raw: Any, key: int, change: Change) -> Any:
    """Return what ``raw`` is once ``change`` has been at every block that holds the picture with this key."""
    if isinstance(block, PictureBlock):
        return change(raw) if raw["image"] == key else raw
    if isinstance(block, StreamBlock | ListBlock):
        return [part for part in (_changed_part(block, part, key, change) for part in raw) if part is not None]
    if isinstance(block, StructBlock):
        return {name: _changed(block.child_blocks.get(name), value, key, change) for name, value in raw.items()}
    return raw


def _changed_part(block: StreamBlock | ListBlock, part: Block, key: int, change: Change) -> Block | None:
    child = block.child_block if isinstance(block, ListBlock) else block.child_blocks.get(part["type"])
    value = _changed(child, part["value"], key, change)
    return None if value is None and part["value"] is not None else part | {"value": value}
