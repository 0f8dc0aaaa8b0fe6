"""Why a page cannot be approved yet: a picture without a record, or one that may not be used."""

from collections.abc import Iterator

from wagtail.models import Page

from core.approvals.content import files_on
from core.approvals.registry import obstacles
from core.models.pictures import Image


@obstacles.offer("core.pictures")
def pictures(page: Page) -> Iterator[str]:
    """Say which pictures of ``page`` nobody may show, or nobody knows enough of."""
    label = Image._meta.label_lower
    held = [pk for model, pk in files_on(page) if model == label]
    for picture in Image.objects.filter(pk__in=held).order_by("title", "pk") if held else ():
        if not picture.may_be_used:
            yield f"{picture.why_not_used} Choose another picture on this page, or replace it everywhere under Images."
        elif not picture.has_record:
            yield f"Nobody said whose “{picture.title}” is and who is shown. Fill in its record under Images."
