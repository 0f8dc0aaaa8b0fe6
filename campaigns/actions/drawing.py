"""Making the files of an approved artwork, in the worker: every size as a picture, and those to print as PDF too."""

import hashlib
import re
from collections.abc import Generator
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import structlog
from django.core.files import File
from django.db import transaction

from campaigns.artwork.apart import drawn_apart
from campaigns.artwork.errors import ArtworkError
from campaigns.artwork.obstacles import obstacle
from campaigns.artwork.sizes import SIZES, Size
from campaigns.enums import FileKind
from campaigns.models import ArtworkFile, ArtworkVersion
from campaigns.queries.artwork import drawable, is_intact
from core.enums import MakingState
from core.making.apart import UnforeseenError
from core.making.claims import UNFORESEEN, LostClaimError, claim, end, tell

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
            with closing(_drawn(version, mine, todo)) as files:
                for number, (one, file) in enumerate(files, start=len(have) + 1):
                    _keep(version, mine, one, file, number)
        except ArtworkError as refused:
            _refuse(version, mine, str(refused))
        except LostClaimError:
            raise
        except UnforeseenError as error:
            logger.error("artwork not made", version=version.pk, said=error.said)  # noqa: TRY400  (the other process's)
            _refuse(version, mine, UNFORESEEN.format(error.kind))
        except Exception as error:  # Whatever it was, staff are told, and the sweeper does not try for ever.
            logger.exception("artwork not made", version=version.pk)
            _refuse(version, mine, UNFORESEEN.format(type(error).__name__))
        else:
            end(version, mine, making=MakingState.READY)


def _drawn(version: ArtworkVersion, mine: UUID, todo: list[Wanted]) -> Generator[tuple[Wanted, Path]]:
    if sentence := obstacle() or ("" if is_intact(version) else CHANGED):
        raise ArtworkError(sentence)
    files = drawn_apart(
        drawable(version.design),
        [(one.size.key, one.kind) for one in todo],
        about=about_file(version),
        alive=lambda: tell(version, mine),
    )
    with closing(files):
        yield from zip(todo, files, strict=True)


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
        **{name.title(): said for name in ("credit", "licence") if (said := (picture or {}).get(name))},
    }


def file_name(version: ArtworkVersion, one: Wanted) -> str:
    """Return a name that every system takes: small letters of ASCII, digits and hyphens."""
    artwork = version.artwork
    parts = (artwork.campaign.code, artwork.code, artwork.language, one.size.key, f"v{version.number}")
    return "-".join(re.findall("[a-z0-9]+", "-".join(parts).lower())) + f".{one.kind}"


@transaction.atomic
def _keep(version: ArtworkVersion, mine: UUID, one: Wanted, drawn: Path, number: int) -> None:
    tell(version, mine, done=number)
    with drawn.open("rb") as content:
        file = ArtworkFile(
            version=version,
            size=one.size.key,
            kind=one.kind,
            name=file_name(version, one),
            sha256=hashlib.file_digest(content, "sha256").hexdigest(),
            bytes=content.tell(),
            width=one.size.width,
            height=one.size.height,
        )
        content.seek(0)
        file.file.save(file.name, File(content), save=False)
    file.save()


@transaction.atomic
def _refuse(version: ArtworkVersion, mine: UUID, sentence: str) -> None:
    end(version, mine, making=MakingState.REFUSED, problem=sentence, done=0)
    version.files.all().delete()
