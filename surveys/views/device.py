"""The form's cookie: a random token on the device, of which the server keeps the digest alone."""

import hashlib
import re
import secrets
from http.cookies import Morsel

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import override

from surveys.models import SurveyPage, Wave
from surveys.views.addresses import start_of

COOKIE = "survey"
TOKEN_BYTES = 32
TOKEN = re.compile(r"[\w-]{43}", re.ASCII)  # 32 bytes in base 64


def new_token() -> str:
    """Return a random token."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """Return what is stored of a token: 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def token_on(request: HttpRequest) -> str:
    """Return the token of the form on this device; empty where there is none."""
    token = request.COOKIES.get(COOKIE, "")
    return token if TOKEN.fullmatch(token) else ""


def give_token(request: HttpRequest, response: HttpResponse, slug: str, token: str) -> None:
    """Let this device keep its place in the survey at ``slug`` until the browser is closed."""
    response.set_cookie(COOKIE, token, path=start_of(slug), secure=request.is_secure(), httponly=True, samesite="Lax")


def take_token(response: HttpResponse, slug: str) -> None:
    """Take the cookie of the survey at ``slug`` off this device."""
    response.delete_cookie(COOKIE, path=start_of(slug), samesite="Lax")


def forget_forms(response: HttpResponse) -> None:
    """End every form on this device: ``response`` takes its cookie away. The draft, out of reach, goes in the night.

    A form's cookie comes to its own survey's pages alone, so others can only end it unseen, at each address there is.
    """
    for path in _paths_of_running_surveys():
        cookie: Morsel[str] = Morsel()
        cookie.set(COOKIE, "", "")
        cookie.update({"path": path, "max-age": "0", "samesite": "Lax"})
        # Under its path: Django keeps one cookie a name, and a name can stand at many paths.
        response.cookies[f"{COOKIE} {path}"] = cookie


def _paths_of_running_surveys() -> set[str]:
    """Return where forms may stand: a paused survey takes no answers, but its forms are kept."""
    running = Wave.objects.running().values("survey")
    slugs = set(SurveyPage.objects.live().filter(survey__in=running).values_list("slug", flat=True))
    paths = set()
    for language in dict(settings.LANGUAGES):
        with override(language):
            paths |= {start_of(slug) for slug in slugs}
    return paths
