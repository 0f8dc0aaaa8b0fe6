"""Looking through a file that arrived: what comes of it is passed on, or nobody gets it."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import UUID

import structlog
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from core.enums import MakingState
from core.making.apart import UnforeseenError, folder_apart
from core.making.claims import UNFORESEEN, LostClaimError, claim, end, tell
from core.storage import discard
from schools.actions.nudging import nudge
from schools.checks import format_of
from schools.files.apart import FOLDERS, looked_at
from schools.files.errors import RefusedFileError, UncheckedFileError
from schools.files.looked import CLEAN, Leaf, Looked
from schools.models import FileLeaf, LessonFile
from schools.models.files import OF_WORKER

logger = structlog.get_logger(__name__)

MISSING = "The file that arrived is missing from storage. Choose it again."


def check_file(file: LessonFile, *, is_ours: bool = False) -> None:
    """Look through what arrived for ``file``, unless somebody else is at it, and pass it on or say why not.

    It is opened in a process of its own, unless it ``is_ours``: written with this product, and known to the byte.
    """
    mine = claim(file, done=0, of=1)
    if mine is None:
        return
    file = LessonFile.objects.select_related("pack").get(pk=file.pk)
    kind = str(format_of(str(file.arrived.name)))
    with suppress(LostClaimError):
        try:
            looking = _here(file, kind) if is_ours else looked_at(_writer(file), kind, alive=lambda: tell(file, mine))
            with looking as (looked, folder):
                _pass_on(file, mine, looked, folder)
        except RefusedFileError as refused:
            _refuse(file, mine, str(refused))
        except UncheckedFileError as unchecked:
            _leave(file, mine, str(unchecked))
        except UnforeseenError as error:
            logger.error("lesson file not looked through", file=file.pk, said=error.said)  # noqa: TRY400  (its own)
            _leave(file, mine, UNFORESEEN.format(error.kind))
        except FileNotFoundError:
            logger.exception("lesson file missing", file=file.pk)
            _refuse(file, mine, MISSING)
        except LostClaimError:
            raise
        except Exception as error:  # Whatever it was, the schools lead is told, and the sweeper does not try for ever.
            logger.exception("lesson file not looked through", file=file.pk)
            _leave(file, mine, UNFORESEEN.format(type(error).__name__))


def _writer(file: LessonFile) -> Callable[[Path], None]:
    def write(to: Path) -> None:
        with file.arrived.open("rb") as source, to.open("wb") as target:
            shutil.copyfileobj(source, target)

    return write


@contextmanager
def _here(file: LessonFile, kind: str) -> Iterator[tuple[Looked, Path]]:
    """Look at what arrived in this process."""
    from schools.files.looking import look  # with readers of PDF that no other process needs

    with folder_apart(FOLDERS) as folder:
        arrived = folder / f"arrived.{kind}"
        _writer(file)(arrived)
        yield look(arrived, kind, folder), folder


@transaction.atomic
def _pass_on(file: LessonFile, mine: UUID, looked: Looked, folder: Path) -> None:
    """Let teachers have what was kept of the file, and look inside it, in place of what they had."""
    arrived, name = file.arrived, str(file.arrived.name)
    tell(file, mine)  # before anything is stored: whoever lost the claim stores nothing
    with (folder / CLEAN).open("rb") as clean:
        file.file = File(clean, name=f"clean.{format_of(name)}")
        file.pages = len(looked.leaves) if format_of(name).has_pages else None
        file.is_tagged, file.taken_out, file.noticed = looked.is_tagged, looked.found, looked.noticed
        file.save(update_fields=OF_WORKER)
    file.leaves.all().delete()
    for number, leaf in enumerate(looked.leaves, start=1):
        _keep_leaf(file, number, leaf, folder)
    end(file, mine, making=MakingState.READY, done=1, arrived="", problem="")
    discard(arrived.storage, name)
    nudge()


def _keep_leaf(file: LessonFile, number: int, leaf: Leaf, folder: Path) -> None:
    kept = FileLeaf(file=file, number=number, pieces=leaf.pieces)
    if leaf.size:
        kept.width, kept.height = leaf.size
        with (folder / f"{number}.webp").open("rb") as picture:
            kept.sha256 = hashlib.file_digest(picture, "sha256").hexdigest()
            picture.seek(0)
            kept.picture.save("page.webp", File(picture), save=False)
    kept.save()


@transaction.atomic
def _refuse(file: LessonFile, mine: UUID, sentence: str) -> None:
    """Let go of what arrived, at once; what teachers have stays."""
    end(file, mine, making=MakingState.REFUSED, problem=sentence, arrived="")
    discard(file.arrived.storage, str(file.arrived.name))


@transaction.atomic
def _leave(file: LessonFile, mine: UUID, sentence: str) -> None:
    """Keep what arrived, out of everybody's reach, for somebody to ask once more."""
    end(file, mine, making=MakingState.REFUSED, problem=sentence)


@transaction.atomic
def check_again(*, file: LessonFile) -> None:
    """Have a file that could not be looked through to the end looked through once more."""
    waiting = LessonFile.objects.filter(pk=file.pk, making=MakingState.REFUSED).exclude(arrived="")
    waiting.update(making=MakingState.WAITING, claim=None, touched=timezone.now(), problem="")
    nudge()
