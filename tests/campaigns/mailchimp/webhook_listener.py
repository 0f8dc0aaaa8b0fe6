"""Somebody on this machine whom webhooks tell."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Told(BaseHTTPRequestHandler):
    """What a webhook tells, kept; answered as asked."""

    def do_GET(self):
        self.answer(200)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.told.append((dict(self.headers), body))
        self.answer(self.server.statuses.pop(0) if self.server.statuses else 200)

    def answer(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@contextmanager
def listening():
    """Give who takes webhooks: `.site`, `.url`, `.told` (headers and body of each), `.statuses` to answer."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Told)
    server.site = f"http://127.0.0.1:{server.server_port}"
    server.url, server.told, server.statuses = f"{server.site}/mailchimp/x/", [], []
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
