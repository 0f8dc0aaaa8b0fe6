"""Putting a notice up, and ending it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import urljoin

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log as log_action

from core.models.accounts import User
from core.models.support import SupportService
from core.notices.models import NoticeWords, UrgentNotice
from core.notices.queries import MAY_PUT_UP
from core.outbox.actions import put

logger = structlog.get_logger(__name__)

Words = tuple[str, str]  # heading and text
AT_ONCE = "A colleague put a notice up at the same moment. It stands above. Yours was not put up: look at both first."


def put_up(
    *,
    words: Mapping[str, Words],
    services: Iterable[SupportService],
    ends: datetime,
    by: User,
) -> UrgentNotice:
    """Put a notice on every page until ``ends``, in the place of one that is on; managers are told by mail.

    ``words`` are by language, English among them.

    Raises:
        ValidationError: somebody else put one up at the same moment.
    """
    try:
        with transaction.atomic():
            return _put_up(words, services, ends, by)
    except IntegrityError as quicker:
        raise ValidationError(AT_ONCE, code="at_once") from quicker


def _put_up(words: Mapping[str, Words], services: Iterable[SupportService], ends: datetime, by: User) -> UrgentNotice:
    _end_what_is_on(by)
    heading, text = words[settings.LANGUAGE_CODE]
    notice = UrgentNotice.objects.create(heading=heading, text=text, ends=ends, by=by)
    notice.services.set(services)
    for language, (heading_there, text_there) in words.items():
        if language != settings.LANGUAGE_CODE:
            NoticeWords.objects.create(notice=notice, language=language, heading=heading_there, text=text_there)
    log_action(instance=notice, action="core.notices.put_up", user=by, data={"ends": ends.isoformat()})
    _tell_managers("put up", notice, by)
    return notice


@transaction.atomic
def end(*, by: User) -> UrgentNotice | None:
    """Take the notice that is on from every page now; None where none is on (any more)."""
    notice = _end_what_is_on(by)
    if notice is None or notice.ends <= timezone.now():
        return None
    log_action(instance=notice, action="core.notices.end", user=by)
    _tell_managers("ended", notice, by)
    return notice


def _end_what_is_on(by: User) -> UrgentNotice | None:
    """End the row that is on, be its time over or not."""
    notice = UrgentNotice.objects.select_for_update().filter(is_on=True).first()
    if notice:
        notice.is_on, notice.ended, notice.ended_by = False, timezone.now(), by
        notice.save(update_fields=["is_on", "ended", "ended_by"])
    return notice


def _tell_managers(happened: str, notice: UrgentNotice, by: User) -> None:
    """Write to all who may put one up; an address that is none keeps no notice from the pages."""
    words = {"notice": notice, "happened": happened, "by": by, "url": _address()}
    subject = render_to_string("emails/urgent_notice_subject.txt", words).strip()
    body = render_to_string("emails/urgent_notice.txt", words)
    for manager in User.objects.with_perm(MAY_PUT_UP, include_superusers=False).exclude(email=""):
        key = f"core.notices.{happened.replace(' ', '-')}-{notice.pk}-{manager.pk}"
        try:
            put(EmailMessage(subject, body, to=[manager.email]), key=key)
        except ValueError:
            logger.warning("manager not told of a notice", manager=manager.pk, exc_info=True)


def _address() -> str:
    return urljoin(f"{settings.SITE_URL}/", reverse("urgent_notice"))
