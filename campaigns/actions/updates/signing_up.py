"""Somebody signs up: one row, the same work whoever it is."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.utils import timezone

from campaigns.models.campaigns import Campaign
from campaigns.models.signups import SignUp
from campaigns.models.updates import ConsentWording
from campaigns.queries.updates import Area
from campaigns.updates.addresses import digest, normal
from campaigns.updates.enums import HandOver
from campaigns.updates.nudging import HAND_OVER, nudge

BY_MACHINE = "The box that no person sees was filled in, so a machine sent this."

COLUMNS = (
    *("digest", "address", "wording_id", "agreed_at", "due", "language", "interests", "page", "campaign", "state"),
    *("problem", "attempts", "audience", "must_confirm", "withdrawn_how"),
)
# Written out, because the ORM takes longer over so many columns than everything that is checked before.
INSERT = f"""
    INSERT INTO {SignUp._meta.db_table} ({", ".join(f'"{name}"' for name in COLUMNS)})
    VALUES ({", ".join(f"%({name})s" for name in COLUMNS)})
"""  # noqa: S608  (made of names in this file alone)


def sign_up(
    *,
    address: str,
    wording: ConsentWording,
    areas: Sequence[Area],
    language: str,
    page: str,
    campaign: str = "",
    is_machine: bool = False,
) -> None:
    """Keep that ``address`` agreed to ``wording`` just now, and let it be handed over.

    Whether the address is known, or was given too often, is not asked here, so nothing of the answer, or of the time
    that it takes, can tell. What a machine filled in is a row all the same, without the address.
    """
    plain = normal(address)
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
    wanted = [{"key": area.key, "label": area.label} for area in areas]
    row: dict[str, Any] = {
        "digest": digest(plain),
        "address": "" if is_machine else plain,
        "wording_id": wording.pk,
        "agreed_at": now,
        "due": now,
        "language": language,
        "interests": connection.ops.adapt_json_value(wanted, None),
        "page": page,
        "campaign": _known(campaign),
        "state": (HandOver.REFUSED if is_machine else HandOver.WAITING).value,
        "problem": BY_MACHINE if is_machine else "",
        "attempts": 0,
        "audience": "",
        "must_confirm": False,
        "withdrawn_how": "",
    }
    with connection.cursor() as cursor:
        cursor.execute(INSERT, row)
    nudge(HAND_OVER)


def _known(code: str) -> str:
    """Return ``code`` if a campaign has it: anybody can write anything into an address."""
    return code if code and Campaign.objects.filter(code=code).exists() else ""
