"""What changes the support directory: a service is asked, answers, and whoever keeps its entry says it was checked."""

from datetime import timedelta
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log as log_action

from core.models import CouncilSettings, SupportService
from core.models.support import REVIEW_AFTER
from core.outbox.actions import put
from home.models import EntryCheck

ASK_BEFORE = timedelta(days=28)
LINK_HOLDS = timedelta(days=60)
SALT = "home.support.confirm"
# Addresses that nobody has (RFC 2606): the only ones that a demonstration writes to.
NOBODYS = ("@example.org", "@example.com", "@example.net", ".example", ".test", ".invalid")


class AnsweredError(Exception):
    """The service has answered already, or its entry went."""


def ask_due_services() -> int:
    """Ask every service whose review is near, once for each review; return how many were asked.

    An entry whose review is long over is asked too, if it never was.
    """
    near = timezone.localdate() + ASK_BEFORE
    asked = EntryCheck.objects.values("service_id", "review_by")
    known = {(row["service_id"], row["review_by"]) for row in asked}
    due = SupportService.objects.filter(review_by__lte=near).select_related("owner")
    return sum(ask(service=service) is not None for service in due if (service.pk, service.review_by) not in known)


@transaction.atomic
def ask(*, service: SupportService) -> EntryCheck | None:
    """Ask ``service`` by mail whether its entry is right; None where it was asked before or has no address."""
    address = service.confirmation_email or service.email
    council = CouncilSettings.objects.filter(site__is_default_site=True).first() or CouncilSettings()
    if not address or (council.demonstration and not address.endswith(NOBODYS)):
        return None
    check, is_new = EntryCheck.objects.get_or_create(service=service, review_by=service.review_by)
    if not is_new:
        return None
    words = {"service": service, "council": council, "link": link_of(check), "days": LINK_HOLDS.days}
    message = EmailMessage(
        subject=render_to_string("emails/confirm_entry_subject.txt", words).strip(),
        body=render_to_string("emails/confirm_entry.txt", words),
        to=[address],
        reply_to=[council.contact_email] if council.contact_email else None,
    )
    put(message, key=f"home.support.check-{check.pk}", to_public=True)
    return check


def link_of(check: EntryCheck) -> str:
    """Return the address under which the service answers: signed, good for this check alone, and for sixty days."""
    path = reverse("home:confirm_entry", args=[signing.dumps(check.pk, salt=SALT)])
    return urljoin(f"{settings.SITE_URL}/", path)


def check_of(token: str) -> EntryCheck | None:
    """Return the check that a link is about; None where the link is not ours, too old, or its entry went."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=LINK_HOLDS)
    except signing.BadSignature:
        return None
    return EntryCheck.objects.filter(pk=pk).select_related("service__owner").first()


@transaction.atomic
def confirm(*, check: EntryCheck) -> None:
    """The service says that its entry is right: it was checked today.

    Raises:
        AnsweredError: it has answered already.
    """
    _answer(check, EntryCheck.State.CONFIRMED)
    _checked_today(check.service)
    log_action(instance=check.service, action="home.confirm_entry")


@transaction.atomic
def say_wrong(*, check: EntryCheck, words: str) -> None:
    """The service says what is wrong: that waits for whoever keeps the entry, which stays as it is until then.

    Raises:
        AnsweredError: it has answered already.
    """
    _answer(check, EntryCheck.State.WRONG, said=words)


@transaction.atomic
def mark_checked(*, service: SupportService, by: Any) -> None:
    """Whoever keeps the entry checked every line of it today; what the service said was wrong is settled with that."""
    _checked_today(service)
    service.checks.filter(state=EntryCheck.State.WRONG).update(state=EntryCheck.State.SETTLED)
    log_action(instance=service, action="home.check_entry", user=by)


def _answer(check: EntryCheck, state: EntryCheck.State, said: str = "") -> None:
    """Write down an answer if none was given: one statement, so that of two answers at once one counts."""
    waiting = EntryCheck.objects.filter(pk=check.pk, state=EntryCheck.State.ASKED)
    if not waiting.update(state=state, said=said, answered=timezone.localdate()):
        raise AnsweredError


def _checked_today(service: SupportService) -> None:
    service.last_checked = timezone.localdate()
    service.review_by = service.last_checked + REVIEW_AFTER
    service.save(update_fields=["last_checked", "review_by"])
