"""What waits in the process before it is written: together, once, and never lost to an order or to another's fork."""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection
from django.db.models import Sum
from django.test import Client, RequestFactory, override_settings

from reach.actions import waiting
from reach.actions.writing import MOST_ROWS, Key, write
from reach.models import Count
from tests.installations import wait_until
from tests.reach.test_counting import PHONE

DAY = date(2026, 11, 2)
VIEW = Key(DAY, "page-a", "stand-up", "web", "", "views", "counted", 2, False)


@pytest.fixture
def here(monkeypatch, settings):
    """Begin with nothing that waits, and let nothing be written but by the test."""
    settings.COUNTS_KEPT_FOR = 0.1
    process = waiting._Process()
    monkeypatch.setattr(waiting, "_here", process)
    monkeypatch.setattr(waiting.threading.Thread, "start", lambda _: None)
    return process


def came(address="203.0.113.9", key=VIEW):
    waiting.note(request=RequestFactory(headers={"user-agent": PHONE}).get("/", REMOTE_ADDR=address), key=key)


def counted() -> dict[str, int]:
    return dict(Count.objects.values_list("metric").annotate(Sum("quantity")).order_by())


def test_what_waits_is_written_in_one_statement(db, here, django_assert_num_queries):
    for address in ("203.0.113.9", "203.0.113.9", "203.0.113.10"):
        came(address)
    came(key=VIEW._replace(page_key="page-b"))
    assert counted() == {}

    with django_assert_num_queries(3):  # a savepoint, since the test is one transaction; alone it is the statement
        waiting.write_waiting()
    assert counted() == {"views": 4, "daily_visitors": 3}
    with django_assert_num_queries(0):
        waiting.write_waiting()


def test_more_than_a_statement_takes_is_written_in_several(db, here):
    here.sums = Counter({VIEW._replace(page_key=f"page-{number}"): 2 for number in range(MOST_ROWS + 1)})
    waiting.write_waiting()

    assert counted() == {"views": 2 * (MOST_ROWS + 1)}


def test_while_the_database_is_down_sums_wait_and_hold_nothing_of_visitors(db, here, monkeypatch):
    came()
    with monkeypatch.context() as patch:
        patch.setattr(waiting.connection, "ensure_connection", broken(OperationalError))
        with pytest.raises(OperationalError):
            waiting.write_waiting()
    assert (here.visits, here.salt) == ([], None)
    assert dict(here.sums) == {VIEW: 1, VIEW._replace(metric="daily_visitors"): 1}

    came()
    waiting.write_waiting()
    assert counted() == {"views": 2, "daily_visitors": 1}


def test_a_statement_that_failed_is_tried_again(db, here, monkeypatch):
    came()
    with monkeypatch.context() as patch:
        patch.setattr(waiting, "write", broken(OperationalError))
        with pytest.raises(OperationalError):
            waiting.write_waiting()
    waiting.write_waiting()

    assert counted()["views"] == 1


def test_what_may_stand_already_is_not_written_twice(db, here, monkeypatch, caplog):
    """A connection that breaks off in the middle of a statement does not say whether it was carried out."""

    def breaks_off_after_writing(counts):
        write(counts)
        raise OperationalError

    came()
    with monkeypatch.context() as patch:
        patch.setattr(waiting, "write", breaks_off_after_writing)
        patch.setattr(waiting.connection, "is_usable", lambda: False)
        with pytest.raises(OperationalError):
            waiting.write_waiting()
    waiting.write_waiting()

    assert counted()["views"] == 1
    assert "counts in doubt" in caplog.text


def test_what_the_ledger_refuses_spoils_nothing_else(db, here, caplog):
    here.sums = Counter({VIEW: 3, VIEW._replace(metric="smiles"): 5})
    with pytest.raises(IntegrityError):
        write(here.sums)
    waiting.write_waiting()

    assert counted() == {"views": 3}
    assert "count refused" in caplog.text


def test_a_fork_begins_with_nothing_since_what_waits_is_its_parents(db, here):
    came()
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.write(writer, str(len(waiting._here.visits)).encode())
        os._exit(0)
    os.waitpid(child, 0)

    assert (os.read(reader, 9), len(here.visits)) == (b"0", 1)


def broken(problem: type[DatabaseError]):
    def fail(*_):
        raise problem

    return fail


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("kept_for", [0, 0.05])
def test_two_hundred_requests_at_once_lose_and_double_nothing(kept_for, monkeypatch, settings):
    """Each of a hundred visitors comes twice at once, and clicks twice at once on a poster's address."""
    settings.COUNTS_KEPT_FOR = kept_for
    monkeypatch.setattr(waiting, "_here", waiting._Process())

    def visit(number: int) -> int:
        try:
            client = Client(headers={"user-agent": PHONE}, REMOTE_ADDR=f"203.0.113.{number % 100}")
            return client.get("/page/").status_code + client.get("/poster/bus/").status_code
        finally:
            connection.close()

    addresses = override_settings(ROOT_URLCONF="tests.reach.test_counting", SECURE_SSL_REDIRECT=False)
    with addresses, ThreadPoolExecutor(40) as pool:
        assert set(pool.map(visit, range(200))) == {200 + 302}
    everything = {"views": 200, "daily_visitors": 100, "arrivals": 100}
    if kept_for:
        wait_until(lambda: counted() == everything, patience=10)
    assert counted() == everything
