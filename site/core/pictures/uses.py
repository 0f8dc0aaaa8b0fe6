"""Everything that shows a picture, in pages and in rows of other rooms."""

from collections.abc import Iterator

from django.urls import reverse

from core.models.pages import BasePage
from core.models.pictures import Image
from core.pictures.holding import Holder, holders
from core.pictures.places import says_what_it_shows
from core.pictures.registry import Use, picture_uses


def uses_of(picture: Image) -> list[Use]:
    """Return the uses of ``picture``: pages in the order of the tree, then what other rooms say."""
    return [*_pages(picture), *(use for _, kind in picture_uses.items() for use in kind.of(picture))]


def _pages(picture: Image) -> Iterator[Use]:
    for holder in holders(picture):
        yield Use(
            what="Page",
            title=holder.page.get_admin_display_title(),
            url=reverse("wagtailadmin_pages:edit", args=[holder.page.pk]),
            standing=_standing(holder),
            language=holder.page.locale.language_code,
            says=any(says_what_it_shows(version, picture) for version in _versions(holder)),
        )


def _versions(holder: Holder) -> Iterator[BasePage]:
    yield holder.page.specific
    yield from (revision.as_object() for revision in holder.waiting)


def _standing(holder: Holder) -> str:
    if not holder.is_live:
        return "draft"
    return "live, and in a draft" if holder.waiting else "live"
