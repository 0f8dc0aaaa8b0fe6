"""Listings for the admin, shared by the rooms."""

from typing import Any

from django.db.models import Model
from django.urls import reverse
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page
from wagtail.permissions import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

from core.deleting import DeleteView


class RowViewSet(SnippetViewSet):
    """Rows that others point to: a deletion is refused in words, and nothing is copied.

    A copy would be made past what the room does with a new row (its draft page, its state, its files), and Wagtail's
    address for one, sent a form, writes over the row that it stands for.
    """

    delete_view_class = DeleteView
    copy_view_enabled = False


class StartsPage:
    """Saving a row that no page shows makes its draft page, which opens next. Mixed into the views of a row's form."""

    page: Page | None = None

    def start_page(self, row: Any) -> Page | None:
        """Make the draft page of ``row``; None where there is no place for it yet."""
        raise NotImplementedError

    def save_instance(self) -> Any:
        """Save the row, and make its draft page if it has none."""
        row = super().save_instance()  # type: ignore[misc]  # mixed into Wagtail's views
        if not row.pages.exists():
            self.page = self.start_page(row)
        return row

    def get_success_url(self) -> str:
        """Go on to a new page, where the words are written and sent for approval."""
        if self.page:
            return reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return super().get_success_url()  # type: ignore[misc]


class PageColumn(Column):
    """Whether the page of a row is published; the list fetches ``pages`` with its rows."""

    def __init__(self) -> None:
        """Stand under "Page"."""
        super().__init__("page", label="Page")

    def get_value(self, instance: Model) -> str:
        """Return it in a word or three."""
        pages = instance.pages.all()  # type: ignore[attr-defined]  # what pages call the row that they show
        if not pages:
            return "No page yet"
        return "Published" if any(page.live for page in pages) else "Draft"


class ReadingPolicy(ModelPermissionPolicy):
    """Nobody makes, edits or deletes these rows by hand, superusers included; who may view them is a permission."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Tell whether ``user`` may view; every other of the usual actions is refused."""
        return action not in {"add", "change", "delete"} and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Tell whether ``user`` has one of ``actions``."""
        return any(self.user_has_permission(user, action) for action in actions)


class ReadingViewSet(ModelViewSet):
    """A listing that staff read and nobody edits."""

    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    # The viewset asks for the fields of a form although its policy refuses every form.
    exclude_form_fields: tuple[str, ...] = ()

    @property
    def permission_policy(self) -> ReadingPolicy:
        """Reading and nothing else."""
        return ReadingPolicy(self.model)
