"""What keeps a page from being approved for a reason that its own words do not show.

A room offers, in its ``obstacles.py``, a function from a page (its own type, as the version that would go out) to
sentences. While there is one, nobody approves the page: each says what is in the way, and who can clear it. Advice is
offered there too, in the same way: it is shown to whoever edits and approves the page, and keeps nobody from it.
"""

from collections.abc import Callable, Iterable

from wagtail.models import Page

from core.registry import Registry

obstacles: Registry[Callable[[Page], Iterable[str]]] = Registry("obstacles")
advice: Registry[Callable[[Page], Iterable[str]]] = Registry("obstacles")


def obstacles_to(page: Page) -> list[str]:
    """Return a sentence for each obstacle to approving ``page``, as it stands in memory."""
    return [sentence for _, offer in obstacles.items() for sentence in offer(page)]


def advice_of_rooms(page: Page) -> list[str]:
    """Return a sentence for each thing that rooms advise to mend on ``page`` before it is approved."""
    return [sentence for _, offer in advice.items() for sentence in offer(page)]
