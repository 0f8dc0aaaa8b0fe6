"""What two people, or two workers, do to the results of one wave at the same moment."""

import pytest

from surveys import actions
from surveys.enums import ResultState
from surveys.models import ResultSet
from surveys.results import Choices
from tests.factories.results import answer, close, make_people_wave
from tests.racing import race

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def closed_wave():
    wave = make_people_wave()
    answer(wave, 30, cnf03="strongly-agree", dem04="female")
    answer(wave, 10, cnf03="strongly-disagree", dem04="male")
    return close(wave)


def test_two_who_ask_at_once_get_a_number_each_and_the_same_digits():
    wave = closed_wave()
    race(*[lambda: actions.ask_for_results(wave=wave, choices=Choices())] * 3)
    rows = list(ResultSet.objects.order_by("number"))
    assert [row.number for row in rows] == [1, 2, 3]

    race(*[lambda row=row: actions.compute_results(results=row) for row in rows])
    assert {row.state for row in ResultSet.objects.all()} == {ResultState.READY}
    assert len({row.record["digest"] for row in ResultSet.objects.all()}) == 1


def test_two_workers_at_one_result_set_compute_it_once():
    results = actions.ask_for_results(wave=closed_wave(), choices=Choices())
    found = race(*[lambda: actions.compute_results(results=results)] * 3)

    assert all(isinstance(one, ResultSet) for one in found)
    assert [(row.state, row.problem) for row in ResultSet.objects.all()] == [(ResultState.READY, "")]
