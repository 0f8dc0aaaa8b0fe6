"""The way in from the web server."""

import io

import pytest

from config.wsgi import application, without_strange_charset


# Within a transaction, so that Django does not look into a connection that an earlier test has left open.
@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["rot13", "hex", "idna", "no-such-charset", "latin-1", "utf-8"])
def test_a_request_in_any_charset_is_answered(charset):
    seen = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/healthz",
        "QUERY_STRING": "q=h%ffate",
        "CONTENT_TYPE": f"multipart/form-data; charset={charset}; boundary=x",
        "CONTENT_LENGTH": "0",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "wsgi.input": io.BytesIO(),
        "wsgi.url_scheme": "http",
    }
    list(application(environ, lambda status, headers: seen.append(status)))
    assert seen == ["200 OK"]


def test_only_the_strange_charset_is_taken_away():
    assert without_strange_charset("multipart/form-data; charset=hex; boundary=x") == "multipart/form-data; boundary=x"
    assert without_strange_charset("text/plain; charset=latin-1") == "text/plain; charset=latin-1"
