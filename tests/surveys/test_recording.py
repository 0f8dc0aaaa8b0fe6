"""Responses made of complete answers, whatever the way in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from surveys import actions
from surveys.actions import UnfinishedError, WaveClosedError
from surveys.enums import Mark
from surveys.models import Response, Wave
from tests.factories.surveys import make_open_wave, make_wave

pytestmark = pytest.mark.django_db

ANSWERS = {"cnf01": "agree", "cnf06": "2"}


def record(wave, **given):
    collector = wave.collectors.first() or wave.collectors.create(code="paper")
    given = {"answers": ANSWERS, "language": "ur"} | given
    return actions.record(wave=wave, collector=collector, **given)


def test_answers_are_kept_with_their_way_in_what_was_asked_the_language_and_the_month():
    wave = make_open_wave()

    record(wave, answers={"opn01": "More lights", **ANSWERS, "elsewhere": "1"})

    row = Response.objects.get()
    assert (row.wave, row.collector, row.instrument) == (wave, wave.collectors.get(), wave.instrument)
    assert (row.language, row.month, row.rewritten) == ("ur", timezone.localdate().replace(day=1), False)
    assert list(row.answers.items()) == [("cnf01", "agree"), ("cnf06", "2"), ("opn01", "More lights")]
    assert row.marks == []


def test_answers_that_lack_something_are_refused_with_a_sentence_for_each():
    wave = make_open_wave()

    with pytest.raises(UnfinishedError) as refused:
        record(wave, answers={"cnf01": "perhaps"})

    assert set(refused.value.problems) == {"cnf01", "cnf06"}
    assert not Response.objects.exists()


def test_paper_that_comes_after_the_last_day_is_kept_until_the_wave_is_closed():
    wave = make_open_wave()
    Wave.objects.update(opens=timezone.localdate() - timedelta(days=9), closes=timezone.localdate() - timedelta(days=2))

    record(wave)
    actions.close_wave(wave=wave)

    with pytest.raises(WaveClosedError):
        record(wave)
    assert Response.objects.count() == 1


def test_a_wave_that_has_not_opened_takes_nothing():
    with pytest.raises(WaveClosedError):
        record(make_wave())


def test_marks_stay_with_a_response_through_the_shuffle():
    wave = make_open_wave()
    record(wave, marks={Mark.SPEED, Mark.STRAIGHT})

    actions.close_wave(wave=wave)

    assert Response.objects.readable().get().marks == ["speed", "straight-lines"]
