"""What lets people come back to a form on another day or another device."""

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from core.codes import digest_of, new_code
from surveys.actions.answering import EndedError
from surveys.models import ComeBackCode, Draft, Wave
from surveys.queries import elsewhere_key

PURPOSE = "surveys.come-back"
TOLD_FOR = 24 * 60 * 60  # seconds in which the device that had the form open is told where it went


class UnknownCodeError(Exception):
    """Nothing waits under this code: it was never given, or its answers were sent or deleted."""


@transaction.atomic
def give_code(*, token_digest: str) -> str:
    """Return a new code that leads back to the form that ``token_digest`` names. Those given before go on holding.

    Raises:
        EndedError: there is no such form.
    """
    draft = Draft.objects.select_for_update().filter(token_digest=token_digest).first()
    if draft is None:
        raise EndedError
    code = _free_code()
    ComeBackCode.objects.create(draft=draft, digest=digest_of(code, purpose=PURPOSE))
    return code


def _free_code() -> str:
    while True:
        code = new_code()
        if not ComeBackCode.objects.filter(digest=digest_of(code, purpose=PURPOSE)).exists():
            return code


def come_back(*, wave: Wave, code: str, token_digest: str) -> Draft:
    """Move the form that waits under ``code`` to the device with ``token_digest``; it ends wherever it was open.

    Raises:
        UnknownCodeError: no form of ``wave`` waits under it.
    """
    waiting = Draft.objects.filter(wave=wave, codes__digest=digest_of(code, purpose=PURPOSE))
    draft = waiting.select_related("wave__instrument").defer("wave__instrument__body").first()
    # By its key and not by the code: whoever sends the answers meanwhile ends the code too.
    if draft is None or not Draft.objects.filter(pk=draft.pk).update(
        token_digest=token_digest, day=timezone.localdate()
    ):
        raise UnknownCodeError
    if draft.token_digest:
        cache.set(elsewhere_key(draft.token_digest), value=True, timeout=TOLD_FOR)
    draft.token_digest = token_digest
    return draft
