"""The addresses of a survey, and the proof of having sent that stands in the address of the confirmation.

The proof is nothing on the device, and nothing beside the answers.
"""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.core.signing import Signer
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

SENT = "sent"
VIA = "via"


def start_of(slug: str) -> str:
    """Return the address of the survey's first page, below which all others stand."""
    return reverse("surveys:done", args=[slug]).removesuffix("done/")


def address(slug: str, *parts: str) -> str:
    """Return the address of a page of the survey at ``slug``."""
    return start_of(slug) + "".join(f"{part}/" for part in parts)


def came_by(code: str) -> str:
    """Return what an address carries of the placement with this code: nothing on the device has to remember it."""
    return f"?{urlencode({VIA: code})}" if code else ""


def thanks(slug: str) -> str:
    """Return the address that thanks for answers to the survey at ``slug`` sent today."""
    return f"{address(slug, 'done')}?{SENT}={_proof(slug, timezone.localdate())}"


def is_proof(given: str, slug: str) -> bool:
    """Tell whether ``given`` proves that answers to the survey at ``slug`` were sent today or yesterday."""
    today = timezone.localdate()
    return any(constant_time_compare(given, _proof(slug, day)) for day in (today, today - timedelta(days=1)))


def _proof(slug: str, day: date) -> str:
    return Signer(salt="surveys.sent").signature(f"{slug} {day}")
