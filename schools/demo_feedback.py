"""Invented feedback on one of the demonstration's lessons, marked as sample data."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from core.demonstration import Chapter, chapters
from schools.demo_classes import PACKS, TAUGHT
from schools.enums import CommentState, Useful
from schools.models import LessonPack, PackFeedback

# How useful, and how many said so: three tens of answers, which is what a share is told from.
ANSWERS = ((Useful.VERY, 15), (Useful.FAIRLY, 11), (Useful.NOT_VERY, 3), (Useful.NOT_AT_ALL, 1))
# Months ago, how useful, pupils, words, and whether they are published.
COMMENTS = (
    (
        2,
        Useful.VERY,
        28,
        "The four safe ways were easy to act out. I would give the last activity ten minutes more.",
        True,
    ),
    (1, Useful.FAIRLY, 31, "Put the worksheet on one side of paper: we ran out of time to turn it over.", True),
    (0, Useful.VERY, 26, "Could there be a version for a shorter tutor time of twenty minutes?", False),
)


@transaction.atomic
def load(report: Callable[[str], None]) -> None:
    """Lay the answers, where the lesson is there and has none."""
    pack = LessonPack.objects.filter(code=TAUGHT).first()
    if pack and not PackFeedback.objects.filter(pack=pack).exists():
        PackFeedback.objects.bulk_create([*_plain(pack), *_with_words(pack)])
    report("Sample feedback")


def _month(ago: int) -> date:
    """Return the first day of the month so many months ago, of the last two; 28 days reach each of them."""
    return (timezone.localdate().replace(day=1) - timedelta(days=28 * ago)).replace(day=1)


def _plain(pack: LessonPack) -> list[PackFeedback]:
    return [
        PackFeedback(pack=pack, month=_month(number % 3), useful=useful, pupils=27, is_sample=True)
        for useful, many in ANSWERS
        for number in range(many)
    ]


def _with_words(pack: LessonPack) -> list[PackFeedback]:
    return [
        PackFeedback(
            pack=pack,
            month=_month(ago),
            useful=useful,
            pupils=pupils,
            would_change=words,
            state=CommentState.PUBLISHED if is_published else CommentState.WAITING,
            decided_on=timezone.localdate() if is_published else None,
            is_sample=True,
        )
        for ago, useful, pupils, words, is_published in COMMENTS
    ]


@transaction.atomic
def remove() -> None:
    """Take away all feedback on the demonstration's lessons."""
    PackFeedback.objects.filter(pack__code__in=PACKS).delete()


chapters.offer("schools-feedback")(Chapter(order=53, steps=1, load=load, remove=remove))
