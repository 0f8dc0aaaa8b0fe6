"""Classes that answer before and after a lesson."""

from schools.actions.classes import close_wave, open_wave, start_class, take_answer
from schools.models import ClassPhase, ClassQuestion, ClassSession
from tests.factories.schools import make_pack
from tests.factories.surveys import make_wording

LIKERT = (
    ("agree-a-lot", "Agree a lot"),
    ("agree-a-little", "Agree a little"),
    ("disagree-a-little", "Disagree a little"),
    ("disagree-a-lot", "Disagree a lot"),
    ("not-sure", "Not sure"),
)
HOPED = "agree-a-lot, agree-a-little"
TEXTS = ("I know what prejudice means.", "I would tell an adult.", "I can think of something safe to do.")


def make_pupil_wordings(texts=TEXTS):
    return [
        make_wording(f"PUP{number:02}", theme="pupil", text=text, options=LIKERT)
        for number, text in enumerate(texts, start=1)
    ]


def make_class_pack(*, key_stage="ks2", wordings=None, **fields):
    """Make a pack with three questions for classes of one key stage."""
    pack = make_pack(key_stages=(key_stage,), **fields)
    for order, wording in enumerate(wordings or make_pupil_wordings()):
        ClassQuestion.objects.create(pack=pack, key_stage=key_stage, wording=wording, hoped=HOPED, order=order)
    return pack


def make_class(pack=None, *, year_group=5, size=30) -> tuple[ClassSession, str]:
    """Make a class; return it with the token of its private link."""
    return start_class(pack=pack or make_class_pack(), year_group=year_group, size=size)


def wave(session, phase):
    return session.waves.get(phase=phase)


_sheets = iter(range(10**9))


def answer(session, phase, *places):
    """Let one pupil answer: a place for each question, all alike where one is given."""
    given = places if len(places) > 1 else places * 3
    take_answer(wave=wave(session, phase), sheet=f"sheet {next(_sheets)}", places=given)


def run(session, before, after):
    """Let a class answer both times and close: ``before`` and ``after`` name the place that each pupil chooses."""
    for phase, pupils in ((ClassPhase.BEFORE, before), (ClassPhase.AFTER, after)):
        open_wave(session=session, phase=phase)
        for place in pupils:
            answer(session, phase, place)
        close_wave(session=session, phase=phase)
    return ClassSession.objects.get(pk=session.pk)
