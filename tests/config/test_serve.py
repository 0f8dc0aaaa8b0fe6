"""`make run`: everything starts together, dies alone, and stops together."""

import http.client
import json
import shutil
import signal
import socket
from contextlib import closing

import psutil
import pytest
from django.core.exceptions import ImproperlyConfigured

from config.serve import choose_sandbox_port
from tests.installations import Installation, answers, free_port, installation, run, wait_until

pytestmark = [pytest.mark.alike, pytest.mark.xdist_group("serve")]


@pytest.fixture(scope="module")
def migrated(tmp_path_factory, migrated_file):
    """Give a folder whose database is up to date and whose demonstration was loaded and removed."""
    folder = tmp_path_factory.mktemp("migrated") / "var"
    if migrated_file:
        folder.mkdir()
        shutil.copyfile(migrated_file, folder / "db.sqlite3")
    made = run("manage.py", "migrate", "--skip-checks", "--verbosity=0", VAR_DIR=folder)
    assert made.returncode == 0, made.stderr
    (folder / "run/demo-loaded").touch()
    return folder


@pytest.fixture
def site(migrated, tmp_path):
    """Give an installation that has run before and is not running."""
    shutil.copytree(migrated, tmp_path / "var")
    with installation(tmp_path / "var") as made:
        yield made


def ask(port: int, path: str) -> tuple[int, str]:
    """Return status and body of what the web server answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    with closing(connection):
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def test_it_runs_and_ctrl_c_leaves_neither_process_nor_lock(site):
    (site.folder / "demo-accounts.json").write_text(
        json.dumps({"Communications officers": {"username": "olive", "password": "a b c"}})
    )
    site.start(patience=60)
    wait_until(lambda: "Ctrl-C stops all of it." in site.log.read_text(), why=site.log)
    assert f"Groundswell runs at http://localhost:{site.port}/ " in site.log.read_text()
    assert "  Communications officers    olive                      a b c" in site.log.read_text()
    parts = ("config.serve", "config.celery worker", "config.beat", "mailchimp_sandbox")
    assert [len(site.processes(part)) for part in parts] == [1, 1, 1, 1]
    wait_until(lambda: answers(f"http://127.0.0.1:{site.sandbox_port}/"), why=site.log)
    assert f"every email sent: http://localhost:{site.sandbox_port}/." in site.log.read_text()

    for length in (5_000, 10_000, 500_000):
        status, page = ask(site.port, f"/search/?q={'a' * length}")
        assert (status, "<h1>That address is too long</h1>" in page, "aaa" in page) == (414, True, False)

    second = run("-m", "config.serve", VAR_DIR=site.folder, PORT=free_port())
    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr == (
        f"Groundswell cannot start: Another copy runs from {site.folder}. "
        "Stop it, or give this one its own VAR_DIR and PORT.\n"
    )
    assert site.end(signal.SIGINT) == 0
    assert site.processes() == []
    assert not (site.folder / "run/lock").exists()
    assert not (site.folder / "run/processes.json").exists()


def test_what_was_killed_starts_again_and_beat_is_always_one(site):
    site.start(patience=60)
    parts = ("config.celery worker", "config.beat", "gunicorn")
    wait_until(lambda: all(site.processes(part) for part in parts))
    before = {part: min(process.pid for process in site.processes(part)) for part in parts}
    for part in parts:
        min(site.processes(part), key=lambda process: process.pid).kill()
    wait_until(
        lambda: all(
            before[part] not in {p.pid for p in site.processes(part)} and site.processes(part) for part in parts
        )
    )
    wait_until(site.has_greeted, patience=60, why=site.log)
    assert [len(site.processes(part)) for part in parts[:2]] == [1, 1]
    assert "The beat stopped; it starts again " in site.log.read_text()

    site.end(signal.SIGKILL)
    left_behind = {process.pid for process in site.processes()}
    site.start(patience=60)
    wait_until(lambda: left_behind.isdisjoint(process.pid for process in site.processes()))
    wait_until(lambda: all(site.processes(part) for part in parts))
    assert [len(site.processes(part)) for part in ("config.serve", *parts[:2])] == [1, 1, 1]
    assert site.end(signal.SIGTERM) == 0
    assert site.processes() == []


@pytest.mark.long
def test_two_copies_run_side_by_side(migrated, tmp_path):
    for name in ("one", "two"):
        shutil.copytree(migrated, tmp_path / name)
    with installation(tmp_path / "one") as one, installation(tmp_path / "two") as two:
        one.start(patience=60)
        two.start(patience=60)
        assert one.has_greeted()
        assert one.end() == 0
        assert two.has_greeted()
        assert two.end() == 0


@pytest.mark.long
@pytest.mark.parametrize("victim", ["config.serve", "config.celery worker", "config.beat", "gunicorn"])
def test_ten_killings_leave_one_of_each(site, victim):
    site.start(patience=60)
    for _ in range(10):
        wait_until(lambda: site.processes(victim), patience=60)
        killed = min(site.processes(victim), key=lambda process: process.pid)
        killed.kill()
        if victim == "config.serve":
            site.supervisor.wait(10)
            site.start(patience=60)
        wait_until(lambda process=killed: not process.is_running() or process.status() == psutil.STATUS_ZOMBIE)
    wait_until(lambda: site.processes(victim), patience=60)
    wait_until(site.has_greeted, patience=60)
    assert [len(site.processes(part)) for part in ("config.celery worker", "config.beat")] == [1, 1]


def test_taken_port_is_refused_before_anything_is_made(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = run("-m", "config.serve", VAR_DIR=tmp_path / "var", PORT=port)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith(f"Groundswell cannot start: Port {port} is taken. Choose another, such as PORT=")
    assert refused.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_sandbox_takes_another_port_where_the_usual_one_is_taken_unless_that_was_asked_for(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr("config.environment.sandbox_port", lambda: port)
        monkeypatch.delenv("SANDBOX_PORT", raising=False)
        assert choose_sandbox_port(8000) not in {port, 0}
        monkeypatch.setenv("SANDBOX_PORT", str(port))
        with pytest.raises(ImproperlyConfigured, match=f"Port {port} is taken. Choose another, such as SANDBOX_PORT="):
            choose_sandbox_port(8000)
        with pytest.raises(ImproperlyConfigured, match="PORT and SANDBOX_PORT are both"):
            choose_sandbox_port(port)


def test_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    refused = run("-m", "config.serve", VAR_DIR=tmp_path / "file/var", PORT=free_port())
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith(f"Groundswell cannot start: The folder {tmp_path}/file/var/run cannot be made (")
    assert refused.stderr.count("\n") == 1


def test_database_that_is_none_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "var/run").mkdir(parents=True)
    (tmp_path / "var/db.sqlite3").write_text("This is not a database, and it is long enough to be seen as none." * 20)
    site = Installation(tmp_path / "var")
    refused = run("-m", "config.serve", VAR_DIR=site.folder, PORT=site.port, SANDBOX_PORT=site.sandbox_port)
    assert refused.returncode == 1
    assert refused.stderr == (
        f"The database {site.folder}/db.sqlite3 cannot be used: file is not a database. Restore it, or move it away.\n"
    )
    assert site.processes() == []
    assert not (site.folder / "run/lock").exists()


def test_site_with_content_of_its_own_gets_no_demonstration(migrated, tmp_path):
    folder = tmp_path / "var"
    shutil.copytree(migrated, folder)
    (folder / "run/demo-loaded").unlink()
    make = "from core.models import User; User.objects.create_user('somebody')"
    assert run("manage.py", "shell", "--no-imports", "-c", make, VAR_DIR=folder).returncode == 0
    prepared = run("-m", "config.prepare", DJANGO_SETTINGS_MODULE="config.settings.embedded", VAR_DIR=folder)
    assert (prepared.returncode, prepared.stderr) == (0, "")
    assert prepared.stdout == "This site has content of its own already, so the demonstration is not loaded.\n"
    assert not (folder / "demo-accounts.json").exists()
