"""Classes before and after a lesson: what is asked, what is kept, what is told and what never is."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.privacy import purge_all
from schools.actions.classes import (
    NotTakenError,
    close_wave,
    combine,
    freeze_questions,
    open_wave,
    start_class,
    take_answer,
)
from schools.enums import KeyStage
from schools.models import (
    ClassAnswer,
    ClassPhase,
    ClassQuestion,
    ClassResult,
    ClassSession,
    ClassVersion,
    ClassWave,
    SentSheet,
)
from surveys import runner
from surveys.enums import Kind
from surveys.schema import shape_faults
from tests.factories.classes import answer, make_class, make_class_pack, run, wave
from tests.factories.schools import make_pack
from tests.factories.surveys import make_wording

pytestmark = pytest.mark.django_db
LOT, LITTLE, NOT_A_LITTLE, NOT_A_LOT, UNSURE = 1, 2, 3, 4, 5


def shares(session):
    """Return what is told of the first question: (codes, before, after) of each group."""
    return [(group["codes"], group["before"], group["after"]) for group in told(session)[0]["groups"]]


def told(session):
    return session.result.figures["items"]


# What is asked


def test_what_a_class_is_asked_is_frozen_as_an_instrument_and_stays_while_the_bank_moves_on():
    pack = make_class_pack()
    session, _ = make_class(pack)
    body = session.version.instrument.body
    assert shape_faults(body) == []
    assert runner.faults(body) == []
    assert [item.required for item in runner.read(body).items] == [False] * 3

    ClassQuestion.objects.filter(pack=pack).first().delete()
    make_one = make_wording("PUP09", theme="pupil", options=(("yes", "Yes"), ("no", "No")))
    ClassQuestion.objects.create(pack=pack, key_stage="ks2", wording=make_one, hoped="yes", order=9)
    later, _ = make_class(pack)

    assert later.version.number == session.version.number + 1
    assert ClassSession.objects.get(pk=session.pk).version.instrument.body == body
    with pytest.raises(ValidationError, match="never changes"):
        session.version.save()
    with pytest.raises(ValidationError, match="never change"):
        ClassVersion.objects.update(number=9)


def test_the_same_questions_are_the_same_version():
    pack = make_class_pack()
    assert freeze_questions(pack=pack, key_stage=KeyStage.KS2) == freeze_questions(pack=pack, key_stage=KeyStage.KS2)


@pytest.mark.parametrize(
    ("wording", "sentence"),
    [
        ({"theme": "demographics"}, "no question for pupils"),
        ({"theme": "pupil", "sensitive": True}, "never asked who they are"),
        ({"theme": "pupil", "kind": Kind.TEXT, "options": ()}, "choose and never write"),
        ({"theme": "pupil", "kind": Kind.MULTIPLE}, "not answered by one choice"),
        ({"theme": "pupil", "box": True}, "has a box to write in"),
    ],
)
def test_a_class_is_never_asked_who_pupils_are_nor_to_write(wording, sentence):
    box = wording.pop("box", False)
    asked = make_wording("PUP20", **wording)
    if box:
        asked.options.filter(code="agree").update(other=True)
    pack = make_class_pack()
    question = ClassQuestion(pack=pack, key_stage="ks2", wording=asked, hoped="agree", order=9)
    with pytest.raises(ValidationError, match=sentence):
        question.full_clean()
    question.save()  # as somebody could who goes around the form
    with pytest.raises(ValidationError, match=sentence):
        freeze_questions(pack=pack, key_stage=KeyStage.KS2)


def test_too_few_questions_make_no_class():
    pack = make_pack()
    with pytest.raises(ValidationError, match="no questions for that year group"):
        start_class(pack=pack, year_group=5, size=30)


def test_no_class_below_key_stage_2():
    session, _ = make_class()
    with pytest.raises(IntegrityError), transaction.atomic():
        ClassQuestion.objects.update(key_stage="ks1")
    with pytest.raises(IntegrityError), transaction.atomic():
        ClassSession.objects.filter(pk=session.pk).update(year_group=2)


# What is kept


def test_an_answer_has_no_column_that_could_hold_a_word_a_time_or_a_name():
    kept = {field.name: field.get_internal_type() for field in ClassAnswer._meta.get_fields()}
    places = {f"answer_{number}": "PositiveSmallIntegerField" for number in range(1, 7)}
    assert kept == {"id": "UUIDField", "wave": "ForeignKey"} | places


@pytest.mark.parametrize("place", [0, 13])
def test_the_database_keeps_nothing_but_places_of_options(place):
    session, _ = make_class()
    with pytest.raises(IntegrityError), transaction.atomic():
        ClassAnswer.objects.create(wave=wave(session, ClassPhase.BEFORE), answer_1=place)


@pytest.mark.parametrize("places", [(1, 1), (1, 1, 6), (0, 1, 1)])
def test_places_that_are_no_options_are_refused(places):
    session, _ = make_class()
    open_wave(session=session, phase=ClassPhase.BEFORE)
    with pytest.raises(ValueError, match=r"place for each question|no such option"):
        answer(session, ClassPhase.BEFORE, *places)
    assert not ClassAnswer.objects.exists()


def test_closing_writes_answers_anew_in_another_order_and_forgets_the_pages_they_came_by():
    session, _ = make_class()
    open_wave(session=session, phase=ClassPhase.BEFORE)
    chosen = [(place % 5 + 1, place % 4 + 1, None) for place in range(24)]
    for places in chosen:
        answer(session, ClassPhase.BEFORE, *places)
    keys = set(ClassAnswer.objects.values_list("pk", flat=True))
    assert SentSheet.objects.count() == 24

    close_wave(session=session, phase=ClassPhase.BEFORE)

    rows = list(ClassAnswer.objects.values_list("answer_1", "answer_2", "answer_3"))
    assert sorted(rows, key=str) == sorted(chosen, key=str)
    assert not keys & set(ClassAnswer.objects.values_list("pk", flat=True))
    assert not SentSheet.objects.exists()


def test_one_page_sent_twice_counts_once():
    session, _ = make_class()
    open_wave(session=session, phase=ClassPhase.BEFORE)
    for _press in range(2):
        take_answer(wave=wave(session, ClassPhase.BEFORE), sheet="one page", places=[1, 1, 1])
    assert ClassAnswer.objects.count() == 1


def test_a_class_takes_a_fifth_more_than_its_size_and_then_no_more():
    session, _ = make_class(size=6)
    open_wave(session=session, phase=ClassPhase.BEFORE)
    for _pupil in range(8):  # 7.2, rounded up
        answer(session, ClassPhase.BEFORE, LOT)
    with pytest.raises(NotTakenError, match="full"):
        answer(session, ClassPhase.BEFORE, LOT)
    assert ClassAnswer.objects.count() == 8


def test_answers_go_with_their_class_and_an_unused_class_goes_when_its_codes_end():
    used, _ = make_class()
    make_class(used.version.pack)
    open_wave(session=used, phase=ClassPhase.BEFORE)
    answer(used, ClassPhase.BEFORE, LOT)

    purge_all(timezone.now() + timedelta(days=121))
    assert list(ClassSession.objects.all()) == [used]
    assert not SentSheet.objects.exists()
    purge_all(timezone.now() + timedelta(days=365 * 3 + 1))
    assert not ClassSession.objects.exists()
    assert not ClassAnswer.objects.exists()


# Opening and closing


def test_a_wave_opens_once_and_closes_once_and_the_second_follows_the_first():
    session, _ = make_class()
    with pytest.raises(ValidationError, match="Close “Before the lesson” first"):
        open_wave(session=session, phase=ClassPhase.AFTER)
    with pytest.raises(ValidationError, match="not open"):
        close_wave(session=session, phase=ClassPhase.BEFORE)
    open_wave(session=session, phase=ClassPhase.BEFORE)
    with pytest.raises(ValidationError, match="open already"):
        open_wave(session=session, phase=ClassPhase.BEFORE)
    close_wave(session=session, phase=ClassPhase.BEFORE)
    with pytest.raises(ValidationError, match="not opened again"):
        open_wave(session=session, phase=ClassPhase.BEFORE)
    with pytest.raises(NotTakenError, match="closed"):
        answer(session, ClassPhase.BEFORE, LOT)


def test_codes_end():
    session, _ = make_class()
    open_wave(session=session, phase=ClassPhase.BEFORE)
    ClassSession.objects.update(made_on=timezone.localdate() - timedelta(days=121))
    with pytest.raises(NotTakenError, match="ended"):
        answer(session, ClassPhase.BEFORE, LOT)
    close_wave(session=session, phase=ClassPhase.BEFORE)
    with pytest.raises(ValidationError, match="codes of this class have ended"):
        open_wave(session=session, phase=ClassPhase.AFTER)


@pytest.mark.parametrize(
    "broken",
    [
        {"closed_on": "2026-03-01"},
        {"opened_on": "2026-03-02", "closed_on": "2026-03-01"},
        {"phase": "during"},
    ],
)
def test_the_database_knows_no_wave_that_closed_before_it_opened(broken):
    session, _ = make_class()
    with pytest.raises(IntegrityError), transaction.atomic():
        ClassWave.objects.filter(session=session, phase="before").update(**broken)


def test_a_class_has_one_wave_of_each_phase_and_no_code_twice():
    session, _ = make_class()
    with pytest.raises(IntegrityError), transaction.atomic():
        ClassWave.objects.create(session=session, phase="before", code="1")
    with pytest.raises(IntegrityError), transaction.atomic():
        ClassWave.objects.update(code="123456789012")


@pytest.mark.parametrize("size", [4, 121])
def test_the_database_knows_no_class_of_a_few_or_of_a_whole_school(size):
    session, _ = make_class()
    with pytest.raises(IntegrityError), transaction.atomic():
        ClassSession.objects.filter(pk=session.pk).update(size=size)


# What is told


def test_ten_answers_each_time_are_told_in_groups_of_five_or_more():
    session, _ = make_class()
    session = run(session, [LOT] * 3 + [LITTLE] * 2 + [NOT_A_LOT] * 5, [LOT] * 7 + [LITTLE] * 2 + [UNSURE] * 5)
    hoped, others = ["agree-a-lot", "agree-a-little"], ["disagree-a-little", "disagree-a-lot", "not-sure"]
    assert shares(session) == [(hoped, 50, 64), (others, 50, 36)]
    assert (session.result.figures["before"], session.result.figures["after"]) == (10, 14)


def test_every_option_is_told_where_five_chose_each_both_times():
    session, _ = make_class()
    session = run(session, [1, 2, 3, 4, 5] * 5, [1] * 10 + [2, 3, 4, 5] * 5)
    assert [group["before"] for group in told(session)[0]["groups"]] == [20] * 5
    assert [group["after"] for group in told(session)[0]["groups"]] == [33, 17, 17, 17, 17]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([LOT] * 12, [LOT] * 12),  # everybody: whoever sat there is known to have said so
        ([LOT] * 11 + [UNSURE], [LOT] * 6 + [UNSURE] * 6),  # who knows the one knows all the others
        ([LOT] * 6 + [UNSURE] * 6, [LOT] * 8 + [UNSURE] * 4),
    ],
)
def test_what_would_tell_of_a_few_in_either_wave_is_not_told_of_both(before, after):
    session, _ = make_class()
    assert [item["groups"] for item in told(run(session, before, after))] == [[], [], []]


def test_a_question_that_many_left_out_is_not_told():
    session, _ = make_class()
    for phase in ClassPhase:
        open_wave(session=session, phase=phase)
        for place in [LOT] * 6 + [UNSURE] * 6:
            answer(session, phase, place, place, place if phase == ClassPhase.AFTER else None)
        close_wave(session=session, phase=phase)
    session.refresh_from_db()
    assert [bool(item["groups"]) for item in told(session)] == [True, True, False]


@pytest.mark.parametrize(("before", "after"), [(9, 14), (14, 9)])
def test_nine_answers_either_time_tell_nothing(before, after):
    session, _ = make_class()
    session = run(session, [LOT, UNSURE] * (before // 2) + [LOT] * (before % 2), [LOT, UNSURE] * (after // 2) + [LOT])
    assert session.result is None
    assert not ClassResult.objects.exists()


def test_what_was_told_never_changes():
    session, _ = make_class()
    session = run(session, [LOT, UNSURE] * 6, [LOT, UNSURE] * 6)
    figures = session.result.figures
    with pytest.raises(ValidationError, match="not open"):
        close_wave(session=session, phase=ClassPhase.AFTER)
    with pytest.raises(ValidationError, match="never changes"):
        session.result.save()
    assert ClassResult.objects.get().figures == figures


# Small classes together


def small(pack, before, after):
    return run(make_class(pack, size=9)[0], before, after)


def test_small_classes_are_told_together_once():
    pack = make_class_pack()
    one = small(pack, [LOT, UNSURE] * 3, [LOT] * 5 + [UNSURE] * 2)
    other = small(pack, [LOT, UNSURE] * 3, [LOT] * 3 + [UNSURE] * 3)
    result = combine(sessions=[one, other])
    assert result.figures["classes"] == 2
    assert (result.figures["before"], result.figures["after"]) == (12, 13)
    assert [(group["before"], group["after"]) for group in result.figures["items"][0]["groups"]] == [(50, 62), (50, 38)]
    third = small(pack, [LOT, UNSURE] * 4, [LOT, UNSURE] * 4)
    with pytest.raises(ValidationError, match="in one result alone"):
        combine(sessions=[ClassSession.objects.get(pk=one.pk), third])


def test_classes_are_only_added_up_when_closed_alike_and_enough():
    pack = make_class_pack()
    one, open_one = small(pack, [LOT] * 3, [LOT] * 4), make_class(pack)[0]
    with pytest.raises(ValidationError, match="another class, not of this one"):
        combine(sessions=[one, one])
    with pytest.raises(ValidationError, match="Close both times"):
        combine(sessions=[one, open_one])
    with pytest.raises(ValidationError, match="6 answers before and 8 after"):
        combine(sessions=[one, small(pack, [LOT] * 3, [LOT] * 4)])
    ClassQuestion.objects.filter(pack=pack).first().delete()
    ClassQuestion.objects.create(
        pack=pack, key_stage="ks2", wording=make_pupil_wordings_again(), hoped="agree-a-lot", order=7
    )
    with pytest.raises(ValidationError, match="not asked the same questions"):
        combine(sessions=[one, small(pack, [LOT, UNSURE] * 4, [LOT, UNSURE] * 4)])


def make_pupil_wordings_again():
    return make_wording(
        "PUP11", theme="pupil", options=(("agree-a-lot", "Yes"), ("b", "B"), ("c", "C"), ("d", "D"), ("e", "E"))
    )
