"""What classes are asked about the demonstration's lessons, and invented classes in every state that there is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle, islice

from django.db import transaction
from django.utils import timezone

from core.demonstration import Chapter, chapters
from core.refreshing import refresh_pages
from schools.actions.classes import close_wave, open_wave, start_class, take_answer
from schools.actions.pools import confirm_school, work_out_pool
from schools.classes.telling import Asked
from schools.models import (
    ClassPhase,
    ClassPool,
    ClassQuestion,
    ClassResult,
    ClassSession,
    ClassVersion,
    LessonPack,
    School,
)
from schools.models.classes import digest_of_link
from schools.queries.classes import questions_of
from surveys.models import Instrument, Wording

AGREE, WOULD, YES = "agree-a-lot, agree-a-little", "definitely, probably", "yes"
# The question's code and the answers that a lesson hopes for. PUP03 names one strand alone, so no lesson asks it.
QUESTIONS = (("PUP01", AGREE), ("PUP02", WOULD), ("PUP05", WOULD), ("PUP06", YES))
PACKS = ("demo-what-is-prejudice", "demo-being-an-upstander", "demo-words-online")
TAUGHT = "demo-being-an-upstander"
DAYS_BETWEEN = 9


def sample_link(name: str) -> str:
    """Return the token of a sample class's private link: one that can be written down, as long as a random one."""
    return f"sample-class-{name}".ljust(43, "-")


@dataclass(frozen=True)
class SampleClass:
    """An invented class: the end of its private link, its school and year, and who answered.

    ``before`` and ``after`` have, for each question, how many of ``pupils`` gave an answer that the lesson hopes for;
    where ``after`` is still open, ``came`` have answered it.
    """

    name: str
    school: str
    year: int
    pupils: int
    before: tuple[int, int, int, int]
    after: tuple[int, int, int, int]
    came: int | None = None


# Five are published together. Of the first, all but three agree in the third question, so that it is not told.
CLASSES = (
    SampleClass("with-result", "900004", 8, 26, (12, 11, 20, 13), (19, 16, 23, 15)),
    SampleClass("second", "900006", 7, 24, (10, 12, 13, 14), (17, 15, 13, 14)),
    SampleClass("third", "900009", 7, 22, (10, 9, 12, 12), (16, 12, 12, 13)),
    SampleClass("fourth", "900010", 9, 23, (11, 10, 14, 12), (17, 14, 13, 13)),
    SampleClass("fifth", "900010", 8, 25, (12, 11, 13, 15), (18, 15, 14, 15)),
    SampleClass("small", "900009", 8, 7, (3, 3, 4, 4), (5, 4, 4, 4)),
    SampleClass("open", "900004", 9, 24, (11, 10, 12, 12), (18, 14, 15, 15), came=9),
)


@transaction.atomic
def load(report: Callable[[str], None]) -> None:
    """Let classes be asked about each lesson, where the bank has the questions and nobody has chosen any.

    Where the sample schools stand too, invented classes of theirs answer, and what five of them say is published.
    """
    for pack in LessonPack.objects.filter(code__in=PACKS, class_questions=None):
        for stage in pack.key_stages:
            for order, (code, hoped) in enumerate(QUESTIONS):
                if Wording.objects.filter(question__code=code).exists():
                    wording = Wording.objects.latest_of(code)
                    ClassQuestion.objects.create(pack=pack, key_stage=stage, wording=wording, hoped=hoped, order=order)
    report("Questions for classes")
    taught = LessonPack.objects.filter(code=TAUGHT).exclude(class_questions=None).first()
    schools = School.objects.in_bulk({one.school for one in CLASSES}, field_name="urn")
    if taught and not taught.class_versions.exists() and len(schools) == len({one.school for one in CLASSES}):
        for one in CLASSES:
            _teach(one, taught, schools[one.school])
        _publish(taught)
    report("Sample classes")


def _teach(one: SampleClass, pack: LessonPack, school: School) -> None:
    session, _token = start_class(pack=pack, year_group=one.year, size=max(one.pupils, 20), school=school)
    asked = questions_of(session.version)
    _answer(session, ClassPhase.BEFORE, _chosen(asked, one.before, one.pupils))
    close_wave(session=session, phase=ClassPhase.BEFORE)
    _move_back(session, one)
    _answer(session, ClassPhase.AFTER, _chosen(asked, one.after, one.pupils)[: one.came])
    if one.came is None:
        close_wave(session=session, phase=ClassPhase.AFTER)
        confirm_school(session=session, by=None)


def _chosen(asked: Sequence[Asked], hoped: Sequence[int], pupils: int) -> list[tuple[int, ...]]:
    """Return what each pupil chose: the options that the lesson hopes for in turn, then the others in turn."""
    columns = []
    for one, many in zip(asked, hoped, strict=True):
        places = range(1, len(one.codes) + 1)
        wanted = [place for place in places if one.codes[place - 1] in one.hoped]
        others = [place for place in places if place not in wanted]
        columns.append([*islice(cycle(wanted), many), *islice(cycle(others), pupils - many)])
    return list(zip(*columns, strict=True))


def _answer(session: ClassSession, phase: ClassPhase, chosen: Sequence[tuple[int, ...]]) -> None:
    wave = open_wave(session=session, phase=phase)
    for number, places in enumerate(chosen):
        take_answer(wave=wave, sheet=f"{TAUGHT} {wave.pk} {number}", places=places)


def _move_back(session: ClassSession, one: SampleClass) -> None:
    """Let it have begun some days ago, under a link that is known."""
    day = timezone.localdate() - timedelta(days=DAYS_BETWEEN)
    session.waves.filter(phase=ClassPhase.BEFORE).update(opened_on=day, closed_on=day)
    ClassSession.objects.filter(pk=session.pk).update(made_on=day, link_digest=digest_of_link(sample_link(one.name)))


def _publish(pack: LessonPack) -> None:
    """Publish what the classes say together. The accounts that approve are made later, so nobody is named."""
    pool = work_out_pool(pack=pack, by=None)
    pool.approved_on = timezone.localdate()
    pool.save(update_fields=["approved_on"])
    refresh_pages()


@transaction.atomic
def remove() -> None:
    """Take away what classes were asked, every class that was, and what was told of them."""
    ClassPool.objects.filter(pack__code__in=PACKS).delete()
    results = list(ClassResult.objects.filter(sessions__version__pack__code__in=PACKS).values_list("pk", flat=True))
    ClassSession.objects.filter(version__pack__code__in=PACKS).delete()
    ClassResult.objects.filter(pk__in=results).delete()
    versions = ClassVersion.objects.filter(pack__code__in=PACKS)
    frozen = list(versions.values_list("instrument", flat=True))
    versions.delete()
    of_others = ClassVersion.objects.values("instrument")
    Instrument.objects.filter(pk__in=frozen, waves=None).exclude(pk__in=of_others).delete()
    ClassQuestion.objects.filter(pack__code__in=PACKS).delete()


# After the sample schools, and so taken away before them.
chapters.offer("schools-classes")(Chapter(order=69, steps=2, load=load, remove=remove))
