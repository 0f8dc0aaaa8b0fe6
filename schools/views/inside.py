"""Looking inside a lesson file before it is taken: its pages as pictures and as words."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.models.pages import crumbs
from core.pagecache import may_be_kept
from core.sending import send
from schools.models import LessonFile, LessonPackPage
from schools.queries import offered


def _offered(pack: str, file: UUID) -> tuple[LessonPackPage, LessonFile]:
    found = offered(slug=pack, file=file)
    if found is None:
        raise Http404("No such file.")
    return found


@require_safe
def inside(request: HttpRequest, pack: str, file: UUID) -> HttpResponse:
    """Show the pages of a lesson file, after what a teacher should know before looking.

    Raises:
        Http404: no live, public page at this address offers the file.
    """
    page, found = _offered(pack, file)
    leaves = list(found.leaves.all())
    may_be_kept(request)
    context = {
        "pack_page": page,
        "file": found,
        "leaves": leaves,
        "has_words": any(leaf.pieces for leaf in leaves),
        "download": page.download_address(found),
        "crumbs": [*crumbs(page, request), (page.title, page.get_url(request), page.words_language)],
    }
    return render(request, "schools/inside.html", context)


@require_safe
def leaf(request: HttpRequest, pack: str, file: UUID, number: int) -> Any:
    """Give the picture of one page of a lesson file.

    Raises:
        Http404: no live, public page at this address offers the file, or that page of it has no picture.
    """
    _, found = _offered(pack, file)
    drawn = found.leaves.filter(number=number).exclude(picture="").first()
    if drawn is None:
        raise Http404("No such picture.")
    name = f"{number}.webp"
    return send(request, drawn.picture, name=name, media_type="image/webp", sha256=drawn.sha256, is_attachment=False)
