"""What the web server's own lines say, and what they never do."""

import json
import sys
from datetime import timedelta
from types import SimpleNamespace

import pytest
from gunicorn.config import Config

from config.web import QuietLogger


def lines_of(capfd, note) -> list[dict]:
    """Return the lines that ``note(logger)`` writes."""
    import logging

    before = logging.root.handlers[:], logging.root.level
    logger = QuietLogger(Config())
    try:
        note(logger)
    finally:
        logging.root.handlers[:], logging.root.level = before[0], before[1]
    return [json.loads(line) for line in capfd.readouterr().err.splitlines()]


def test_what_is_no_http_is_noted_without_who_sent_it_or_what(capfd, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False, raising=False)

    lines = lines_of(capfd, lambda log: log.warning("Invalid request from ip=192.0.2.7: 'GET /?q=typed HTTP/9.9'"))

    assert [(line["level"], line["event"]) for line in lines] == [
        ("warning", "A request was no HTTP that can be read, and was refused")
    ]
    assert "192.0.2.7" not in json.dumps(lines)
    assert "typed" not in json.dumps(lines)


def test_a_fault_of_the_server_is_noted_without_the_address_asked_for(capfd, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False, raising=False)

    def fail(log: QuietLogger) -> None:
        try:
            raise OSError  # noqa: TRY301  (a fault to be logged, and nothing else)
        except OSError:
            log.exception("Error handling request %s %s", "GET", "/search/?q=typed")

    lines = lines_of(capfd, fail)

    assert [line["event"] for line in lines] == ["A request could not be handled"]
    assert "typed" not in json.dumps(lines)


def test_other_warnings_of_the_server_stay_as_they_are(capfd, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False, raising=False)

    lines = lines_of(capfd, lambda log: log.warning("Worker %s was slow", 7))

    assert [line["event"] for line in lines] == ["Worker 7 was slow"]


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("/campaigns/no-place/", "/campaigns/no-place/"),
        ("/support/confirm/MTI:abc:signature/", "/support/confirm/…"),
        ("/ur/support/confirm/MTI:abc:signature/", "/ur/support/confirm/…"),
        ("/mailchimp/a-secret/", "/mailchimp/…"),
    ],
)
def test_a_line_says_what_was_asked_but_no_link_that_answers_for_a_service(capfd, monkeypatch, asked, written):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False, raising=False)
    answer = SimpleNamespace(status_code=200, headers=[("X-Request-ID", "abc")])
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": asked}

    lines = lines_of(capfd, lambda log: log.access(answer, None, environ, timedelta(milliseconds=7)))

    assert [(line["path"], line["status"], line["milliseconds"]) for line in lines] == [(written, 200, 7)]
