"""Which notice is on, in whose words, and who may put one up."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from core.approvals.duty import is_on_duty
from core.languages.addresses import place
from core.models.accounts import User
from core.models.support import SupportService
from core.notices.models import UrgentNotice
from core.pagecache import kept_until
from core.remembering import remembered

MAY_PUT_UP = "core.add_urgentnotice"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A notice as one page shows it: ``language`` is that of its words, which may be English elsewhere too."""

    heading: str
    text: str
    language: str
    is_in_place: bool
    services: list[SupportService]
    started: datetime


def may_put_up(user: User) -> bool:
    """Tell whether ``user`` may put a notice up, and end one, alone: managers, and who is on duty today."""
    return user.has_perm(MAY_PUT_UP) or is_on_duty(user)


def current() -> UrgentNotice | None:
    """Return the notice that is on now, with its words and services."""
    found = UrgentNotice.objects.filter(is_on=True, ends__gt=timezone.now())
    return found.select_related("by").prefetch_related("words", "services").first()


def shown_on(request: HttpRequest) -> Shown | None:
    """Return what the page that answers ``request`` shows, and let no cache of ours keep that page past its end."""
    notice = remembered("urgent notice", current, request=request)
    if notice is None or notice.ends <= timezone.now():
        return None
    kept_until(request, notice.ends)
    return _in_words_of(notice, place())


def _in_words_of(notice: UrgentNotice, code: str) -> Shown:
    words = next((words for words in notice.words.all() if words.language == code), None)
    said = words or notice
    return Shown(
        heading=said.heading,
        text=said.text,
        language=code if words else settings.LANGUAGE_CODE,
        is_in_place=words is not None or code == settings.LANGUAGE_CODE,
        services=list(notice.services.all()),
        started=notice.started,
    )
