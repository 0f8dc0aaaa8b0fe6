"""What can be asked in the schools room."""

from schools.queries.packs import Choice, facets, live_pack_pages, page_of, page_offering

__all__ = ["Choice", "facets", "live_pack_pages", "page_of", "page_offering"]
