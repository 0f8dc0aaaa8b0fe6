"""What can be asked about classes: what they are asked, how they stand, and never how somebody in them answered."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from schools.classes.asking import FEWEST, STAGES
from schools.classes.telling import Asked
from schools.enums import KeyStage
from schools.models import LessonPack
from schools.models.classes import (
    ANSWERS,
    ClassAnswer,
    ClassPhase,
    ClassQuestion,
    ClassSession,
    ClassVersion,
    ClassWave,
    digest_of_link,
)
from surveys import runner
from surveys.instruments import questions
from surveys.queries.asked import read_instrument


class Standing(StrEnum):
    """Whether a code takes answers now, and why not."""

    OPEN = "open"
    UNKNOWN = "unknown"
    EARLY = "early"
    CLOSED = "closed"
    ENDED = "ended"
    FULL = "full"


def stages_asked(pack: LessonPack) -> list[KeyStage]:
    """Return the key stages of which classes can use ``pack``: those with three questions or more."""
    counted = ClassQuestion.objects.filter(pack=pack).values_list("key_stage").annotate(number=Count("pk")).order_by()
    enough = {stage for stage, number in counted if number >= FEWEST}
    return [stage for stage in STAGES if stage in enough]


def session_of(token: str) -> ClassSession | None:
    """Return the class to which a private link leads, or None."""
    sessions = ClassSession.objects.select_related("version__pack", "version__instrument", "result", "school")
    return sessions.prefetch_related("waves").filter(link_digest=digest_of_link(token)).first()


def wave_by_code(code: str) -> ClassWave | None:
    """Return the wave of a class whose code is ``code``, or None."""
    return ClassWave.objects.select_related("session__version__instrument").filter(code=code).first()


def standing_of(wave: ClassWave | None) -> Standing:
    """Return whether ``wave`` takes an answer now, and why not."""
    if wave is None:
        return Standing.UNKNOWN
    if wave.closed_on:
        return Standing.CLOSED
    if timezone.localdate() > wave.session.codes_end:
        return Standing.ENDED
    if not wave.opened_on:
        return Standing.EARLY
    return Standing.FULL if wave.answers.count() >= wave.session.most else Standing.OPEN


def asked_of(wave: ClassWave, language: str = runner.ENGLISH) -> runner.Instrument:
    """Return what the class of ``wave`` is asked, in ``language`` if it was frozen in that."""
    return read_instrument(wave.session.version.instrument, language)


def languages_of(version: ClassVersion) -> list[str]:
    """Return the codes of the languages in which pupils can read the questions, English first."""
    return [runner.ENGLISH, *version.instrument.body.get("translations", {})]


def questions_of(version: ClassVersion) -> list[Asked]:
    """Return the questions of ``version``, each with the answers that its lesson hopes for."""
    return [Asked(item, frozenset(version.hoped[item["key"]])) for item in questions(version.instrument.body)]


def is_closed(session: ClassSession) -> bool:
    """Tell whether both waves of ``session`` are closed."""
    waves = list(session.waves.all())
    return len(waves) == len(ClassPhase) and all(wave.closed_on for wave in waves)


def answers_of(sessions: Iterable[ClassSession], phase: ClassPhase) -> QuerySet[ClassAnswer]:
    """Return the answers of ``sessions`` in one phase, of those alone in which both waves are closed."""
    closed = [session.pk for session in sessions if is_closed(session)]
    return ClassAnswer.objects.filter(wave__session__in=closed, wave__phase=phase)


def counts_of(asked: Iterable[Asked], answers: QuerySet[ClassAnswer]) -> list[list[int]]:
    """Return how many of ``answers`` chose each option of each question."""
    rows: list[tuple[Any, ...]] = list(answers.values_list(*ANSWERS))
    return [
        [sum(row[place] == option for row in rows) for option in range(1, len(one.codes) + 1)]
        for place, one in enumerate(asked)
    ]


def days_between(session: ClassSession) -> int:
    """Return the days from the first time that the class answered to the second; both must have been opened."""
    first, second = sorted(wave.opened_on for wave in session.waves.all() if wave.opened_on)
    return (second - first).days
