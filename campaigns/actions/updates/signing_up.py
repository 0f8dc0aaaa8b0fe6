"""Somebody signs up: one row, the same work whoever it is."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from campaigns.models.campaigns import Campaign
from campaigns.models.signups import SignUp
from campaigns.models.updates import ConsentWording
from campaigns.queries.updates import Area
from campaigns.updates.addresses import digest, normal
from campaigns.updates.enums import HandOver
from campaigns.updates.nudging import HAND_OVER, nudge
from core.limits import DailyLimit, digest_of_today

SIGNED_UP = DailyLimit("signed-up", most=3)
TOO_OFTEN = "The same address was given more than three times on that day."
BY_MACHINE = "The box that no person sees was filled in, so a machine sent this."


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

    Whether the address is known is not asked here, so nothing of the answer, or of the time that it takes, can tell.
    What is not handed over, because the address was given too often or a machine filled in the form, is a row all the
    same, without the address.
    """
    now = timezone.now().replace(microsecond=0)
    today = digest_of_today(normal(address))
    why_not = BY_MACHINE if is_machine else TOO_OFTEN if SIGNED_UP.add(today) > SIGNED_UP.most else ""
    kept: dict[str, Any] = _left_out(why_not) if why_not else {"address": normal(address)}
    SignUp.objects.create(
        digest=digest(address),
        wording=wording,
        agreed_at=now,
        due=now,
        language=language,
        interests=[{"key": area.key, "label": area.label} for area in areas],
        page=page,
        campaign=_known(campaign),
        **kept,
    )
    nudge(HAND_OVER)


def _left_out(problem: str) -> dict[str, Any]:
    return {"address": "", "state": HandOver.REFUSED, "problem": problem}


def _known(code: str) -> str:
    """Return ``code`` if a campaign has it: anybody can write anything into an address."""
    return code if code and Campaign.objects.filter(code=code).exists() else ""
