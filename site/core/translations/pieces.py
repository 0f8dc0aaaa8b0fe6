"""Taking a page apart into pieces of text, each with its place, and what is written for them in another language."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from bs4 import BeautifulSoup, Tag
from wagtail.blocks import ListBlock, StreamBlock, StreamValue, StructBlock
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue

NAMED = 5  # how many places a sentence names


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One piece of an English page: ``data`` is wagtail-localize's form of it, ``where`` its place for people.

    In a rich piece the marks (bold, links) stand as tags; a plain one is text.
    """

    path: str
    data: str
    where: str
    is_rich: bool

    @property
    def name(self) -> str:
        """A name that stays the same as long as the piece does, for the field of a form."""
        return f"piece-{sha256(f'{self.path} {self.data}'.encode()).hexdigest()[:20]}"

    def shown(self, data: str) -> str:
        """Return ``data``, this piece's or its translation's, as people read and type it."""
        return " ".join(data.split()) if self.is_rich else StringValue(data).render_text()

    def kept(self, typed: str) -> str:
        """Return what was typed the way wagtail-localize keeps it.

        Raises:
            ValueError: the marks are not those of the English piece.
        """
        lines = "\n".join(typed.strip().splitlines())
        if not self.is_rich:
            return StringValue.from_plaintext(lines).data
        if marks_of(lines) != marks_of(self.data):
            raise ValueError(f"Keep exactly the marks of the English: {', '.join(told(self.data)) or 'none'}.")
        return str(BeautifulSoup(lines, "html.parser"))


def marks_of(html: str) -> Counter[tuple[str, tuple[tuple[str, str], ...]]]:
    """Count the tags of ``html`` with their attributes: a translation may move them, never add, drop or change one."""
    tags = (found for found in BeautifulSoup(html, "html.parser").descendants if isinstance(found, Tag))
    return Counter((tag.name, tuple(sorted((key, str(value)) for key, value in tag.attrs.items()))) for tag in tags)


def told(html: str) -> list[str]:
    """Return the marks of ``html`` as they are typed."""
    return [
        "<" + " ".join((name, *(f'{key}="{value}"' for key, value in attributes))) + ">"
        for name, attributes in marks_of(html).elements()
    ]


def pieces_of(page: Page) -> list[Piece]:
    """Return what there is to translate in ``page``, as it stands in memory, in the order of its fields."""
    segments = extract_segments(page)
    rich = {segment.path for segment in segments if isinstance(segment, TemplateSegmentValue)}
    strings = [segment for segment in segments if isinstance(segment, StringSegmentValue)]
    many = Counter(segment.path for segment in strings)
    seen: Counter[str] = Counter()
    found = []
    for segment in strings:
        seen[segment.path] += 1
        where = place_of(page, segment.path)
        number = f", {seen[segment.path]} of {many[segment.path]}" if many[segment.path] > 1 else ""
        found.append(
            Piece(path=segment.path, data=segment.string.data, where=where + number, is_rich=segment.path in rich)
        )
    return list({piece.name: piece for piece in found}.values())


def place_of(page: Page, path: str) -> str:
    """Return the place of a piece for people: "body.<id>.who" -> "Body, block 2 (Quotation), Who"."""
    name, *rest = path.split(".")
    field = page._meta.get_field(name)
    label = str(field.verbose_name)
    steps = [label[:1].upper() + label[1:]]
    if rest:
        steps += _steps(field.value_from_object(page), rest)
    return ", ".join(steps)


def _steps(stream: StreamValue, rest: list[str]) -> Iterator[str]:
    for number, block in enumerate(stream, start=1):
        if block.id == rest[0]:
            yield f"block {number} ({block.block.label})"
            yield from _inner_steps(block.block, rest[1:])


def _inner_steps(block: Any, rest: list[str]) -> Iterator[str]:
    if not rest:
        return
    if isinstance(block, StructBlock | StreamBlock) and rest[0] in block.child_blocks:
        child = block.child_blocks[rest[0]]
        yield str(child.label)
        yield from _inner_steps(child, rest[1:])
    elif isinstance(block, ListBlock):
        yield from _inner_steps(block.child_block, rest[1:])


def digest_of(page: Page) -> str:
    """Return the SHA-256 of all that a translation of ``page`` is made from, in hexadecimal.

    Chosen parts, not the page's own serial form: that changes with every move and publication.
    """
    return sha256(json.dumps([_said(segment) for segment in extract_segments(page)]).encode()).hexdigest()


def _said(segment: Any) -> list[str]:
    if isinstance(segment, StringSegmentValue):
        return ["string", segment.path, segment.string.data, json.dumps(segment.attrs, sort_keys=True, default=str)]
    if isinstance(segment, TemplateSegmentValue):
        return ["template", segment.path, segment.template]
    if isinstance(segment, OverridableSegmentValue):
        return ["value", segment.path, str(segment.data)]
    return ["row", segment.path, str(segment.translation_key)]


def written_for(page: Page, locale: Locale, pieces: Iterable[Piece]) -> dict[str, str]:
    """Return name -> what is written in ``locale`` for those of ``pieces`` that have a translation: one query."""
    rows = StringTranslation.objects.filter(locale=locale, context__object_id=page.translation_key)
    known = {
        (path, source): data for path, source, data in rows.values_list("context__path", "translation_of__data", "data")
    }
    found = {piece.name: known.get((piece.path, piece.data), "") for piece in pieces}
    return {name: data for name, data in found.items() if data}


def missing(pieces: Iterable[Piece], written: Mapping[str, str]) -> list[Piece]:
    """Return those of ``pieces`` for which nothing is written."""
    return [piece for piece in pieces if piece.name not in written]


def named(pieces: list[Piece]) -> str:
    """Return the places of ``pieces`` in a list for people: the first few, and how many more."""
    more = len(pieces) - NAMED
    return "; ".join(piece.where for piece in pieces[:NAMED]) + (f"; and {more} more" if more > 0 else "")
