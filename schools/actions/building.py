"""Packing the files of a pack as one ZIP, in the worker, before anybody asks for it."""

from contextlib import suppress
from uuid import UUID

import structlog
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction

from core.enums import MakingState
from core.making.claims import UNFORESEEN, LostClaimError, claim, end, tell
from core.making.packing import write_archive
from core.storage import discard
from schools.models import LessonPackPage, PackBuild
from schools.models.builds import build_name
from schools.queries import Contents, contents_of, published_pages

logger = structlog.get_logger(__name__)

MISSING = "A file of the pack is missing from storage, so the pack cannot be packed. Choose that file again."


def ask_for_builds() -> None:
    """Let every published pack have its ZIP file, and those wait that hold something else than their pack holds now."""
    for page in published_pages():
        contents = contents_of(page)
        if contents.files:
            _ask(page, contents.digest)


def _ask(page: LessonPackPage, digest: str) -> None:
    build, _ = PackBuild.objects.get_or_create(pack=page.pack)
    old = PackBuild.objects.filter(pk=build.pk, making__in=[MakingState.READY, MakingState.REFUSED])
    old.exclude(contents=digest).update(making=MakingState.WAITING)


def build_pack(build: PackBuild) -> None:
    """Pack the files of a pack, unless somebody else is at it."""
    mine = claim(build, done=0, of=1)
    if mine is None:
        return
    build = PackBuild.objects.get(pk=build.pk)
    page = published_pages().filter(pack=build.pack_id).first()
    with suppress(LostClaimError):
        if page is None:
            end(build, mine, making=MakingState.WAITING)  # taken down since: it is packed when it is back
            return
        contents = contents_of(page)
        try:
            # A local storage moves such a file to its place, and need not copy it.
            with TemporaryUploadedFile("pack.zip", "application/zip", 0, None) as made:
                write_archive(contents.entries, made.file)  # type: ignore[arg-type]  # an open one has its file
                _keep(build, mine, contents, made)
        except LostClaimError:
            raise
        except FileNotFoundError:
            logger.exception("pack not packed", pack=build.pack_id)
            _refuse(build, mine, contents, MISSING)
        except Exception as error:  # Whatever it was, staff are told, and the sweeper does not try for ever.
            logger.exception("pack not packed", pack=build.pack_id)
            _refuse(build, mine, contents, UNFORESEEN.format(type(error).__name__))


@transaction.atomic
def _keep(build: PackBuild, mine: UUID, contents: Contents, made: TemporaryUploadedFile) -> None:
    """Put the file that was ``made`` in the place of the one before it."""
    tell(build, mine)
    before, made.size, build.digest = build.file.name, made.tell(), contents.digest
    made.seek(0)
    name = build_name(build, "")
    if not build.file.storage.exists(name):
        build.file.save(name, made, save=False)
    end(
        build, mine, making=MakingState.READY, done=1, file=name, contents=contents.digest, digest=contents.digest,
        size=made.size, holds=[str(file.uuid) for _, file in contents.files],
    )  # fmt: skip
    if before and before != name:
        discard(build.file.storage, before)


def _refuse(build: PackBuild, mine: UUID, contents: Contents, sentence: str) -> None:
    end(build, mine, making=MakingState.REFUSED, problem=sentence, contents=contents.digest)
