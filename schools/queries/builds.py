"""What the whole pack as one file holds, and whether it is given out."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db.models.fields.files import FieldFile
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation

from core.approvals.showing import as_approved
from core.languages.trees import in_english
from core.making.packing import safe_name
from core.models.pages import CountedPage, closed_to_some
from core.remembering import remembered
from core.sharing import address
from schools.models import LessonFile, LessonPack, LessonPackPage, PackBuild
from schools.queries.packs import live_pack_pages

READ_ME = "READ-ME.html"
PACKED = 1  # how contents become bytes; one more whenever the same contents would become others


@dataclass(frozen=True)
class Contents:
    """What a pack's ZIP file holds: what to read first, and the lesson files under their names in it."""

    read_me: str
    files: list[tuple[str, LessonFile]]

    @property
    def digest(self) -> str:
        """The SHA-256 of all of it: the same contents give the same, and the same bytes."""
        said = [PACKED, self.read_me, *([name, file.sha256] for name, file in self.files)]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    @property
    def entries(self) -> list[tuple[str, FieldFile | str]]:
        """The entries in the order in which they stand in the ZIP file."""
        return [(READ_ME, self.read_me), *((name, file.file) for name, file in self.files)]


def published_pages() -> Any:
    """Return the English pages of packs that everybody may read."""
    pages = in_english(LessonPackPage.objects.live()).filter(~closed_to_some())
    return pages.select_related("pack").prefetch_related(
        "pack__files", "pack__key_stage_rows", "pack__subject_rows", "pack__told_versions"
    )


def contents_of(page: LessonPackPage) -> Contents:
    """Return what the pack of ``page`` holds now, in names that every system takes."""
    named: dict[str, LessonFile] = {}
    for file in page.pack.offered_files:
        named[safe_name(file.title, file.format, taken=named)] = file
    files = list(named.items())
    context = {
        "page": page,
        "pack": page.pack,
        "files": files,
        "address": address(page.url),
        "newest": next(iter(page.pack.told_versions.all()), None),
    }
    with translation.override("en"):
        return Contents(render_to_string("schools/read_me.html", context), files)


def offered_build(pack: LessonPack) -> PackBuild | None:
    """Return the ZIP file of ``pack`` that is given out: the newest, unless a file in it is the pack's no more.

    One that was built before a file was replaced or added is given out until the new one is ready.
    """
    build = PackBuild.objects.filter(pack=pack).exclude(file="").first()
    return build if build and _is_given_out(build, pack) else None


def _is_given_out(build: PackBuild, pack: LessonPack) -> bool:
    return {str(file.uuid) for file in pack.offered_files}.issuperset(build.holds)


@dataclass(frozen=True)
class WholePack:
    """A pack as one file, as everybody may take it now."""

    page: CountedPage
    name: str
    stored_name: str
    digest: str

    @property
    def file(self) -> FieldFile:
        """The file in storage, for one answer: an open file belongs to whoever opened it."""
        return PackBuild(file=self.stored_name).file


def whole_pack(slug: str, request: HttpRequest) -> WholePack | None:
    """Return the pack at ``slug`` as one file, or None where nobody may take it, or it is not packed yet.

    All of them are remembered until the site changes: a download then costs little more than its sending.
    """
    return remembered("whole packs", _whole_packs, request=request, on_every_site=True).get(slug)


def _whole_packs() -> dict[str, WholePack]:
    pages = as_approved(live_pack_pages().prefetch_related("pack__files"))
    builds = {build.pack_id: build for build in PackBuild.objects.exclude(file="").select_related("pack")}
    found = ((page, builds.get(page.pack_id)) for page in pages)
    return {
        page.slug: WholePack(page.counted_as(), build.download_name, str(build.file.name), build.digest)
        for page, build in found
        if build and _is_given_out(build, page.pack)
    }
