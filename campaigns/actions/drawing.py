"""Making the files of an approved artwork, in the worker: every size as a picture, and those to print as PDF too."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple
from uuid import UUID

import structlog
from django.core.files.base import ContentFile
from django.db import transaction

from campaigns.actions.making import UNFORESEEN, LostClaimError, claim, end, tell
from campaigns.artwork.composing import Composition, compose
from campaigns.artwork.errors import ArtworkError
from campaigns.artwork.obstacles import obstacle
from campaigns.artwork.painting import png
from campaigns.artwork.printing import pdf
from campaigns.artwork.sizes import SIZES, Size
from campaigns.enums import FileKind, MakingState
from campaigns.models import ArtworkFile, ArtworkVersion
from campaigns.queries.artwork import drawable, is_intact
from core.printing import CannotPrintError

logger = structlog.get_logger(__name__)

CHANGED = "This version is not as it was approved: somebody changed it past this site. Send it in anew."


class Wanted(NamedTuple):
    """One file that a set holds."""

    size: Size
    kind: FileKind


def wanted() -> list[Wanted]:
    """Return the files of a set, the small ones first."""
    found = [Wanted(size, FileKind.PNG) for size in SIZES.values()]
    found += [Wanted(size, FileKind.PDF) for size in SIZES.values() if size.is_print]
    return sorted(found, key=lambda one: one.size.width * one.size.height)


def draw_version(version: ArtworkVersion) -> None:
    """Make the files of ``version`` that are not made yet, unless somebody else is at it.

    The work is done outside of a transaction, so that whoever waits sees how far it is. Where it cannot be drawn, its
    sentence is kept and none of its files.
    """
    every = wanted()
    have = set(version.files.values_list("size", "kind"))
    mine = claim(version, done=len(have), of=len(every))
    if mine is None:
        return
    version = ArtworkVersion.objects.select_related("artwork__campaign").get(pk=version.pk)
    with suppress(LostClaimError):
        try:
            todo = [one for one in every if (one.size.key, one.kind) not in have]
            for number, (one, content) in enumerate(_drawn(version, todo), start=len(have) + 1):
                _keep(version, mine, one, content, number)
        except (ArtworkError, CannotPrintError) as refused:
            _refuse(version, mine, str(refused))
        except LostClaimError:
            raise
        except Exception as error:  # Whatever it was, staff are told, and the sweeper does not try for ever.
            logger.exception("artwork not made", version=version.pk)
            _refuse(version, mine, UNFORESEEN.format(type(error).__name__))
        else:
            end(version, mine, making=MakingState.READY)


def _drawn(version: ArtworkVersion, todo: list[Wanted]) -> Iterator[tuple[Wanted, bytes]]:
    if sentence := obstacle() or ("" if is_intact(version) else CHANGED):
        raise ArtworkError(sentence)
    design = drawable(version.design)
    about = about_file(version)
    for one in todo:
        yield one, _one_file(compose(design, one.size), one.kind, about)


def _one_file(composition: Composition, kind: FileKind, about: dict[str, str]) -> bytes:
    if kind == FileKind.PDF:
        return pdf(composition, title=about["Title"], about=about)
    return png(composition, about=about)


def about_file(version: ArtworkVersion) -> dict[str, str]:
    """Return what every file of ``version`` says of itself inside."""
    artwork, picture = version.artwork, version.design["picture"]
    return {
        "Title": artwork.title,
        "Campaign": artwork.campaign.code,
        "Artwork": artwork.code,
        "Version": str(version.number),
        "Language": artwork.language,
        "Digest": version.digest,
        **({"Credit": picture["credit"]} if picture and picture["credit"] else {}),
    }


def file_name(version: ArtworkVersion, one: Wanted) -> str:
    """Return a name that every system takes: small letters of ASCII, digits and hyphens."""
    artwork = version.artwork
    parts = (artwork.campaign.code, artwork.code, artwork.language, one.size.key, f"v{version.number}")
    return "-".join(re.findall("[a-z0-9]+", "-".join(parts).lower())) + f".{one.kind}"


@transaction.atomic
def _keep(version: ArtworkVersion, mine: UUID, one: Wanted, content: bytes, number: int) -> None:
    tell(version, mine, done=number)
    file = ArtworkFile(
        version=version,
        size=one.size.key,
        kind=one.kind,
        name=file_name(version, one),
        sha256=hashlib.sha256(content).hexdigest(),
        bytes=len(content),
        width=one.size.width,
        height=one.size.height,
    )
    file.file.save(file.name, ContentFile(content), save=False)
    file.save()


@transaction.atomic
def _refuse(version: ArtworkVersion, mine: UUID, sentence: str) -> None:
    end(version, mine, making=MakingState.REFUSED, problem=sentence, done=0)
    version.files.all().delete()
