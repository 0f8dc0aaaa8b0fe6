"""Every way to narrow the lessons down, with the number behind each answer: over 500 packs against over 50.

Each lot of packs is in a database of its own, both as large in all else.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.http import QueryDict

from benchmarks.measure import compare
from campaigns.models import AwarenessDate
from core.enums import Strand
from core.languages.trees import in_english
from schools.actions import classify
from schools.enums import KeyStage, Subject, Topic
from schools.models import LessonFile, LessonPack, LessonPackPage, SchoolsIndexPage
from schools.queries import Choice, facets, live_pack_pages

FEW, MANY = 50, 500
LENGTHS = (20, 45, 60, 90)
LANGUAGES = ("en", "en", "ur", "en", "pl")  # of a pack's files
# What teachers ask in turn: everything, one question, and several together.
ASKED = ("", "stage=ks3", "topic=law&language=ur", "stage=ks2&stage=ks3&strand=race&length=60&awareness=refugee-week")


def measure() -> None:
    """Print the line `pack-filter`."""
    usual = connections[DEFAULT_DB_ALIAS]
    try:
        many, few = _asking(usual, MANY), _asking(usual, FEW)
        compare("pack-filter", ours=many, peer=few, times=10, unit="rounds/s")
    finally:
        connections[DEFAULT_DB_ALIAS] = usual


def _asking(usual: Any, packs: int) -> Callable[[], None]:
    """Return what works out all that can be asked, for each of `ASKED`, over so many ``packs``."""
    own = _copy(usual, Path(settings.VAR_DIR) / f"{packs}-packs.sqlite3")
    connections[DEFAULT_DB_ALIAS] = own
    _fill(packs)

    def ask() -> None:
        connections[DEFAULT_DB_ALIAS] = own
        offered = live_pack_pages().child_of(in_english(SchoolsIndexPage.objects).get())
        if offered.count() != packs:
            raise SystemExit("The list did not find its packs, so nothing was measured")
        for asked in ASKED:
            facets(offered, Choice.read(QueryDict(asked)))

    return ask


def _copy(usual: Any, path: Path) -> Any:
    """Return a connection to a copy, at ``path``, of the database behind the connection ``usual``."""
    with usual.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    own = usual.copy()
    own.settings_dict["NAME"] = path
    return own


@transaction.atomic
def _fill(packs: int) -> None:
    """Make so many live packs with three to five files each, no two neighbours alike."""
    index = in_english(SchoolsIndexPage.objects).get()
    dates = list(AwarenessDate.objects.all())
    for number in range(packs):
        pack = LessonPack.objects.create(
            code=f"bench-{number}", title=f"Bench {number}", duration=LENGTHS[number % len(LENGTHS)], learning="Say it."
        )
        classify(
            pack=pack,
            key_stages=_two(list(KeyStage), number),
            subjects=_two(list(Subject), number),
            topics=_two(list(Topic), number),
            strands=Strand,
            awareness_dates=_two(dates, number),
        )
        LessonFile.objects.bulk_create(
            LessonFile(
                pack=pack, title=f"File {order}", kind="slides", audience="teacher", language=language, making="ready",
                file=f"lessons/{number}-{order}.pdf", format="pdf", size=1, sha256="0" * 64, sort_order=order,
            )
            for order, language in enumerate(LANGUAGES[number % 3 :])
        )  # fmt: skip
        index.add_child(instance=LessonPackPage(title=pack.title, slug=pack.code, summary="A lesson.", pack=pack))


def _two(of: Sequence[Any], number: int) -> list[Any]:
    return [of[number % len(of)], of[number // 2 % len(of)]]
