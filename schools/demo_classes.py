"""What classes are asked about the demonstration's lessons: the bank's own questions for pupils."""

from collections.abc import Callable

from django.db import transaction

from core.demonstration import Chapter, chapters
from schools.models import ClassQuestion, ClassSession, ClassVersion, LessonPack
from surveys.models import Wording

AGREE, WOULD, YES = "agree-a-lot, agree-a-little", "definitely, probably", "yes"
# The question's code and the answers that a lesson hopes for. PUP03 names one strand alone, so no lesson asks it.
QUESTIONS = (("PUP01", AGREE), ("PUP02", WOULD), ("PUP05", WOULD), ("PUP06", YES))
PACKS = ("demo-what-is-prejudice", "demo-being-an-upstander", "demo-words-online")


@transaction.atomic
def load(report: Callable[[str], None]) -> None:
    """Let classes be asked about each lesson, where the bank has the questions and nobody has chosen any."""
    for pack in LessonPack.objects.filter(code__in=PACKS, class_questions=None):
        for stage in pack.key_stages:
            for order, (code, hoped) in enumerate(QUESTIONS):
                if Wording.objects.filter(question__code=code).exists():
                    wording = Wording.objects.latest_of(code)
                    ClassQuestion.objects.create(pack=pack, key_stage=stage, wording=wording, hoped=hoped, order=order)
    report("Questions for classes")


@transaction.atomic
def remove() -> None:
    """Take away what classes were asked, and every class that was."""
    ClassSession.objects.filter(version__pack__code__in=PACKS).delete()
    ClassVersion.objects.filter(pack__code__in=PACKS).delete()
    ClassQuestion.objects.filter(pack__code__in=PACKS).delete()


chapters.offer("schools-classes")(Chapter(order=52, steps=1, load=load, remove=remove))
