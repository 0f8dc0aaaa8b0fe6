"""Where the links of a mailing lead: to pages of ours through placements of their own, so that arrivals are counted.

A placement leads to one page, so a mailing has one for each page of ours that it leads to. Other addresses stay as they
were written, and nothing is added to any.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from wagtail.models import Page

from campaigns.mailings.richtext import Link, RichText
from campaigns.models import Mailing, Placement
from core.sharing import address


@dataclass(frozen=True)
class Led:
    """A link of a mailing, and the number of the block that it stands in, from 1."""

    link: Link
    block: int
    page: Page | None


def is_ours(url: str) -> bool:
    """Tell whether ``url`` is an address of this site."""
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and parts.netloc.lower() == urlsplit(settings.SITE_URL).netloc.lower()


def _written(mailing: Mailing) -> Iterator[tuple[int, Link]]:
    for number, block in enumerate(mailing.body, start=1):
        if block.block_type == "text":
            yield from ((number, link) for link in RichText(block.value.source, lambda link: link.address).links)
        elif block.block_type == "button":
            page = block.value["page"]
            yield number, Link(block.value["text"], page.pk if page else None, block.value["address"] or "")
        elif block.block_type == "teaser":
            page = block.value["page"]
            yield number, Link(str(page or ""), page.pk if page else None)


def links_of(mailing: Mailing) -> list[Led]:
    """Return every link of ``mailing`` in the order of its body. A page that was deleted is none."""
    found = list(_written(mailing))
    pages = Page.objects.select_related("locale").in_bulk({link.page_id for _, link in found if link.page_id})
    return [Led(link, number, pages.get(link.page_id or 0)) for number, link in found]


def codes_of(mailing: Mailing) -> dict[int, str]:
    """Return the code of the placement for each page of ours that ``mailing`` leads to, by the page's key.

    Those that there are, and those that sending it in will make: the same, so that a preview shows what goes out.
    """
    made = {row.page_id: row.placement.code for row in mailing.links.select_related("placement") if row.page_id}
    wanted = dict.fromkeys(led.page.pk for led in links_of(mailing) if led.page)
    likely = (mailing.code if number == 1 else f"{mailing.code}-{number}" for number in count(1))
    taken = set(Placement.objects.filter(code__startswith=mailing.code).values_list("code", flat=True))
    free = (code for code in likely if code not in taken)
    return {page: made.get(page) or next(free) for page in wanted}


def short_address(code: str) -> str:
    """Return the whole address of the placement ``code``."""
    return address(reverse("go:lead", args=[code]))
