"""What makes a class session, takes its answers, closes it, and lets it be told about."""

import hashlib
from collections.abc import Collection, Sequence
from random import SystemRandom
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from analysis.disclosure import FEWEST
from core.codes import new_code
from core.languages.addresses import other_codes
from schools.classes.asking import FEWEST as FEWEST_QUESTIONS
from schools.classes.asking import MOST, body_of, faults_of_hoped, faults_of_wording
from schools.classes.telling import are_enough, figures_of
from schools.enums import KeyStage
from schools.models import LessonPack, School
from schools.models.classes import (
    ANSWERS,
    CODES_HOLD,
    YEARS,
    ClassAnswer,
    ClassPhase,
    ClassQuestion,
    ClassResult,
    ClassSession,
    ClassVersion,
    ClassWave,
    SentSheet,
    digest_of_link,
    new_link,
)
from schools.queries.classes import (
    Standing,
    answers_of,
    counts_of,
    days_between,
    is_closed,
    questions_of,
    standing_of,
)
from surveys import runner
from surveys.content import version_of
from surveys.models import Instrument, Wording


class NotTakenError(Exception):
    """A class takes no answers now; ``standing`` says why."""

    def __init__(self, standing: Standing) -> None:
        """Keep why."""
        super().__init__(standing)
        self.standing = standing


@transaction.atomic
def freeze_questions(*, pack: LessonPack, key_stage: KeyStage) -> ClassVersion:
    """Return what ``pack`` asks classes of ``key_stage`` now, frozen: the newest version, or a new one if it changed.

    Raises:
        ValidationError: there are fewer than three questions or more than six, or one that no class can be asked.
    """
    LessonPack.objects.select_for_update(of=("self",)).get(pk=pack.pk)
    asked = list(
        ClassQuestion.objects.filter(pack=pack, key_stage=key_stage)
        .select_related("wording__question")
        .prefetch_related("wording__options", "wording__translations")
    )
    if not FEWEST_QUESTIONS <= len(asked) <= MOST:
        raise ValidationError(_("This lesson has no questions for that year group yet."), code="questions")
    faults = [fault for one in asked for fault in faults_of_wording(one.wording)]
    faults += [fault for one in asked for fault in faults_of_hoped(one.wording, one.hoped_codes)]
    if faults:
        raise ValidationError(faults, code="faults")
    wordings = [one.wording for one in asked]
    instrument = _instrument(pack.title, wordings)
    hoped = {one.wording.question.code.lower(): one.hoped_codes for one in asked}
    newest = ClassVersion.objects.filter(pack=pack, key_stage=key_stage).first()
    if newest and newest.instrument_id == instrument.pk and newest.hoped == hoped:
        return newest
    number = newest.number + 1 if newest else 1
    return ClassVersion.objects.create(
        pack=pack, key_stage=key_stage, number=number, instrument=instrument, hoped=hoped
    )


def _instrument(title: str, wordings: Sequence[Wording]) -> Instrument:
    body = body_of(title, wordings, {code: said for code in other_codes() if (said := _in(code, title, wordings))})
    instrument, made = Instrument.objects.get_or_create(digest=runner.digest(body), defaults={"body": body})
    if made:
        instrument.wordings.set(wordings)
    return instrument


def _in(language: str, title: str, wordings: Sequence[Wording]) -> dict[str, Any]:
    """Return what is asked in ``language``; empty unless a speaker has checked every word of it."""
    versions = [version_of(wording, language) for wording in wordings]
    if not all(version.is_checked for version in versions):
        return {}
    items = {}
    for wording, words in zip(wordings, (version.written for version in versions), strict=True):
        said: dict[str, Any] = {"text": words["text"]}
        said |= {"hint": words["hint"]} if words.get("hint") else {}
        said["options"] = {option.code: words[f"option-{option.code}"] for option in wording.options.all()}
        items[wording.question.code.lower()] = said
    return {"title": title, "introduction": "", "sections": [title[:100]], "items": items}


@transaction.atomic
def start_class(
    *, pack: LessonPack, year_group: int, size: int, school: School | None = None
) -> tuple[ClassSession, str]:
    """Make a class session with its two codes; return it with the token of its private link, which is kept nowhere.

    Raises:
        ValidationError: the pack has no questions for the year group.
    """
    version = freeze_questions(pack=pack, key_stage=YEARS[year_group])
    token = new_link()
    session = ClassSession.objects.create(
        version=version, link_digest=digest_of_link(token), year_group=year_group, size=size, school=school
    )
    for phase in ClassPhase:
        ClassWave.objects.create(session=session, phase=phase, code=_free_code())
    return session, token


def _free_code() -> str:
    """Return a code that no class was given."""
    while ClassWave.objects.filter(code=(code := new_code())).exists():
        pass
    return code


@transaction.atomic
def open_wave(*, session: ClassSession, phase: ClassPhase) -> ClassWave:
    """Let the class answer before or after.

    Raises:
        ValidationError: it was opened already or closed, its codes have ended, or it is the second and the first is not
            closed.
    """
    waves = _locked(session)
    wave = waves[phase]
    if wave.closed_on:
        raise ValidationError(
            _("This was closed, and what is closed is not opened again: the answers would not be comparable."),
            code="closed",
        )
    if wave.opened_on:
        raise ValidationError(_("This is open already."), code="open")
    if timezone.localdate() > wave.session.codes_end:
        raise ValidationError(_("The codes of this class have ended. Start a new class."), code="ended")
    if phase == ClassPhase.AFTER and not waves[ClassPhase.BEFORE].closed_on:
        raise ValidationError(_("Close “Before the lesson” first, then open this."), code="order")
    wave.opened_on = timezone.localdate()
    wave.save(update_fields=["opened_on"])
    return wave


@transaction.atomic
def close_wave(*, session: ClassSession, phase: ClassPhase) -> ClassWave:
    """Take no more answers and shuffle those there are; once both are closed, work out what may be told, for good.

    Raises:
        ValidationError: it is not open.
    """
    waves = _locked(session)
    wave = waves[phase]
    if not wave.is_open:
        raise ValidationError(_("This is not open, so it cannot be closed."), code="not_open")
    wave.closed_on = timezone.localdate()
    wave.save(update_fields=["closed_on"])
    _shuffle(wave)
    if all(one.closed_on for one in waves.values()):
        held = ClassSession.objects.select_related("version__instrument").get(pk=session.pk)
        if are_enough(*_numbers([held])):
            _tell([held])
    return wave


def _locked(session: ClassSession) -> dict[str, ClassWave]:
    """Return the waves of ``session`` by their phase, after nobody else can open or close, or answer."""
    ClassSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    waves = ClassWave.objects.select_for_update(of=("self",)).select_related("session").filter(session=session)
    return {wave.phase: wave for wave in waves.order_by("pk")}


def _shuffle(wave: ClassWave) -> None:
    """Put copies with new keys, in an order drawn at random, in the place of the answers to ``wave``.

    Neither key nor place nor transaction then says when an answer came, and the pages that it came by are forgotten.
    """
    SentSheet.objects.filter(wave=wave).delete()
    rows = list(wave.answers.values_list(*ANSWERS))
    SystemRandom().shuffle(rows)
    wave.answers.all().delete()
    ClassAnswer.objects.bulk_create(ClassAnswer(wave=wave, **dict(zip(ANSWERS, row, strict=True))) for row in rows)


def _numbers(sessions: Collection[ClassSession]) -> tuple[int, int]:
    return answers_of(sessions, ClassPhase.BEFORE).count(), answers_of(sessions, ClassPhase.AFTER).count()


def _tell(sessions: Sequence[ClassSession]) -> ClassResult:
    """Work out what is told of ``sessions`` together, once."""
    asked = questions_of(sessions[0].version)
    before, after = (counts_of(asked, answers_of(sessions, phase)) for phase in ClassPhase)
    numbers = _numbers(sessions)
    days = sorted(map(days_between, sessions))
    result = ClassResult.objects.create(
        figures={
            "classes": len(sessions),
            "before": numbers[0],
            "after": numbers[1],
            "days": [days[0], days[-1]],
            "items": figures_of(asked, before, after),
        }
    )
    ClassSession.objects.filter(pk__in=[session.pk for session in sessions]).update(result=result)
    return result


@transaction.atomic
def combine(*, sessions: Sequence[ClassSession]) -> ClassResult:
    """Tell about small classes together: their answers are added up, once, and each is in no other result.

    Raises:
        ValidationError: one of them is not closed, has a result already, was asked something else or is another
            school's, or they have too few answers together as well.
    """
    keys = sorted({session.pk for session in sessions})
    held = list(
        ClassSession.objects.select_for_update(of=("self",))
        .select_related("version__instrument")
        .prefetch_related("waves")
        .filter(pk__in=keys)
        .order_by("pk")
    )
    if len(held) < 2:
        raise ValidationError(_("Give the private link of another class, not of this one again."), code="one")
    if not all(map(is_closed, held)):
        raise ValidationError(_("Close both times of every class first."), code="open")
    if any(session.result_id for session in held):
        raise ValidationError(
            _(
                "One of these classes has its result already. A class is in one result alone, so that nobody can take "
                "one from the other."
            ),
            code="told",
        )
    if len({session.version_id for session in held}) > 1:
        raise ValidationError(
            _("These classes were not asked the same questions for the same lesson, so they cannot be added up."),
            code="version",
        )
    if len({session.school_id for session in held}) > 1:
        raise ValidationError(_("These classes are not of the same school, so they are not added up."), code="school")
    before, after = _numbers(held)
    if not are_enough(before, after):
        raise ValidationError(
            _(
                "Together there are %(before)s answers before and %(after)s after. Each has to be %(fewest)s or more: "
                "add another class."
            )
            % {"before": before, "after": after, "fewest": FEWEST},
            code="few",
        )
    return _tell(held)


def digest_of_sheet(sheet: str) -> str:
    """Return what is kept of a page of questions until its wave closes."""
    return hashlib.sha256(sheet.encode()).hexdigest()


@transaction.atomic
def take_answer(*, wave: ClassWave, sheet: str, places: Sequence[int | None]) -> None:
    """Keep what one pupil chose: the place of an option for each question, from 1, or None. A ``sheet`` counts once.

    The wave is locked while answers are counted, so never more are taken than its class is allowed.

    Raises:
        NotTakenError: the wave takes none now.
        ValueError: a place is none of its question's options, or there are more or fewer than questions.
    """
    held = ClassWave.objects.select_for_update(of=("self",)).select_related("session").get(pk=wave.pk)
    if SentSheet.objects.filter(digest=digest_of_sheet(sheet)).exists():
        return
    standing = standing_of(held)
    if standing != Standing.OPEN:
        raise NotTakenError(standing)
    asked = questions_of(held.session.version)
    if len(places) != len(asked):
        raise ValueError("An answer has a place for each question.")
    for place, one in zip(places, asked, strict=True):
        if place is not None and not 1 <= place <= len(one.codes):
            raise ValueError("There is no such option.")
    SentSheet.objects.create(wave=held, digest=digest_of_sheet(sheet))
    ClassAnswer.objects.create(wave=held, **dict(zip(ANSWERS, places, strict=False)))


__all__ = [
    "CODES_HOLD",
    "NotTakenError",
    "close_wave",
    "combine",
    "freeze_questions",
    "open_wave",
    "start_class",
    "take_answer",
]
