"""How gunicorn serves the site (`gunicorn -c python:config.web config.wsgi`).

Its lines go where Django's go. An access line says what was asked and how it went, never who asked: no address,
no user agent, no query string.
"""

import logging
import logging.config
import os
import socket
import sys
from contextlib import suppress
from datetime import timedelta
from typing import Any

from gunicorn.glogging import Logger
from gunicorn.http.errors import LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker

from config.logs import logging_settings

READ_AT_ONCE, READ_AT_MOST = 64 * 1024, 1024 * 1024
UNLOGGED = ("/healthz", "/readyz", "/static/", "/look/")


class QuietLogger(Logger):
    """Gunicorn's logger without visitors in it."""

    def setup(self, cfg: Any) -> None:
        """Hand every line to the root logger, laid out as Django's settings lay it out later."""
        self.cfg = cfg
        self.loglevel = logging.INFO
        logging.config.dictConfig(logging_settings(json=not sys.stderr.isatty()))
        for log in (self.error_log, self.access_log):
            log.handlers.clear()
            log.propagate = True
            log.setLevel(logging.INFO)

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """Note what a visitor sent that is no HTTP, without their address and without what they sent."""
        if str(msg).startswith("Invalid request from"):
            msg, args = "A request was no HTTP that can be read, and was refused", ()
        super().warning(msg, *args, **kwargs)

    def exception(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """Note a fault of the web server; the address asked for may hold what somebody typed, so it stays out."""
        if str(msg).startswith("Error handling request"):
            msg, args = "A request could not be handled", ()
        super().exception(msg, *args, **kwargs)

    def access(
        self,
        resp: Any,
        req: Any,  # noqa: ARG002  (gunicorn names them)
        environ: dict[str, Any],
        request_time: timedelta,
    ) -> None:
        """Note one answered request."""
        path = environ.get("PATH_INFO", "")
        if path.startswith(UNLOGGED):
            return
        facts = {
            "method": environ.get("REQUEST_METHOD"),
            "path": path,
            "status": resp.status_code,
            "milliseconds": round(request_time / timedelta(milliseconds=1)),
            "request_id": dict(resp.headers).get("X-Request-ID"),
        }
        self.access_log.info("answered", extra=facts)


class PageWorker(ThreadWorker):
    """Gunicorn's worker of threads, which answers an address longer than any of ours with a page of ours."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        """Answer what is no request that Django could see."""
        if not isinstance(exc, LimitRequestLine):
            super().handle_error(req, client, addr, exc)
            return
        self.log.warning("An address was longer than the site reads, and was refused")
        with suppress(OSError):  # A client that is gone needs no page.
            client.settimeout(1)
            client.sendall(too_long())
            # What is left unread when a connection closes would tear it down before the page is there.
            client.shutdown(socket.SHUT_WR)
            for _ in range(READ_AT_MOST // READ_AT_ONCE):
                if not client.recv(READ_AT_ONCE):
                    break


def too_long() -> bytes:
    """Return an answer of 414 with its page, as it goes over the wire."""
    from django.template.loader import render_to_string

    page = render_to_string("414.html").encode()
    head = (
        "HTTP/1.1 414 URI Too Long\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Length: {len(page)}\r\nCache-Control: no-store\r\n\r\n"
    )
    return head.encode() + page


bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
# The site is loaded once and the workers are forks of that: the loading itself neither draws, nor opens a connection,
# nor starts a thread, so there is nothing that a fork could break.
preload_app = True
workers = 2
threads = 4
worker_class = PageWorker
logger_class = QuietLogger
accesslog = "-"
graceful_timeout = 10
max_requests = 5_000
max_requests_jitter = 500
control_socket_disable = True
