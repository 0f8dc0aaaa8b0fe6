"""Making the ZIP files of share kits, in the worker: one for everybody, and one with the links of each partner."""

import hashlib
import tempfile
from contextlib import suppress
from typing import IO
from uuid import UUID

import structlog
from django.core.files import File
from django.db import transaction

from campaigns.enums import ReviewState
from campaigns.kits.contents import Contents, contents_of, kit_in_force, partner_placements
from campaigns.kits.packing import pack
from campaigns.models import Campaign, Kit, KitArchive, Placement
from core.enums import MakingState
from core.making.claims import UNFORESEEN, LostClaimError, claim, end
from core.storage import discard

logger = structlog.get_logger(__name__)

MISSING = "A file of the artwork is missing from storage, so the kit cannot be packed. Tell whoever runs the site."


def ask_for_archives() -> None:
    """Let every approved kit have its archives, and those wait that hold something else than their kit holds now."""
    approved = Kit.objects.filter(state=ReviewState.APPROVED).values("campaign")
    for campaign in Campaign.objects.filter(pk__in=approved):
        if kit := kit_in_force(campaign):
            for placement in [None, *partner_placements(campaign)]:
                _ask(campaign, placement, contents_of(campaign, kit, placement).digest)


def _ask(campaign: Campaign, placement: Placement | None, digest: str) -> None:
    archive, _ = KitArchive.objects.get_or_create(campaign=campaign, placement=placement)
    old = KitArchive.objects.filter(pk=archive.pk, making__in=[MakingState.READY, MakingState.REFUSED])
    old.exclude(contents=digest).update(making=MakingState.WAITING)


def pack_archive(archive: KitArchive) -> None:
    """Pack the kit that ``archive`` is of, unless somebody else is at it."""
    mine = claim(archive, done=0, of=1)
    if mine is None:
        return
    archive = KitArchive.objects.select_related("campaign", "placement").get(pk=archive.pk)
    kit = kit_in_force(archive.campaign)
    if kit is None:
        return  # never without one: an approved kit stays
    contents = contents_of(archive.campaign, kit, archive.placement)
    with suppress(LostClaimError):
        try:
            with tempfile.TemporaryFile() as made:
                pack(contents, made)
                _keep(archive, mine, contents, made)
        except LostClaimError:
            raise
        except OSError:
            logger.exception("kit not packed", archive=archive.pk)
            _refuse(archive, mine, contents, MISSING)
        except Exception as error:  # Whatever it was, staff are told, and the sweeper does not try for ever.
            logger.exception("kit not packed", archive=archive.pk)
            _refuse(archive, mine, contents, UNFORESEEN.format(type(error).__name__))


@transaction.atomic
def _keep(archive: KitArchive, mine: UUID, contents: Contents, made: IO[bytes]) -> None:
    """Put the file that was ``made`` in the place of the one before it."""
    before = archive.file.name
    size = made.tell()
    made.seek(0)
    sha256 = hashlib.file_digest(made, "sha256").hexdigest()  # type: ignore[arg-type]  # any file opened for bytes
    made.seek(0)
    archive.file.save("kit.zip", File(made), save=False)
    end(
        archive, mine, making=MakingState.READY, done=1, file=archive.file.name, contents=contents.digest,
        sha256=sha256, bytes=size,
    )  # fmt: skip
    if before:
        discard(archive.file.storage, before)


def _refuse(archive: KitArchive, mine: UUID, contents: Contents, sentence: str) -> None:
    end(archive, mine, making=MakingState.REFUSED, problem=sentence, contents=contents.digest)
