"""Preferences without an account: a link by email to whoever asks and is on the audience; what they change there."""

from collections.abc import Collection
from contextlib import suppress
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
from django.utils.translation import override

from campaigns.actions.updates.hearing import withdraw_here
from campaigns.actions.updates.mailchimp import ON_IT, Door, member_of
from campaigns.mailchimp.errors import NotFound
from campaigns.models.signups import PreferencesRequest
from campaigns.updates.addresses import normal
from campaigns.updates.enums import Preferences
from campaigns.updates.nudging import HAND_OVER, nudge
from core.limits import DailyLimit, digest_of_today
from core.models import CouncilSettings
from core.outbox.actions import put

LINK_HOLDS = timedelta(hours=3)
SALT = "campaigns.preferences"
ASKED = DailyLimit("asked-for-preferences", most=3)


def ask_for_link(*, address: str, language: str) -> None:
    """Keep that somebody asked for the preferences of ``address``; whether it is known is asked later, by a worker.

    An address that was given more than three times today gets no further link: a row stands all the same.
    """
    now = timezone.now()
    is_kept = ASKED.add(digest_of_today(normal(address))) <= ASKED.most
    PreferencesRequest.objects.create(
        address=normal(address) if is_kept else "",
        state=Preferences.ASKED if is_kept else Preferences.ENDED,
        language=language,
        asked_at=now,
        due=now,
    )
    nudge(HAND_OVER)


def look_up(row: PreferencesRequest, door: Door) -> dict[str, Any]:
    """Send a link if the address is on the audience; return what to write down.

    Raises:
        MailchimpError: nobody knows.
    """
    member = member_of(door, row.address)
    if member is None or member.status not in ON_IT:
        return {"state": Preferences.NOBODY, "address": ""}
    _send_link(row)
    wants = [key for key, is_wanted in member.interests.items() if is_wanted]
    return {
        "state": Preferences.LINKED,
        "ends": timezone.now() + LINK_HOLDS,
        "known": {"interests": wants, "language": member.language},
    }


def _send_link(row: PreferencesRequest) -> None:
    """Send the link, once however often this is tried: it is the same each time."""
    council = CouncilSettings.objects.filter(site__is_default_site=True).first() or CouncilSettings()
    with override(row.language):
        link = urljoin(f"{settings.SITE_URL}/", reverse("updates:preferences", args=[signing.dumps(row.pk, salt=SALT)]))
        words = {"council": council, "link": link, "hours": LINK_HOLDS // timedelta(hours=1)}
        message = EmailMessage(
            subject=render_to_string("emails/preferences_subject.txt", words).strip(),
            body=render_to_string("emails/preferences.txt", words),
            to=[row.address],
            reply_to=[council.contact_email] if council.contact_email else None,
        )
    put(message, key=f"{SALT}-{row.pk}")


def request_of(token: str) -> PreferencesRequest | None:
    """Return what a link is about; None where it was used, has ended, or is none of ours."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=LINK_HOLDS)
    except signing.BadSignature:
        return None
    return PreferencesRequest.objects.filter(pk=pk, state=Preferences.LINKED, ends__gt=timezone.now()).first()


@transaction.atomic
def change(*, row: PreferencesRequest, language: str, interests: Collection[str], offered: Collection[str]) -> bool:
    """Keep what somebody wants from now on, to be handed over; False where the link was used meanwhile.

    ``offered`` are the areas of news that the form showed: of no other is anything said.
    """
    return _want(row, {"language": language, "interests": {key: key in interests for key in offered}})


@transaction.atomic
def stop(*, row: PreferencesRequest) -> bool:
    """Stop all news: our evidence says so at once, Mailchimp hears of it later; False where the link was used."""
    if not _want(row, {"status": "unsubscribed"}):
        return False
    withdraw_here(address=row.address)
    return True


def _want(row: PreferencesRequest, wanted: dict[str, Any]) -> bool:
    """Use the link up: one statement, so that of two presses at once one counts."""
    linked = PreferencesRequest.objects.filter(pk=row.pk, state=Preferences.LINKED, ends__gt=timezone.now())
    used = linked.update(state=Preferences.WANTED, wanted=wanted, known={}, due=timezone.now(), attempts=0)
    if used:
        nudge(HAND_OVER)
    return bool(used)


def hand_over_change(row: PreferencesRequest, door: Door) -> dict[str, Any]:
    """Change the member as they want; whoever is on the audience no more has nothing to change.

    Raises:
        MailchimpError: it did not happen, or nobody knows. Doing it again makes nothing worse.
    """
    wanted = dict(row.wanted)
    if "interests" in wanted:
        wanted["interests"] = {key: value for key, value in wanted["interests"].items() if key in door.interests}
    with suppress(NotFound):
        door.chimp.change_member(door.audience, row.address, **wanted)
    return {"state": Preferences.DONE, "address": "", "wanted": {}}


def end_old_links() -> int:
    """Erase the addresses of links that nobody used in time; return how many."""
    ended = PreferencesRequest.objects.filter(state=Preferences.LINKED, ends__lte=timezone.now())
    return ended.update(state=Preferences.ENDED, address="", known={})
