"""Rich text as an email says it: as HTML without anything that only a website has, and as plain text."""

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from html.parser import HTMLParser

from django.utils.html import escape

WIDTH = 72  # columns: longer lines are broken by old programs wherever they like
KEPT = frozenset({"p", "ul", "ol", "li", "b", "strong", "i", "em", "br"})

wrapped = partial(textwrap.fill, width=WIDTH, break_long_words=False, break_on_hyphens=False)


@dataclass(frozen=True)
class Link:
    """A link as it was written: its words, and the page of ours or else the address that it leads to."""

    words: str
    page_id: int | None = None
    address: str = ""


class RichText(HTMLParser):
    """Reads the stored form of a rich text; ``lead`` says where each link goes.

    Then ``html`` and ``plain`` are what an email has of it, and ``links`` what it leads to.
    """

    def __init__(self, source: str, lead: Callable[[Link], str]) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[Link] = []
        self._lead = lead
        self._html: list[str] = []
        self._paragraphs: list[str] = []
        self._line: list[str] = []
        self._mark = ""
        self._lists: list[int | None] = []  # the last number of each list that is open; None where it has dots
        self._open: tuple[Link, int] | None = None  # the link, and where its words begin in the line
        self.feed(source)
        self.close()
        self._end_line()

    @property
    def html(self) -> str:
        """The text as HTML."""
        return "".join(self._html)

    @property
    def plain(self) -> str:
        """The text as lines that fit everywhere; where a link leads stands behind its words."""
        return "\n".join(self._paragraphs).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a paragraph, an item or a link."""
        if tag in {"p", "li"}:
            self._end_line()
        if tag in {"ul", "ol"}:
            self._lists.append(0 if tag == "ol" else None)
        if tag == "li":
            self._mark = self._next_mark()
        if tag == "br":
            self._line.append("\n")
        if tag == "a":
            self._begin_link({name: value or "" for name, value in attrs})
        elif tag in KEPT:
            self._html.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        """End it."""
        if tag in {"p", "li"}:
            self._end_line(gap=tag == "p")
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
            self._paragraphs.append("")
        if tag == "a":
            self._end_link()
        elif tag in KEPT and tag != "br":
            self._html.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Take the words."""
        self._html.append(escape(data))
        self._line.append(data)

    def _next_mark(self) -> str:
        indent = "  " * (len(self._lists) - 1)
        if not self._lists or self._lists[-1] is None:
            return f"{indent}* "
        self._lists[-1] += 1
        return f"{indent}{self._lists[-1]}. "

    def _begin_link(self, said: dict[str, str]) -> None:
        key = said.get("id", "")
        link = Link("", int(key) if key.isdecimal() else None, said.get("href", ""))
        self._html.append(f'<a href="{escape(self._lead(link))}">')
        self._open = (link, len(self._line))

    def _end_link(self) -> None:
        if self._open is None:
            return
        link, begins = self._open
        words = "".join(self._line[begins:]).strip()
        self.links.append(Link(words, link.page_id, link.address))
        address = self._lead(link).removeprefix("mailto:").removeprefix("tel:")
        if address and address != words:
            self._line.append(f" <{address}>")
        self._html.append("</a>")
        self._open = None

    def _end_line(self, *, gap: bool = False) -> None:
        lines = "".join(self._line).strip().split("\n")
        mark, self._line, self._mark = self._mark, [], ""
        if lines != [""]:
            beside = " " * len(mark)
            kept = [wrapped(line.strip(), initial_indent=beside, subsequent_indent=beside) for line in lines]
            self._paragraphs.append(mark + "\n".join(kept)[len(mark) :])
            if gap:
                self._paragraphs.append("")
