"""What visitors are shown of pages: what was approved, whatever stands in their rows.

Every page that is read and every list of pages passes through here: cards, related pages, the way back, search,
calendars, the map for search engines.
"""

from collections.abc import Iterable
from typing import TypeVar

from django.http import HttpRequest

from core.approvals.content import States, all_in_force, files_digest, has_approved_words, states, whole_revision
from core.approvals.records import Approval
from core.models.pages import BasePage
from core.remembering import remembered

Shown = TypeVar("Shown", bound=BasePage)

MANY = 500  # pages of which it is cheaper to ask for every approval than for theirs by name


def as_approved(pages: Iterable[Shown], request: HttpRequest | None = None) -> list[Shown]:
    """Return what to show of each of ``pages``, which are specific and have all their fields, in their order.

    A page itself where it is as approved, or where nobody ever approved it; where its words differ, the version that
    was approved. It is left out where that is gone, or where a picture or document of it was changed: what was
    approved with it is not there any more. Two queries for all of them: their approvals, which are remembered where
    a ``request`` is given, and their files, where they have any.
    """
    asked = list(pages)
    approvals = _in_force({_source(page) for page in asked}, request)
    files = states({tuple(file) for approval in approvals.values() for file in approval.shows})
    shown = (_shown(page, approvals.get(_source(page)), files) for page in asked)
    return [page for page in shown if page is not None]


def approved_version(page: Shown, request: HttpRequest | None = None) -> Shown | None:
    """Return what to show for one page, as :func:`as_approved` does for many; None where there is nothing to show."""
    return next(iter(as_approved([page], request)), None)


def _source(page: BasePage) -> int:
    """Return the key of the page whose approval speaks for ``page``."""
    return page.alias_of_id or page.pk


def _in_force(keys: set[int], request: HttpRequest | None) -> dict[int, Approval]:
    def ask() -> dict[int, Approval]:
        found = all_in_force() if len(keys) > MANY else all_in_force().filter(page__in=keys)
        return {approval.page_id: approval for approval in found}

    return remembered(("approvals", frozenset(keys)), ask, request=request) if request else ask()


def _shown(page: Shown, approval: Approval | None, files: States) -> Shown | None:
    if approval is None:
        return page
    if files_digest(approval.shows, files) != approval.files:
        return None
    if has_approved_words(page, approval):
        return page
    revision = whole_revision(approval)
    return page.with_content_json(revision.content) if revision else None
