"""What a whole class does at the same moment."""

import pytest
from django.core.exceptions import ValidationError

from schools.actions.classes import NotTakenError, close_wave, combine, open_wave, take_answer
from schools.models import ClassAnswer, ClassPhase, ClassResult, ClassSession, SentSheet
from tests.factories.classes import answer, make_class, make_class_pack, run, wave
from tests.racing import race

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
LOT, UNSURE = 1, 5


def send(session, phase, sheet):
    held = wave(session, phase)
    return lambda: take_answer(wave=held, sheet=sheet, places=[LOT, LOT, LOT])


def close(session, phase):
    return lambda: close_wave(session=session, phase=phase)


def test_no_more_answers_are_taken_than_a_class_is_allowed():
    session, _ = make_class(size=5)
    open_wave(session=session, phase=ClassPhase.BEFORE)
    results = race(*[send(session, ClassPhase.BEFORE, f"sheet {number}") for number in range(12)])
    assert ClassAnswer.objects.count() == 6
    assert [type(result) for result in results if result] == [NotTakenError] * 6


def test_one_page_pressed_many_times_at_once_counts_once():
    session, _ = make_class()
    open_wave(session=session, phase=ClassPhase.BEFORE)
    assert race(*[send(session, ClassPhase.BEFORE, "one page")] * 6) == [None] * 6
    assert ClassAnswer.objects.count() == 1


def test_answers_sent_while_the_wave_closes_are_mixed_with_the_rest_or_refused():
    session, _ = make_class()
    open_wave(session=session, phase=ClassPhase.BEFORE)
    *sent, closed = race(
        *[send(session, ClassPhase.BEFORE, f"sheet {number}") for number in range(8)], close(session, ClassPhase.BEFORE)
    )
    assert not isinstance(closed, Exception)
    assert ClassAnswer.objects.count() == sum(result is None for result in sent)
    assert {type(result) for result in sent} <= {type(None), NotTakenError}
    assert not SentSheet.objects.exists()


def test_a_class_closed_twice_at_once_is_told_of_once():
    session, _ = make_class()
    run(session, [LOT, UNSURE] * 5, [])
    other, _ = make_class(session.version.pack)
    open_wave(session=other, phase=ClassPhase.BEFORE)
    for place in [LOT, UNSURE] * 5:
        answer(other, ClassPhase.BEFORE, place)
    close_wave(session=other, phase=ClassPhase.BEFORE)
    open_wave(session=other, phase=ClassPhase.AFTER)
    for place in [LOT, UNSURE] * 5:
        answer(other, ClassPhase.AFTER, place)
    results = race(*[close(other, ClassPhase.AFTER)] * 4)
    assert sum(isinstance(result, ValidationError) for result in results) == 3
    assert ClassResult.objects.count() == 1
    assert ClassAnswer.objects.filter(wave__session=other).count() == 20


def test_a_class_put_together_with_two_others_at_once_is_in_one_result():
    pack = make_class_pack()
    sessions = [run(make_class(pack)[0], [LOT, UNSURE] * 4, [LOT, UNSURE] * 4) for _class in range(3)]
    shared, one, other = sessions
    results = race(*(lambda pair=pair: combine(sessions=pair) for pair in ([shared, one], [other, shared])))
    assert sorted(type(result).__name__ for result in results) == ["ClassResult", "ValidationError"]
    assert ClassResult.objects.count() == 1
    assert ClassSession.objects.exclude(result=None).count() == 2
