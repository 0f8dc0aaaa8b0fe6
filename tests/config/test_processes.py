"""Processes are ended with all that they started, and nobody else's are."""

import json
import subprocess
import sys

import psutil
import pytest

from config.processes import AlreadyRunningError, Child, Lock, Record, stop
from tests.installations import wait_until

pytestmark = pytest.mark.alike
PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
time.sleep(600)
"""


@pytest.fixture
def family(tmp_path):
    """Give a parent in a session of its own and its child, both of the installation in ``tmp_path``."""
    (tmp_path / "run").mkdir()
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={"VAR_DIR": str(tmp_path)},
    )
    child = psutil.Process(int(parent.stdout.readline()))
    wait_until(child.environ)  # For a moment after a program begins, the system shows it without its environment.
    yield parent, child
    for process in (parent, child):
        if isinstance(process, subprocess.Popen) or process.is_running():
            process.kill()
    parent.wait()
    parent.stdout.close()


def recorded(folder, pid, created):
    (folder / "run/processes.json").write_text(json.dumps([{"pid": pid, "created": created}]))
    return Record(folder)


def test_leftovers_are_ended_with_their_children(family, tmp_path):
    parent, child = family
    record = recorded(tmp_path, parent.pid, psutil.Process(parent.pid).create_time())
    assert record.end_leftovers() == 2
    assert not psutil.pid_exists(parent.pid)
    assert not child.is_running()
    assert list(tmp_path.rglob("*.json")) == []


def test_orphan_of_a_killed_leader_is_ended(family, tmp_path):
    parent, child = family
    record = recorded(tmp_path, parent.pid, psutil.Process(parent.pid).create_time())
    parent.kill()
    parent.wait()
    assert child.is_running()
    assert record.end_leftovers() == 1
    assert not child.is_running()


def test_stranger_who_got_a_recorded_number_is_left_alone(family, tmp_path):
    parent, child = family
    (tmp_path / "other/run").mkdir(parents=True)
    created = psutil.Process(parent.pid).create_time() - 60
    assert recorded(tmp_path / "other", parent.pid, created).end_leftovers() == 0
    assert (parent.poll(), child.is_running()) == (None, True)


def test_orphan_of_somebody_else_in_a_session_of_a_recorded_number_is_left_alone(family, tmp_path):
    parent, child = family
    (tmp_path / "other/run").mkdir(parents=True)
    record = recorded(tmp_path / "other", parent.pid, psutil.Process(parent.pid).create_time() - 60)
    parent.kill()
    parent.wait()
    assert (record.end_leftovers(), child.is_running()) == (0, True)


@pytest.mark.parametrize("damage", ["", "{", "[]", "[{}]", '[{"pid": 0, "created": 0}]', "\0", "5", "[7]"])
def test_damaged_record_names_nobody(damage, tmp_path):
    (tmp_path / "run").mkdir()
    (tmp_path / "run/processes.json").write_text(damage)
    assert list(Record(tmp_path)._leftovers()) == []


def test_child_that_ignores_the_request_is_ended_by_force(tmp_path):
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"
    )
    child = Child("deaf", [sys.executable, "-c", deaf], {})
    child.start()
    process = psutil.Process(child.pid)
    wait_until(lambda: process.status() == psutil.STATUS_SLEEPING)
    stop([child], patience=0.5)
    assert (process.is_running(), child.process) == (False, None)


def test_child_dies_with_its_supervisor(tmp_path):
    supervisor = (
        "import sys, time\nfrom config.processes import Child\n"
        "child = Child('sleeper', [sys.executable, '-c', 'import time; time.sleep(600)'], {})\n"
        "child.start(); print(child.pid, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", supervisor], stdout=subprocess.PIPE, text=True) as running:
        child = psutil.Process(int(running.stdout.readline()))
        running.kill()
    wait_until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE, patience=5)


def test_lock_is_held_by_one(tmp_path):
    lock = Lock(tmp_path / "lock")
    with pytest.raises(AlreadyRunningError):
        Lock(tmp_path / "lock")
    lock.release()
    assert list(tmp_path.iterdir()) == []
    Lock(tmp_path / "lock").release()
