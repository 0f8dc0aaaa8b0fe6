"""What two people do to the results of a wave at the same moment."""

import pytest
from django.core.exceptions import ValidationError

from core.models import User
from surveys import actions
from surveys.actions.publishing import looked_at
from surveys.models import ResultSet
from tests.factories.results import answer, close, make_people_wave, make_results
from tests.racing import race

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def sent(wave, by, **said):
    return actions.submit_results(results=make_results(wave, by=by), findings="Most agree.", by=by, **said)


def approve(results, by):
    seen = looked_at(results)
    return lambda: actions.approve_results(results=results, by=by, seen=seen)


def test_results_that_two_approve_while_a_third_withdraws_are_published_once_and_taken_back_whole():
    petra, carl, mona = (User.objects.create_user(name) for name in ("petra", "carl", "mona"))
    wave = make_people_wave()
    answer(wave, 200, cnf03="strongly-agree", dem04="female")
    answer(wave, 100, cnf03="strongly-disagree", dem04="male")
    wave = close(wave)
    first = sent(wave, petra)
    approvals = race(approve(first, carl), approve(first, mona))
    assert sorted(type(one).__name__ for one in approvals) == ["ResultSet", "ValidationError"]
    assert ResultSet.objects.approved().get().pk == first.pk

    second = sent(wave, petra, note="Once more.")
    outcomes = race(approve(second, carl), lambda: actions.withdraw_results(results=first, by=mona))

    assert all(isinstance(one, ResultSet | ValidationError) for one in outcomes)
    first.refresh_from_db()
    second.refresh_from_db()
    assert second.state == "approved"
    # Whoever came first: the results withdrawn were replaced meanwhile, or they are gone.
    assert (first.state, first.public == {}) in {("replaced", False), ("withdrawn", True)}
