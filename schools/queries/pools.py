"""What can be asked of many classes together: which count, how they answered, and what was published."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Count, Max, Min

from core.models import User
from schools.classes.pooling import Answered, rows
from schools.models import ClassPhase, ClassSession, LessonPack
from schools.models.classes import ANSWERS, ClassAnswer, ClassWave
from schools.models.pools import ClassPool
from schools.queries.classes import is_closed, questions_of


def sessions_that_count(pack: LessonPack) -> list[ClassSession]:
    """Return the classes of ``pack`` that count: closed both times, of a school that a schools lead confirmed."""
    sessions = ClassSession.objects.filter(version__pack=pack, confirmed_on__isnull=False).order_by("pk")
    found = sessions.select_related("version__instrument").prefetch_related("waves")
    return [session for session in found if is_closed(session)]


def answered(sessions: Iterable[ClassSession]) -> dict[str, list[Answered]]:
    """Return how each of ``sessions``, which are closed, answered each wording that it was asked, by the wording."""
    kept = [session for session in sessions if is_closed(session)]
    counted = _counted([session.pk for session in kept])
    found: dict[str, list[Answered]] = {}
    for session in kept:
        for place, one in enumerate(questions_of(session.version)):
            hoped = [number for number, code in enumerate(one.codes, start=1) if code in one.hoped]
            pairs = [_pair(counted.get((session.pk, phase, place), {}), hoped) for phase in ClassPhase]
            found.setdefault(one.item["wording"], []).append(Answered(session.pk, _school(session), *pairs))
    return found


def _school(session: ClassSession) -> int:
    return session.school_id or 0


def _pair(counts: dict[int, int], hoped: list[int]) -> tuple[int, int]:
    gave = sum(count for option, count in counts.items() if option in hoped)
    return gave, sum(counts.values()) - gave


def _counted(sessions: list[int]) -> dict[tuple[int, str, int], dict[int, int]]:
    """Return how many chose each option, by class, phase and the place of the question."""
    found: dict[tuple[int, str, int], dict[int, int]] = {}
    for place, column in enumerate(ANSWERS):
        chosen = ClassAnswer.objects.filter(wave__session__in=sessions, **{f"{column}__isnull": False})
        grouped = chosen.values_list("wave__session", "wave__phase", column).annotate(number=Count("pk")).order_by()
        for session, phase, option, number in grouped:
            found.setdefault((session, phase, place), {})[option] = number
    return found


def newest_pool(pack: LessonPack) -> ClassPool | None:
    """Return what is shown of the classes of ``pack`` together, or None."""
    return ClassPool.objects.approved().filter(pack=pack).first()


def period_of(keys: Collection[int]) -> list[str]:
    """Return the first and the last day on which classes with these keys answered, as ISO dates."""
    waves = ClassWave.objects.filter(session__in=keys)
    return [day.isoformat() for day in waves.aggregate(first=Min("opened_on"), last=Max("closed_on")).values()]


def published_items(pack: LessonPack) -> dict[str, list[dict[str, Any]]]:
    """Return what was published of each wording about ``pack``, by the wording; the newest last."""
    found: dict[str, list[dict[str, Any]]] = {}
    for pool in reversed(ClassPool.objects.approved().filter(pack=pack)):
        for item in pool.figures["items"]:
            if "withheld" not in item and item not in found.setdefault(item["wording"], []):
                found[item["wording"]].append(item)
    return found


def why_not_approve(pool: ClassPool, user: User) -> str:
    """Return why ``user`` may not approve ``pool``; empty where they may."""
    if pool.approved_on:
        return "This was published already."
    if not user.has_perm("schools.approve_classpool"):
        return "Only communications managers approve this."
    if pool.made_by_id == user.pk:
        return "A second person approves: you had this worked out."
    return ""


def exported(pool: ClassPool) -> list[dict[str, Any]]:
    """Return the rows behind what ``pool`` published, sorted so that their order says nothing.

    One for each answer: its question, a number for the class that leads nowhere, before or after, 1 for an answer
    that the lesson hopes for, and where it came from. Questions that are withheld are not among them.
    """
    shown = {item["wording"]: item["of"] for item in pool.figures["items"] if "withheld" not in item}
    found, source = [], "Sample data" if pool.pack.is_sample else "Class sessions on this site"
    for wording, classes in answered(
        pool.sessions.prefetch_related("waves").select_related("version__instrument")
    ).items():
        if wording in shown:
            of = [one for one in classes if one.key in shown[wording]]
            of.sort(key=lambda one: (one.before, one.after, one.key))
            numbers = {one.key: number for number, one in enumerate(of, start=1)}
            found += [
                {"question": wording, "class": numbers[key], "phase": phase, "hoped": hoped, "source": source}
                for key, phase, hoped in rows(of)
            ]
    return found
