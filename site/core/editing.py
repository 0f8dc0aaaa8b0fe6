"""What keeps a page from being published, and what its author is advised to mend, in sentences that name the place.

The editor's form checks what is typed. A version may reach approval without passing through it (an image deleted
since, an import, an older version), so the same checks are made again on the very version that would go out.
"""

import string
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from django.core.exceptions import ValidationError
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.rich_text import RichText

VAGUE = frozenset(
    {
        "click", "click here", "click on this link", "details", "download", "find out more", "follow this link", "go",
        "here", "info", "information", "learn more", "link", "more", "more info", "more information", "read",
        "read more", "read on", "see here", "see more", "this", "this link", "this page", "view",
        "view more", "website",
    }
)  # fmt: skip
MANY_PICTURES = 3  # with what every page asks for, more than the six files of a first visit
ADDRESSES = ("http://", "https://", "www.")


def faults_of(page: Page) -> list[str]:
    """Return a sentence for each thing that keeps ``page``, as it stands in memory, from being published."""
    return [*_faults_of_fields(page), *(fault for _, body in _bodies(page) for fault in _faults_of_body(body))]


def advice_on(page: Page) -> list[str]:
    """Return a sentence for each heading that skips a level, each link that says nothing, and many pictures."""
    advice = []
    for label, body in _bodies(page):
        words = _Words()
        for text in (block.value.source for block in body if isinstance(block.value, RichText)):
            words.feed(text)
        words.close()
        advice += [*_on_headings(label, words.headings), *_on_links(label, words.links), *_on_pictures(label, body)]
    return advice


def _bodies(page: Page) -> Iterator[tuple[str, StreamValue]]:
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            yield str(field.verbose_name).capitalize(), getattr(page, field.name)


def _faults_of_fields(page: Page) -> Iterator[str]:
    try:
        page.clean()
    except ValidationError as error:
        named = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, sentences in named.items():
            label = str(page._meta.get_field(name).verbose_name).capitalize() if name and name != "__all__" else "Page"
            yield from (f"{label}: {sentence}" for sentence in sentences)


def _faults_of_body(body: StreamValue) -> Iterator[str]:
    for number, block in enumerate(body, start=1):
        try:
            block.block.clean(block.value)
        except ValidationError as error:
            name = f"Block {number} of the {body.stream_block.label.lower() or 'body'}, {block.block.label}"
            yield from (f"{name}: {sentence}" for sentence in _sentences(error))


def _sentences(error: ValidationError) -> Iterator[str]:
    """Return what a block's error says, however deep it stands."""
    within = getattr(error, "block_errors", None)
    if not within:
        yield from error.messages
        return
    inner: Iterable[ValidationError | None] = within.values() if isinstance(within, dict) else within
    for one in inner:
        if one is not None:
            yield from _sentences(one)


class _Words(HTMLParser):
    """Headings with their level, and the texts of links, of rich text."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[tuple[int, str]] = []
        self.links: list[str] = []
        self._open: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  (HTMLParser's own)
        """Begin to listen."""
        if tag == "a" or _is_heading(tag):
            self._open.append((tag, []))

    def handle_data(self, data: str) -> None:
        """Note words for whatever is open."""
        for _, words in self._open:
            words.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Keep what was heard."""
        if not self._open or self._open[-1][0] != tag:
            return
        text = " ".join("".join(self._open.pop()[1]).split())
        if tag == "a":
            self.links.append(text)
        else:
            self.headings.append((int(tag[1]), text))


def _is_heading(tag: str) -> bool:
    return len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()


def _on_headings(label: str, headings: list[tuple[int, str]]) -> Iterator[str]:
    before = 1  # the page's title
    for level, text in headings:
        if not text:
            yield f"{label}: a heading is empty. Write it, or take it out."
        elif level > before + 1:
            yield f"{label}: the heading “{text}” skips a level. Make it heading {before + 1}."
        before = level


def _on_pictures(label: str, body: StreamValue) -> Iterator[str]:
    pictures = sum(block.block_type == "picture" for block in body)
    if pictures >= MANY_PICTURES:
        yield f"{label}: {pictures} pictures keep people on a slow line waiting. Choose the two that say most."


def _on_links(label: str, links: list[str]) -> Iterator[str]:
    for text in links:
        bare = text.strip(string.punctuation + string.whitespace + "…»→").casefold()
        if not bare or bare in VAGUE or text.lower().startswith(ADDRESSES):
            yield f"{label}: the link “{text}” does not say where it leads. Name the page or the service."
