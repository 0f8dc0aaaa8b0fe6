"""What people may do with a page that stands for an English one in another language."""

from functools import cached_property

from wagtail.models import Page, PagePermissionTester

from core.translations.queries import english_of, may_translate


class StandInTester(PagePermissionTester):
    """Who may edit or translate the English page may open it; it goes live by an approval, and with the English one.

    Superusers too: Wagtail's own ways to publish, take down, move or delete would leave one language out of step. A
    page that was written in this language first is like any other.
    """

    @cached_property
    def english(self) -> Page | None:
        """The English page; None where there is none."""
        return english_of(self.page)

    def can_edit(self) -> bool:
        """Tell whether they may open the translation's screen."""
        if super().can_edit():
            return True
        return bool(self.user.is_active and self.english and may_translate(self.user, self.english))

    def can_publish(self) -> bool:
        """Tell whether they may publish it past an approval."""
        return not self.english and super().can_publish()

    def can_unpublish(self) -> bool:
        """Tell whether they may take it down past its own screen."""
        return not self.english and super().can_unpublish()

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: FBT001, FBT002  (Wagtail's own)
        """Tell whether they may delete or move it apart from the English page."""
        return not self.english and super().can_delete(ignore_bulk)
