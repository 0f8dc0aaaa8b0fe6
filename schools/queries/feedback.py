"""What may be told of teachers' feedback."""

from dataclasses import dataclass

from schools.enums import CommentState, Useful
from schools.models import LessonPack, PackFeedback

FEWEST, STEP = 30, 10  # no share from fewer answers; and none that differs from another by fewer
MOST_SHOWN = 5


@dataclass(frozen=True)
class Usefulness:
    """What share of so many answers called a pack very or fairly useful, in whole per cent."""

    answers: int
    share: int
    is_sample: bool


@dataclass(frozen=True)
class Told:
    """What everybody is told of a pack's feedback."""

    usefulness: Usefulness | None
    comments: list[PackFeedback]


def told(pack: LessonPack) -> Told:
    """Return what everybody is told of the feedback on ``pack``."""
    published = PackFeedback.objects.filter(pack=pack).with_words(CommentState.PUBLISHED)
    return Told(usefulness(pack), list(published[:MOST_SHOWN]))


def usefulness(pack: LessonPack) -> Usefulness | None:
    """Return how useful ``pack`` was found, from whole tens of answers in the order in which they came.

    None where there are too few. Sample answers are told of until there is a real one, and never together with it.
    """
    given = PackFeedback.objects.filter(pack=pack).order_by("pk")
    is_sample = not given.filter(is_sample=False).exists()
    answers = list(given.filter(is_sample=is_sample).values_list("useful", flat=True))
    counted = answers[: len(answers) // STEP * STEP]
    if len(counted) < FEWEST:
        return None
    good = sum(answer in Useful.good for answer in counted)
    return Usefulness(len(counted), round(100 * good / len(counted)), is_sample)
