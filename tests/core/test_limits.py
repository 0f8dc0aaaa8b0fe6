"""Limits by network address: counted over the last minutes, forgotten with the day, and no address anywhere."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.test import RequestFactory

from core import limits
from core.limits import Limit, who

LIMIT = Limit("tries", most=3, minutes=10)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _empty(monkeypatch):
    caches["limits"].clear()
    monkeypatch.setattr(limits, "_salt", limits._salt)  # what a test lets the process remember goes with it


def came(address, **headers):
    return who(RequestFactory().get("/", REMOTE_ADDR=address, **headers))


def test_a_limit_is_reached_by_the_last_minutes_and_free_again_after_them(time_machine):
    time_machine.move_to(NOON, tick=False)
    LIMIT.add("one")
    time_machine.shift(timedelta(minutes=8))
    LIMIT.add("one")
    assert not LIMIT.is_reached("one")
    LIMIT.add("one")
    assert LIMIT.is_reached("one")
    assert not LIMIT.is_reached("another")

    time_machine.shift(timedelta(minutes=2))
    assert LIMIT.count("one") == 2
    time_machine.shift(timedelta(minutes=9))
    assert LIMIT.count("one") == 0


def test_an_address_has_another_digest_tomorrow_and_never_shows(time_machine):
    time_machine.move_to(NOON, tick=False)
    today = came("203.0.113.9")
    assert today == came("203.0.113.9")
    assert today != came("203.0.113.10")
    assert "203" not in today

    time_machine.shift(timedelta(hours=12))
    assert came("203.0.113.9") != today


def test_the_salt_is_kept_until_midnight_and_no_longer(time_machine, monkeypatch):
    """Redis has a clock of its own, which the test cannot move: what it is asked for is looked at."""
    time_machine.move_to(NOON, tick=False)
    store, kept = caches["limits"], {}
    get_or_set = store.get_or_set

    def noting(key, default, *, timeout):
        kept[key] = timeout
        return get_or_set(key, default, timeout=timeout)

    monkeypatch.setattr(store, "get_or_set", noting)
    came("203.0.113.9")
    assert store.get("salt-2026-03-02")
    assert kept == {"salt-2026-03-02": 12 * 3600}


def test_a_process_asks_for_the_salt_once_a_minute_and_anew_when_the_day_is_over(time_machine, monkeypatch, settings):
    settings.REMEMBERED_FOR = 60
    time_machine.move_to(datetime(2026, 3, 4, 12, 0, tzinfo=UTC), tick=False)
    clock = [1000.0]
    monkeypatch.setattr(limits, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    today = came("203.0.113.9")
    caches["limits"].clear()
    clock[0] += 59
    assert came("203.0.113.9") == today
    clock[0] += 1
    drawn_anew = came("203.0.113.9")
    assert drawn_anew != today

    time_machine.shift(timedelta(hours=12))
    assert came("203.0.113.9") not in {today, drawn_anew}


def test_behind_a_proxy_on_this_machine_the_address_is_the_one_that_the_proxy_saw():
    seen = came("203.0.113.9")
    forged = "198.51.100.1, 203.0.113.9"
    assert came("127.0.0.1", HTTP_X_FORWARDED_FOR=forged) == seen
    assert came("", HTTP_X_FORWARDED_FOR="203.0.113.9") == seen
    assert came("203.0.113.9", HTTP_X_FORWARDED_FOR="198.51.100.1") == seen


def test_the_many_addresses_of_one_connection_count_as_one():
    assert came("2001:db8:1:2::5") == came("2001:db8:1:2:ffff::1")
    assert came("2001:db8:1:2::5") != came("2001:db8:1:3::5")
    assert came("junk") == came("unknown")


def test_a_cache_that_is_down_holds_nobody_up(monkeypatch):
    def broken(*_, **__):
        raise OSError

    monkeypatch.setattr(caches["limits"], "add", lambda *_, **__: False)
    monkeypatch.setattr(caches["limits"], "incr", broken)
    monkeypatch.setattr(caches["limits"], "get_many", lambda _keys: {})
    for _ in range(9):
        LIMIT.add("one")
    assert not LIMIT.is_reached("one")
    assert came("203.0.113.9")
