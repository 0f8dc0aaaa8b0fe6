"""Whether an installation is well: the two addresses, the doctor, the sign of life."""

from datetime import timedelta
from io import StringIO
from threading import Thread

import pytest
from celery import current_app
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.health import checks, tools
from core.health.tasks import beat_ticked
from tests.installations import free_port


@pytest.fixture(autouse=True)
def _no_memory():
    checks.migrations.cache_clear()
    cache.clear()
    yield
    checks.migrations.cache_clear()


def test_healthz_answers_without_asking_anything(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content, response["Content-Type"]) == (200, b"ok\n", "text/plain")
    assert (response["Cache-Control"], dict(response.cookies)) == (
        "max-age=0, no-cache, no-store, must-revalidate, private",
        {},
    )


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_health_is_only_read(client, db, address):
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


def test_readyz_names_each_part(client, db):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "database": "ok",
        "migrations": "ok",
        "broker": "ok",
        "cache": "ok",
        "storage": "ok",
    }
    assert dict(response.cookies) == {}


def test_readyz_names_the_part_that_fails_and_says_no_more(client, db, settings):
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": __file__},
        }
    }
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {
        "status": "fails",
        "database": "ok",
        "migrations": "ok",
        "broker": "ok",
        "cache": "ok",
        "storage": "fails",
    }


def test_readyz_sees_a_missing_migration(client, db):
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.filter(app="core").latest("id").delete()
    assert client.get("/readyz").json()["migrations"] == "fails"


def test_request_name_is_new_each_time(client):
    first, second = client.get("/healthz")["X-Request-ID"], client.get("/healthz")["X-Request-ID"]
    assert len(first) == len(second) == 32
    assert first != second


def doctor() -> tuple[list[str], str]:
    """Return the lines of the doctor, and what it closes with."""
    out = StringIO()
    try:
        call_command("doctor", stdout=out)
    except CommandError as error:
        return out.getvalue().splitlines(), str(error)
    lines = out.getvalue().splitlines()
    return lines[:-1], lines[-1]


def test_doctor_finds_a_running_installation_well(db):
    beat_ticked()
    lines, verdict = doctor()
    assert verdict == "All is well."
    assert [line[8:25].rstrip() for line in lines] == [
        "Settings",
        "Database",
        "Migrations",
        "Broker",
        "Cache",
        "Storage",
        "Mail",
        "Folder",
        "Open",
        "Worker and beat",
        "Node",
        "Chromium",
        "Raqm",
        "Pango",
        "Mailchimp",
    ]
    assert lines[9] == "ok      Worker and beat  seen 0 seconds ago"


def test_doctor_misses_worker_and_beat_and_says_the_mend(db):
    lines, verdict = doctor()
    assert verdict == "Wrong: Worker and beat."
    assert lines[9] == (
        "WRONG   Worker and beat  Neither has been seen. "
        "Start both: make run, or a Celery worker and a beat as services."
    )


def test_doctor_sees_that_worker_and_beat_stopped(db):
    cache.set(checks.TICK_KEY, timezone.now() - timedelta(minutes=10), None)
    lines, _ = doctor()
    assert lines[9] == "WRONG   Worker and beat  Last seen 10 minutes ago. Start the Celery worker and the beat again."


def test_doctor_says_what_an_absent_library_is_for(db, monkeypatch):
    beat_ticked()
    monkeypatch.setenv("PATH", "")
    lines, verdict = doctor()
    assert verdict == "All is well."
    assert lines[10] == "absent  Node             Only make install would need it. Install Node 20 or later."


def test_doctor_names_a_mail_server_that_does_not_answer(db, settings):
    settings.OUTBOX_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    lines, verdict = doctor()
    assert verdict == "Wrong: Mail, Worker and beat."
    assert lines[6].startswith("WRONG   Mail             The mail server does not answer (")
    assert lines[6].endswith(" Correct EMAIL_URL.")


def test_doctor_says_where_mail_goes_without_a_mail_server(db, settings):
    lines, _ = doctor()
    assert lines[6] == f"ok      Mail             is written to {settings.EMAIL_FILE_PATH}"


def test_password_in_an_address_is_never_said():
    assert checks._first_line(OSError("amqp://user:secret@host refused")) == "OSError"


def test_chromium_of_playwright_is_found_off_the_path(tmp_path, monkeypatch):
    kept = tmp_path / "chromium-1200/chrome-linux/chrome"
    kept.parent.mkdir(parents=True)
    kept.touch()
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    assert tools.find_chromium() == str(kept)


def test_every_thread_nudges_our_own_broker(settings):
    found = []
    thread = Thread(target=lambda: found.append(current_app.main))
    thread.start()
    thread.join()
    assert found == ["groundswell"]
