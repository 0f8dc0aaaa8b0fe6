"""What can be asked in the schools room."""

from schools.queries.builds import Contents, contents_of, offered_build, published_pages, whole_pack
from schools.queries.facets import Choice, facets
from schools.queries.packs import alike, live_pack_pages, offered, page_of, page_or_404

__all__ = [
    "Choice",
    "Contents",
    "alike",
    "contents_of",
    "facets",
    "live_pack_pages",
    "offered",
    "offered_build",
    "page_of",
    "page_or_404",
    "published_pages",
    "whole_pack",
]
