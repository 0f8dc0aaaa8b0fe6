"""What a page says of itself to those who share or list it: a card for messages, and data in schema.org's words."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from core.models.pictures import Image
from core.models.settings import CouncilSettings

Node = dict[str, Any]
# Every node that names who answers for it points here.
COUNCIL: Node = {"@id": f"{settings.SITE_URL}/#council"}
# No text can end the data block that it stands in, nor begin another element.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@dataclass(frozen=True, kw_only=True)
class Shared:
    """A page as others show it. ``data`` are nodes of schema.org; what is invented has none."""

    title: str
    description: str
    picture: Image | None = None
    picture_says: str = ""
    data: Sequence[Node] = field(default_factory=tuple)


def address(url: str | None) -> str:
    """Return the whole address of a page of ours."""
    return urljoin(settings.SITE_URL, url or "")


def council_node(council: CouncilSettings) -> Node:
    """Return who runs the site."""
    name = council.council_name or council.site_title
    return COUNCIL | {"@type": "Organization", "name": name, "url": address("/")}


def way_node(crumbs: Iterable[tuple[Any, ...]], here: str) -> Node:
    """Return the way from the home page to the page called ``here``."""
    steps = [*((str(title), address(url)) for title, url, *_ in crumbs), (here, "")]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": title} | ({"item": url} if url else {})
            for position, (title, url) in enumerate(steps, start=1)
        ],
    }


def data_script(nodes: Sequence[Node]) -> SafeString:
    """Return the nodes as the data block of a page. It is data, which no browser runs and no policy forbids."""
    text = json.dumps({"@context": "https://schema.org", "@graph": nodes}, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(f'<script type="application/ld+json">{text.translate(ESCAPES)}</script>')  # noqa: S308  (escaped above)
