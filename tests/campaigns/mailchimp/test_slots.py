"""Few calls at once, over all processes, whatever becomes of those who make them."""

import threading

import pytest
import time_machine
from django.core.cache import caches

from campaigns.mailchimp import RemoteDown, mailchimp, slots
from campaigns.mailchimp.slots import AT_ONCE, AllTaken, slot


@pytest.fixture(autouse=True)
def _nobody_calls(monkeypatch):
    caches["limits"].clear()
    monkeypatch.setattr(slots, "PATIENCE", 0.0)
    monkeypatch.setattr(slots, "_ASKS_EVERY", 0.001)
    yield
    caches["limits"].clear()


def take_all():
    """Return the slots taken, in the order of their number."""
    held = [slot() for _ in range(AT_ONCE)]
    for one in held:
        one.__enter__()
    return held


def test_one_more_than_there_are_waits_and_then_gives_up():
    held = take_all()
    with pytest.raises(AllTaken), slot():
        pass
    held[2].__exit__(None, None, None)
    with slot():
        pass


@pytest.mark.alike  # Redis keeps to its own clock
def test_the_slot_of_a_killed_holder_comes_free_by_itself():
    with time_machine.travel("2026-03-01 12:00", tick=False):
        held = take_all()  # and never given back
    with time_machine.travel("2026-03-01 12:02", tick=False), pytest.raises(AllTaken), slot():
        pass
    with time_machine.travel("2026-03-01 12:03", tick=False), slot():
        assert len(held) == AT_ONCE


def test_a_cache_that_keeps_nothing_holds_nobody_up(settings, monkeypatch):
    monkeypatch.setattr(type(caches["limits"]), "add", lambda *_, **__: False)
    with slot():
        pass


def test_a_caller_who_gets_none_is_told_that_nothing_was_sent(mailchimp_sandbox):
    held = take_all()
    with pytest.raises(RemoteDown, match="Nothing was sent"):
        mailchimp().ping()
    assert (len(held), mailchimp_sandbox.asked) == (AT_ONCE, [])


def test_of_many_callers_no_more_than_that_are_there_at_once(monkeypatch):
    monkeypatch.setattr(slots, "PATIENCE", 30.0)
    now, most, lock, four = 0, 0, threading.Lock(), threading.Barrier(AT_ONCE)

    def call():
        nonlocal now, most
        with slot():
            with lock:
                now += 1
                most = max(most, now)
            four.wait(20)  # goes on once so many are there
            with lock:
                now -= 1

    threads = [threading.Thread(target=call) for _ in range(3 * AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == AT_ONCE
