"""Why the page of a pack cannot be approved yet: it has no file, or one that was not looked through."""

from collections.abc import Iterator

from wagtail.models import Page

from core.approvals.registry import obstacles
from schools.enums import FileState
from schools.models import LessonPackPage

SENTENCES = {
    FileState.PENDING: "“{}” is still being checked. Come back in a minute or two.",
    FileState.REFUSED: "“{}” was refused, and the pack says why beside it. Choose another file there, or delete it.",
    FileState.UNCHECKED: "“{}” could not be checked, and the pack says why. Have it checked again there, or delete it.",
}


@obstacles.offer("schools.files")
def files(page: Page) -> Iterator[str]:
    """Say which files of the pack are in the way."""
    if not isinstance(page, LessonPackPage):
        return
    kept = list(page.pack.files.all())
    if not kept:
        yield "The pack has no files. Add them to it first."
    for file in kept:
        if sentence := SENTENCES.get(file.state):
            yield sentence.format(file.title)
