"""What can be measured of classes before and after a lesson: how many, how many pupils, and how answers differ."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q
from django.utils import timezone

from core.enums import Strand
from indicators.periods import first_day, months_in, readings
from indicators.registry import Kind, Measure, Reading, measures
from schools.classes.pooling import FEWEST_ANSWERS
from schools.models import ClassPhase, ClassSession, LessonPack
from schools.queries.pools import published_items
from surveys.enums import WordingStatus
from surveys.models import Question, Wording

SOURCE = "Class sessions on this site, without names"
PERIOD = {"period": "month, quarter or year; quarter unless told."}
WAYS = ("counted", "reported")


Found = dict[bool, Counter[date]]  # by the first day of a period; of classes as they are, and of invented ones


def _read(found: Found, months: int) -> list[Reading]:
    today = timezone.localdate()
    return readings(counted=found[False], sample=found[True], months=months, today=today, source=SOURCE)


def _nothing() -> Found:
    return {False: Counter(), True: Counter()}


def read_classes(parameters: Mapping[str, Any]) -> list[Reading]:
    """Return the classes that answered both times, by the calendar period in which the second was closed.

    Raises:
        ValueError: a parameter is wrong.
    """
    months, found = months_in(parameters.get("period") or ""), _nothing()
    for session, closed_on in _closed():
        found[session.pack.is_sample][first_day(closed_on, months)] += 1
    return _read(found, months)


def read_pupils(parameters: Mapping[str, Any]) -> list[Reading]:
    """Return the pupils of those classes: counted, the answers before; or reported, the size that a teacher gave.

    Raises:
        ValueError: a parameter is wrong.
    """
    months, found = months_in(parameters.get("period") or ""), _nothing()
    way = parameters.get("method") or WAYS[0]
    if way not in WAYS:
        raise ValueError(f"The method is {way!r}. Give counted or reported.")
    for session, closed_on in _closed():
        number = session.size if way == "reported" else session.answered_before
        found[session.pack.is_sample][first_day(closed_on, months)] += number
    return _read(found, months)


def _closed() -> Iterator[tuple[Any, date]]:
    """Go through the classes that closed both times, each with how many answered before, and the day that it closed."""
    before = Count("waves__answers", filter=Q(waves__phase=ClassPhase.BEFORE))
    closed = Max("waves__closed_on", filter=Q(waves__phase=ClassPhase.AFTER))
    sessions = ClassSession.objects.select_related("version__pack").annotate(answered_before=before, closed=closed)
    for session in sessions.filter(closed__isnull=False).order_by("pk"):
        yield session, session.closed


def read_change(parameters: Mapping[str, Any]) -> list[Reading]:
    """Return how the share that a pack's lesson hopes for differs after it, in points, as it was published.

    One reading for each set of classes that a second person approved and that shows the question. What stands on from
    an earlier one is no new reading.

    Raises:
        ValueError: there is no such pack or question, or its wording may feed no indicator.
    """
    pack = LessonPack.objects.filter(code=parameters.get("pack") or "").first()
    if pack is None:
        raise ValueError(f"There is no lesson pack with the code {parameters.get('pack')!r}.")
    question = Question.objects.filter(code=parameters.get("question") or "").first()
    if question is None:
        raise ValueError(f"There is no question with the code {parameters.get('question')!r}.")
    items = [item for of in published_items(pack).values() for item in of if item["question"] == question.code]
    for item in items:
        _refuse_wording(item["wording"], accept_draft=bool(parameters.get("accept_draft")))
    return [_reading(pack, item) for item in items]


def _refuse_wording(wording_id: str, *, accept_draft: bool) -> None:
    code, _, version = wording_id.partition(".")
    wording = Wording.objects.get(question__code=code, version=int(version))
    if wording.strands_omitted:
        named = ", ".join(str(Strand(strand).label) for strand in wording.strands_omitted)
        raise ValueError(f"{wording_id} names some strands and leaves out {named}, so it feeds no indicator.")
    if wording.status == WordingStatus.DRAFTED and not accept_draft:
        raise ValueError(f"{wording_id} is a draft: pilot it first, or give accept_draft.")


def _reading(pack: LessonPack, item: Mapping[str, Any]) -> Reading:
    first, last = map(date.fromisoformat, item["period"])
    return Reading(
        period_start=first,
        period_end=last,
        value=float(item["change"]),
        lower=float(item["lower"]),
        upper=float(item["upper"]),
        n=min(item["answers"]),
        source=SOURCE,
        wording_id=item["wording"],
        population=f"pupils of classes with “{pack}”",
        sample_type="open",
        is_sample=pack.is_sample,
    )


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
