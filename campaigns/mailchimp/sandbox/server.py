"""The server: who asks, what is to go wrong, and what answers.

It stands on Django's own server and URL patterns, but apart from the site: no middleware, no session, no database. That
server keeps connections open between calls, as Mailchimp does.
"""

import json
import re
import socket
import threading
from base64 import b64decode
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig
from django.core.handlers.wsgi import WSGIRequest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.http import Http404, HttpResponse, JsonResponse

from campaigns.mailchimp.sandbox import campaigns, samples, sending
from campaigns.mailchimp.sandbox.calls import Call, Problem, missing, narrowed
from campaigns.mailchimp.sandbox.faults import DONE, Fault, Faults
from campaigns.mailchimp.sandbox.pages import PAGES, Visit, show
from campaigns.mailchimp.sandbox.routes import api, resolver
from campaigns.mailchimp.sandbox.state import Row, State
from campaigns.mailchimp.sandbox.telling import LOOPBACK, deliver_due

HOST = "127.0.0.1"
DATA_CENTRE = "us1"
_KEY = re.compile(rf"[A-Za-z0-9]+-{DATA_CENTRE}")
# These keys show what becomes of keys that are no good.
REVOKED, READ_ONLY = f"revoked-{DATA_CENTRE}", f"viewer-{DATA_CENTRE}"
HTML_502 = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


class Sandbox:
    """A Mailchimp on this machine."""

    def __init__(self, *, path: Path | None = None, mail: Path | None = None) -> None:
        """Begin with what ``path`` keeps; without one, with nothing, and keep nothing.

        ``mail`` is the folder into which the site writes its own mail, which the inbox then lists too.

        Raises:
            ValueError: what ``path`` holds is damaged.
        """
        self.state = State(path)
        self._mail = mail
        self.faults = Faults()
        self.asked: list[tuple[str, str]] = []
        """Every call of the API since the start: method and path."""
        self.connections = 0
        self._api = api()
        self._pages = resolver(PAGES)
        self._open: set[Any] = set()
        self._server: ThreadedWSGIServer | None = None

    @property
    def sends(self) -> list[Row]:
        """Each time that an email really went."""
        return self.state.sends

    @property
    def base_url(self) -> str:
        """Its address, without the version in the path of the API."""
        return f"http://{HOST}:{self._server.server_port if self._server else 0}"

    def start(self, port: int = 0) -> None:
        """Answer on ``port``, or on one that is free, in a thread of its own.

        Raises:
            OSError: the port cannot be had.
        """
        sandbox = self

        class Handler(_Handler):
            def setup(self) -> None:
                super().setup()
                sandbox.connections += 1
                sandbox._open.add(self.connection)

            def finish(self) -> None:
                sandbox._open.discard(self.connection)
                super().finish()

        self._server = ThreadedWSGIServer((HOST, port), Handler)
        self._server.set_app(self)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def stop(self) -> None:
        """Answer no more, and hang up on whoever is there."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
        for connection in list(self._open):
            _hang_up(connection)

    def lay_samples_once(self) -> None:
        """Lay the sample audiences where there is none yet."""
        with self.state.lock:
            if not self.state.audiences:
                samples.lay(self.state)
                self.state.save()

    def tick(self) -> None:
        """Let happen what time brings: schedules begin, emails arrive, webhooks are delivered."""
        with self.state.lock:
            if self._pass_time():
                self.state.save()
        deliver_due(self.state)

    def _pass_time(self) -> bool:
        """Tell whether anything happened."""
        begun = campaigns.send_due(self.state)
        return sending.arrive(self.state) or begun

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request (WSGI)."""
        request = WSGIRequest(environ)
        if urlsplit(f"//{environ.get('HTTP_HOST', '')}").hostname not in LOOPBACK:
            response = _answer(400, "This is a sandbox of this machine alone: ask for 127.0.0.1.")
        elif request.path_info.startswith("/3.0"):
            response = self._answer_api(request)
        else:
            response = self._answer_people(request)
        response["Content-Length"] = str(len(response.content))  # so that the connection can stay open
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return response

    def _answer_api(self, request: WSGIRequest) -> HttpResponse:
        """Answer a call of the API, or do wrong what was asked for."""
        method, path = str(request.method), request.path_info
        self.asked.append((method, path.removeprefix("/3.0")))
        fault = self.faults.take(method, path)
        if fault and fault.kind not in DONE:
            return self._instead(request, fault)
        try:
            response = self._do(request, {fault.kind} if fault else set())
        except Problem as problem:
            response = _problem(problem)
        return self._afterwards(request, fault, response) if fault else response

    def _do(self, request: WSGIRequest, wrong: set[str]) -> HttpResponse:
        """Do what was asked.

        Raises:
            Problem: it is refused.
        """
        _refuse_key(request)
        try:
            ids = dict(self._api.resolve(request.path_info).kwargs)
        except Http404:
            raise missing() from None
        functions = ids.pop("found")
        if not (function := functions.get(request.method)):
            raise Problem(405, "Method Not Allowed", f"The allowed methods are {', '.join(functions)}.")
        with self.state.lock:
            self._pass_time()
            call = Call(self.state, self.base_url, request.GET.dict(), _body(request), wrong)
            answer = function(call, **ids)
            if request.method != "GET":
                self.state.save()
        return _answer(204) if answer is None else JsonResponse(narrowed(answer, call.query))

    def _instead(self, request: WSGIRequest, fault: Fault) -> HttpResponse:
        """Answer what ``fault`` says, and do nothing."""
        fault.wait()
        match fault.kind:
            case "empty_429":
                return _answer(429)
            case "html_502":
                return _answer(502, HTML_502)
            case "redirect":
                answer = _answer(302)
                answer["Location"] = f"{self.base_url}/elsewhere"
                return answer
            case "timeout_before":
                _hang_up(request.environ["sandbox.connection"])
        return _problem(fault.problem())

    def _afterwards(self, request: WSGIRequest, fault: Fault, response: HttpResponse) -> HttpResponse:
        """Answer what ``fault`` says after it was done."""
        fault.wait()
        match fault.kind:
            case "answer_lost":
                _hang_up(request.environ["sandbox.connection"])
            case "html_502_done":
                return _answer(502, HTML_502)
            case "empty_200":
                return _answer(200)
        return response

    def _answer_people(self, request: WSGIRequest) -> HttpResponse:
        """Answer a page."""
        try:
            found = dict(self._pages.resolve(request.path_info).kwargs)
            page = found.pop("found")
            with self.state.lock:
                self._pass_time()
                answer = page(Visit(self.state, self.faults, request, self.base_url, self._mail), **found)
                if request.method == "POST":
                    self.state.save()
        except Http404:
            return show("done", title="There is no such page.", status=404)
        return answer


class _Handler(WSGIRequestHandler):
    """Writes no log, since addresses are in paths, and lets the answer hang up instead."""

    # Head and body of an answer leave apart: waiting to send them together would cost 40 ms a call.
    disable_nagle_algorithm = True

    def log_message(self, *_: Any) -> None:
        """Write nothing."""

    def get_environ(self) -> dict[str, Any]:
        """Name the connection too."""
        return {**super().get_environ(), "sandbox.connection": self.connection}


def _refuse_key(request: WSGIRequest) -> None:
    """Refuse whom Mailchimp would.

    Raises:
        Problem: the key is none, was revoked, is of another data centre, or may only read.
    """
    key = ""
    with suppress(ValueError):
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        key = b64decode(given).decode().partition(":")[2] if scheme == "Basic" else given
    if not _KEY.fullmatch(key) or key == REVOKED:
        raise Fault("problem", status=401).problem()
    if key == READ_ONLY and request.method != "GET":
        raise Fault("problem", status=403).problem()


def _body(request: WSGIRequest) -> Row:
    """Return the body as an object; an empty one where there is none.

    Raises:
        Problem: it is no JSON object, or too large.
    """
    try:
        body = json.loads(request.body) if request.body else {}
    except RequestDataTooBig:
        raise Problem(400, "Bad Request", "The body is too large.") from None
    except ValueError:
        raise Problem(400, "JSON Parse Error", "We encountered an unspecified JSON parsing error.") from None
    if body is not None and not isinstance(body, dict):
        raise Problem(400, "Bad Request", "The body is no JSON object.")
    return body or {}


def _problem(problem: Problem) -> HttpResponse:
    body = json.dumps(problem.document)
    return _answer(problem.status, body, content_type="application/problem+json; charset=utf-8")


def _answer(status: int, body: str = "", *, content_type: str = "text/html; charset=utf-8") -> HttpResponse:
    return HttpResponse(body, status=status, content_type=content_type)


def _hang_up(connection: socket.socket) -> None:
    """Close the connection without a word."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
