"""What can be measured of classes before and after a lesson: how many, how many pupils, and how answers differ."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count
from django.utils import timezone

from core.enums import Strand
from indicators.periods import first_day, months_in, readings
from indicators.registry import Kind, Measure, Reading, measures
from schools.classes.pooling import FEWEST_ANSWERS
from schools.models import ClassPhase, ClassPool, ClassSession, ClassWave, LessonPack
from surveys.enums import WordingStatus
from surveys.models import Question, Wording

SOURCE = "Class sessions on this site, without names"
PERIOD = {"period": "month, quarter or year; quarter unless told."}
WAYS = ("counted", "reported")


def _read(found: Counter[date], months: int) -> list[Reading]:
    return readings(counted=found, sample={}, months=months, today=timezone.localdate(), source=SOURCE)


def read_classes(parameters: Mapping[str, Any]) -> list[Reading]:
    """Return the classes that answered both times, by the calendar period in which the second was closed.

    Raises:
        ValueError: a parameter is wrong.
    """
    months, found = months_in(parameters.get("period") or ""), Counter[date]()
    closed = ClassWave.objects.filter(phase=ClassPhase.AFTER, closed_on__isnull=False).order_by()
    for day, number in closed.values_list("closed_on").annotate(number=Count("pk")):
        found[first_day(day, months)] += number
    return _read(found, months)


def read_pupils(parameters: Mapping[str, Any]) -> list[Reading]:
    """Return the pupils of those classes: counted, the answers before; or reported, the size that a teacher gave.

    Raises:
        ValueError: a parameter is wrong.
    """
    months, found = months_in(parameters.get("period") or ""), Counter[date]()
    way = parameters.get("method") or WAYS[0]
    if way not in WAYS:
        raise ValueError(f"The method is {way!r}. Give counted or reported.")
    sessions = ClassSession.objects.filter(waves__phase=ClassPhase.AFTER, waves__closed_on__isnull=False)
    for session in sessions.prefetch_related("waves"):
        waves = {wave.phase: wave for wave in session.waves.all()}
        closed_on = waves[ClassPhase.AFTER].closed_on
        number = session.size if way == "reported" else waves[ClassPhase.BEFORE].answers.count()
        if closed_on is not None:
            found[first_day(closed_on, months)] += number
    return _read(found, months)


def read_change(parameters: Mapping[str, Any]) -> list[Reading]:
    """Return how the share that a pack's lesson hopes for differs after it, in points, as it was published.

    One reading for each set of classes that a second person approved and that shows the question.

    Raises:
        ValueError: there is no such pack or question, or its wording may feed no indicator.
    """
    pack = LessonPack.objects.filter(code=parameters.get("pack") or "").first()
    if pack is None:
        raise ValueError(f"There is no lesson pack with the code {parameters.get('pack')!r}.")
    question = Question.objects.filter(code=parameters.get("question") or "").first()
    if question is None:
        raise ValueError(f"There is no question with the code {parameters.get('question')!r}.")
    found = []
    for pool in ClassPool.objects.approved().filter(pack=pack).prefetch_related("sessions__waves"):
        for item in pool.figures["items"]:
            if item["question"] == question.code and "withheld" not in item:
                _refuse_wording(item["wording"], accept_draft=bool(parameters.get("accept_draft")))
                found.append(_reading(pool, item))
    return found[::-1]


def _refuse_wording(wording_id: str, *, accept_draft: bool) -> None:
    code, _, version = wording_id.partition(".")
    wording = Wording.objects.get(question__code=code, version=int(version))
    if wording.strands_omitted:
        named = ", ".join(str(Strand(strand).label) for strand in wording.strands_omitted)
        raise ValueError(f"{wording_id} names some strands and leaves out {named}, so it feeds no indicator.")
    if wording.status == WordingStatus.DRAFTED and not accept_draft:
        raise ValueError(f"{wording_id} is a draft: pilot it first, or give accept_draft.")


def _reading(pool: ClassPool, item: Mapping[str, Any]) -> Reading:
    days = [day for session in pool.sessions.all() for wave in session.waves.all() for day in _days(wave)]
    return Reading(
        period_start=min(days, default=pool.made_on),
        period_end=max(days, default=pool.made_on),
        value=float(item["change"]),
        lower=float(item["lower"]),
        upper=float(item["upper"]),
        n=min(item["answers"]),
        source=SOURCE,
        wording_id=item["wording"],
        population=f"pupils of classes with “{pool.pack}”",
        sample_type="open",
    )


def _days(wave: ClassWave) -> list[date]:
    return [day for day in (wave.opened_on, wave.closed_on) if day]


measures.offer("schools.classes")(
    Measure(
        name="Classes that answered before and after a lesson",
        kind=Kind.PLAIN,
        counts_people=False,
        unit="classes",
        read=read_classes,
        parameters=PERIOD,
        note="Both times closed by the teacher, whether or not there were enough answers to show.",
    )
)
measures.offer("schools.pupils")(
    Measure(
        name="Pupils in classes that answered before and after a lesson",
        kind=Kind.PLAIN,
        unit="pupils",
        read=read_pupils,
        parameters=PERIOD | {"method": "counted: the answers before. reported: the size that teachers gave."},
        note="A pupil who has two lessons counts twice: nobody is recognised.",
    )
)
measures.offer("schools.class_change")(
    Measure(
        name="Answers of pupils before and after a lesson",
        kind=Kind.SURVEY,
        unit="points",
        read=read_change,
        parameters={
            "pack": "The code of one lesson pack.",
            "question": "The code of one of its questions for classes, such as PUP01.",
            "accept_draft": "Anything, to accept a wording that was not piloted yet.",
        },
        note=f"The share giving an answer that the lesson hopes for, after less before, from {FEWEST_ANSWERS} answers "
        "each time of three schools or more. The class is the cluster. It says nothing of what brought it about.",
    )
)
