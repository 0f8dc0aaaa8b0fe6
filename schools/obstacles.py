"""Why the page of a pack cannot be approved yet, and what should be thought about before it is."""

from collections.abc import Iterable

from wagtail.models import Page

from core.approvals.registry import advice, obstacles
from schools.checklist import stops, warns
from schools.models import LessonPackPage


@obstacles.offer("schools.pack")
def pack_stops(page: Page) -> Iterable[str]:
    """Say what of the pack is in the way."""
    return stops(page.pack) if isinstance(page, LessonPackPage) else ()


@advice.offer("schools.pack")
def pack_warns(page: Page) -> Iterable[str]:
    """Say what of the pack is in nobody's way, but better mended."""
    return warns(page.pack) if isinstance(page, LessonPackPage) else ()
