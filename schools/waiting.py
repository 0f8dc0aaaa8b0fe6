"""What waits for those who make lesson packs."""

from collections.abc import Iterable

from core.models import User
from core.waiting import MOST, Waiting, edit_address, waiting
from schools.models import LessonPack


@waiting.offer("schools.packs")
def packs_without_files(user: User) -> Iterable[Waiting]:
    """Find packs that a teacher would open in vain: published, and without a file."""
    if not user.has_perm("schools.change_lessonpack"):
        return
    empty = LessonPack.objects.filter(files=None, pages__live=True).distinct().order_by("title", "pk")
    for pack in empty[:MOST]:
        yield Waiting(
            what="Lesson pack without files",
            title=pack.title,
            url=edit_address(pack),
            when="its page is published",
        )
