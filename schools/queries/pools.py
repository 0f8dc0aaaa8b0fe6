"""What can be asked of many classes together: which count, how they answered, and what was published."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Count, Max, Min

from core.models import User
from schools.classes.pooling import Answered, rows
from schools.classes.telling import Asked
from schools.models import ClassPhase, ClassSession, LessonPack
from schools.models.classes import ANSWERS, ClassAnswer, ClassWave
from schools.models.pools import ClassPool
from schools.queries.classes import is_closed, questions_of
from schools.queries.register import present_keys

Key = tuple[str, str]  # the wording, and the labels of the answers that the lesson hopes for


def sessions_that_count(pack: LessonPack) -> list[ClassSession]:
    """Return the classes of ``pack`` that count: closed both times, of a school that a schools lead confirmed."""
    sessions = ClassSession.objects.filter(version__pack=pack, confirmed_on__isnull=False).order_by("pk")
    found = sessions.select_related("version__instrument").prefetch_related("waves")
    return [session for session in found if is_closed(session)]


def asked_as(one: Asked) -> dict[str, str]:
    """Return what a class was asked as it is published: the wording, and the answers that the lesson hopes for."""
    labels = [option["label"] for option in one.item["options"] if option["code"] in one.hoped]
    return {name: one.item[name] for name in ("wording", "question", "text")} | {"hoped": " / ".join(labels)}


def key_of(item: Mapping[str, Any]) -> Key:
    """Return what makes two items the same figure: another set of answers hoped for is another figure."""
    return item["wording"], item["hoped"]


def answered(sessions: Iterable[ClassSession]) -> dict[Key, list[Answered]]:
    """Return how each of ``sessions``, which are closed, answered what it was asked, by the key of the item.

    A school that became an academy is one school with it.
    """
    kept = [session for session in sessions if is_closed(session)]
    counted, present = _counted([session.pk for session in kept]), present_keys()
    found: dict[Key, list[Answered]] = {}
    for session in kept:
        for place, one in enumerate(questions_of(session.version)):
            hoped = [number for number, code in enumerate(one.codes, start=1) if code in one.hoped]
            pairs = [_pair(counted.get((session.pk, phase, place), {}), hoped) for phase in ClassPhase]
            school = session.school_id or 0
            told = Answered(session.pk, present.get(school, school), *pairs)
            found.setdefault(key_of(asked_as(one)), []).append(told)
    return found


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


def published_items(pack: LessonPack) -> dict[Key, list[dict[str, Any]]]:
    """Return what was published of each item about ``pack``, by its key; the newest last."""
    found: dict[Key, list[dict[str, Any]]] = {}
    for pool in reversed(ClassPool.objects.approved().filter(pack=pack)):
        for item in pool.figures["items"]:
            if "withheld" not in item and item not in found.setdefault(key_of(item), []):
                found[key_of(item)].append(item)
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

    One for each answer: its question, the answers that the lesson hopes for, a number for the class that leads
    nowhere, before or after, 1 for an answer that the lesson hopes for, and where it came from. Questions that are
    withheld are not among them.
    """
    shown = {key_of(item): item["of"] for item in pool.figures["items"] if "withheld" not in item}
    found, source = [], "Sample data" if pool.pack.is_sample else "Class sessions on this site"
    sessions = pool.sessions.prefetch_related("waves").select_related("version__instrument")
    for (wording, hoped_for), classes in answered(sessions).items():
        if (wording, hoped_for) in shown:
            of = [one for one in classes if one.key in shown[wording, hoped_for]]
            of.sort(key=lambda one: (one.before, one.after, one.key))
            numbers = {one.key: number for number, one in enumerate(of, start=1)}
            found += [
                {"question": wording, "hoped_for": hoped_for, "class": numbers[key], "phase": phase, "hoped": hoped}
                | {"source": source}
                for key, phase, hoped in rows(of)
            ]
    return found
