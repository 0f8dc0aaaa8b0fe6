"""Listings for the admin, shared by the rooms."""

from typing import Any

from wagtail.admin.viewsets.model import ModelViewSet
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
