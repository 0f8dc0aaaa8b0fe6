"""The web server's way in. DJANGO_SETTINGS_MODULE has no default here: a server must be told."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.http import parse_header_parameters

from config.start import load_settings, starting

# Status 4 is how a worker tells gunicorn that starting it again would be no use.
with starting(status=4):
    load_settings()
    from django.core.wsgi import get_wsgi_application

    _answer = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer one request, after taking away a charset that no text can be in.

    Django reads the address itself in the charset of the body, before any middleware: `charset=rot13` would be a 500.
    """
    environ["CONTENT_TYPE"] = without_strange_charset(environ.get("CONTENT_TYPE", ""))
    return _answer(environ, start_response)


def without_strange_charset(content_type: str) -> str:
    """Return ``content_type`` without its charset where Python has a codec of that name that is not for any text."""
    charset = parse_header_parameters(content_type)[1].get("charset", "utf-8")
    try:
        b"\xff".decode(charset, "replace")
    except (LookupError, ValueError):
        return re.sub(r";\s*charset\s*=\s*[^;]*", "", content_type, flags=re.IGNORECASE)
    return content_type
