"""Makers of lesson packs, their files and their pages."""

import io
import zipfile
from itertools import count

from django.core.files.base import ContentFile
from wagtail.models import Site

from schools.actions import classify
from schools.models import LessonFile, LessonPack, LessonPackPage, SchoolsIndexPage

_numbers = count(1)

PDF = b"%PDF-1.4\n% a small file\n%%EOF\n"


def office_file(member: str = "ppt/presentation.xml", content: str = "<p/>") -> bytes:
    """Return a ZIP with one member, enough to pass for an office file."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr(zipfile.ZipInfo(member), content)  # A fixed date: the same bytes in every process.
    return whole.getvalue()


def make_schools_index() -> SchoolsIndexPage:
    """Return the schools page, made if need be."""
    found = SchoolsIndexPage.objects.first()
    if found is None:
        found = SchoolsIndexPage(title="Schools", slug="schools", summary="Lesson packs for every age.")
        Site.objects.get(is_default_site=True).root_page.add_child(instance=found)
    return found


ABOUT = ("topics", "strands", "awareness_dates")


def make_pack(*, key_stages=("ks2",), subjects=("pshe",), **fields) -> LessonPack:
    """Return a pack; what it is about and when it fits may be among the ``fields``."""
    number = next(_numbers)
    about = {name: fields.pop(name, ()) for name in ABOUT}
    given = {"code": f"pack-{number}", "title": f"Pack {number}", "duration": 45, "learning": "Say what is fair."}
    given |= {"nothing_to_warn_of": not fields.get("content_guidance")}
    pack = LessonPack.objects.create(**given | fields)
    classify(pack=pack, key_stages=key_stages, subjects=subjects, **about)
    return pack


def make_file(pack: LessonPack, *, content: bytes = PDF, name: str = "plan.pdf", **fields) -> LessonFile:
    """Return a file that was looked through and passed on."""
    given = {"title": f"File {next(_numbers)}", "kind": "lesson-plan", "audience": "teacher", "making": "ready"}
    return LessonFile.objects.create(pack=pack, file=ContentFile(content, name=name), **given | fields)


def make_arrived(pack: LessonPack, content: bytes, name: str = "plan.pdf", **fields) -> LessonFile:
    """Return a file that waits to be looked through."""
    given = {"title": f"File {next(_numbers)}", "kind": "lesson-plan", "audience": "teacher"}
    return LessonFile.objects.create(pack=pack, arrived=ContentFile(content, name=name), **given | fields)


def make_pack_page(pack: LessonPack | None = None, *, live: bool = True, **fields) -> LessonPackPage:
    pack = pack or make_pack()
    page = LessonPackPage(
        **{"title": pack.title, "slug": pack.code, "summary": "A lesson.", "pack": pack, "live": live} | fields
    )
    make_schools_index().add_child(instance=page)
    return page
