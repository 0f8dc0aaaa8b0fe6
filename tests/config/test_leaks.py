"""What the suite reads of its own log and queue finds what must not stand there, and fails the run for it."""

import logging
from types import SimpleNamespace

import pytest
import structlog
from celery import current_app

from tests import leaks

KEY = "fedcba9876543210fedcba9876543210-us7"


@pytest.fixture
def found(monkeypatch):
    """Return what is found from now on, which fails nothing."""
    monkeypatch.setattr(leaks, "found", kept := [])
    return kept


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("Bad ada@council.org.uk", "an email address"),
        ("/x/?email=ada%40council.org.uk", "an email address"),
        ("GET /3.0/lists/a1/members/0123456789abcdef0123456789abcdef", "the digest of an address"),
        (f"user:{KEY}", "a key of Mailchimp"),
        (f"signed by {leaks.SIGNING}", "a secret of a webhook"),
        (f"Dear {leaks.NAME}", "the name of a person"),
    ],
)
def test_what_a_line_gives_away_is_found(found, said, what):
    logging.getLogger("anybody").info("%s", said)
    structlog.get_logger("anybody").warning("something happened", about=said)
    assert [what in sentence for sentence in found] == [True, True]


def test_what_a_traceback_gives_away_is_found(found):
    try:
        raise ValueError("ada@council.org.uk")  # noqa: TRY301  (to be logged, and nothing else)
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", "/updates/")
    assert len(found) == 1


def test_what_a_task_is_told_is_found_as_it_is_queued_and_in_the_files_of_the_broker(found, tmp_path, settings):
    folder = {"data_folder_in": str(tmp_path), "data_folder_out": str(tmp_path), "control_folder": str(tmp_path)}
    with current_app.connection_for_write("filesystem://", transport_options=folder) as connection:
        current_app.send_task("any", args=["ada@council.org.uk"], connection=connection)
    assert len(found) == 1
    leaks.look_into_files(tmp_path)
    assert len(found) == 2


@pytest.mark.parametrize("said", ["Not Found: %s", "Broken: %r"])
@pytest.mark.parametrize("logger", ["django.request", "django.server", "campaigns.views.webhooks"])
def test_the_secret_in_the_address_of_a_webhook_is_cut_from_every_line(found, said, logger):
    path = f"/mailchimp/{leaks.SECRET}/"
    try:
        raise LookupError(path)  # noqa: TRY301  (as above)
    except LookupError:
        logging.getLogger(logger).warning(said, path, exc_info=True)
    assert found == []


def test_anything_found_fails_the_run_and_is_said(found):
    config = SimpleNamespace()
    session = SimpleNamespace(config=config, exitstatus=pytest.ExitCode.OK)
    leaks.pytest_sessionfinish(session)
    assert session.exitstatus == pytest.ExitCode.OK

    found.append("a sentence")
    leaks.pytest_sessionfinish(session)
    assert session.exitstatus == pytest.ExitCode.TESTS_FAILED


def test_what_one_of_several_processes_found_is_handed_over(found):
    found.append("a sentence")
    config = SimpleNamespace(workeroutput={})
    leaks.pytest_sessionfinish(SimpleNamespace(config=config))
    leaks.pytest_testnodedown(SimpleNamespace(workeroutput={"leaks": ["another"]}))
    leaks.pytest_testnodedown(SimpleNamespace())  # it died
    assert (config.workeroutput["leaks"], found) == (["a sentence"], ["a sentence", "another"])
