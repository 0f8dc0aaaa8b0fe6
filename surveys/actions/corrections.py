"""What mends the questions of a wave while it runs, and what a pilot says of its wordings."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.log_actions import log

from core.models import User
from surveys import runner
from surveys.actions.waves import freeze
from surveys.comparing import changed_items
from surveys.content import instrument_body
from surveys.enums import Comparability, WordingStatus
from surveys.models import Draft, Revision, Wave, Wording
from surveys.queries import faults_of_correction, wordings_to_pilot
from surveys.runner import Answer, Item


@transaction.atomic
def correct_wave(
    *, wave: Wave, reason: str, verdict: str, looked_at: str, by: User, day: date | None = None
) -> Revision:
    """Let ``wave`` ask its questionnaire as it is now, for the rest of its fieldwork.

    ``looked_at`` is the digest of what the analyst was shown. Forms in progress go on: see :func:`_carry_over`.

    Raises:
        ValidationError: something keeps it from being asked, a sentence for each thing, or it has changed since.
    """
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    faults = faults_of_correction(wave)
    if faults:
        raise ValidationError(faults, code="faults")
    if looked_at != runner.digest(instrument_body(wave.questionnaire)):
        raise ValidationError("The questionnaire has changed while you were reading. Look at it again.", code="changed")
    revision = Revision.objects.create(
        wave=wave,
        number=wave.revisions.count() + 1,
        before=wave.asks,
        instrument=freeze(questionnaire=wave.questionnaire),
        made_on=day or timezone.localdate(),
        reason=reason,
        verdict=verdict,
        by=by,
    )
    wave.instrument = revision.instrument
    wave.save(update_fields=["instrument"])
    changed = changed_items(revision.before.body, revision.instrument.body)
    for draft in Draft.objects.select_for_update().filter(wave=wave):
        _carry_over(draft, revision, changed)
    said = f"{Comparability(verdict).label}. {reason}"
    log(instance=wave, action="surveys.correct_wave", user=by, data={"reason": said})
    return revision


def _carry_over(draft: Draft, revision: Revision, changed: frozenset[str]) -> None:
    """Keep of a form in progress what still stands, and note the questions that have to be looked at again.

    An answer to a changed question stands if its options are still there. It is asked again where one is not, and
    where the verdict says that answers to the old words are not answers to the new ones.
    """
    items = runner.read(revision.instrument.body).item_of
    answered = [key for key in draft.answers if key in changed and key in items]
    if not answered:
        return
    standing = {key: _standing(items[key], draft.answers) for key in answered}
    lost = {key for key in answered if standing[key] != draft.answers[key]}
    again = set(draft.again) | (set(answered) if revision.verdict == Comparability.EXCLUDED else lost)
    # A page that is being saved at this moment tries again with what stands here.
    Draft.objects.filter(pk=draft.pk).update(
        answers=draft.answers | standing, again=sorted(again), saves=F("saves") + 1
    )


def _standing(item: Item, answers: Mapping[str, Any]) -> Answer:
    """Return what is left of the answer to ``item`` once codes that it no longer has are taken out."""
    answer: Answer = answers[item.key]
    if not item.labels:
        return answer if isinstance(answer, str) else ""
    if isinstance(answer, str):
        return answer if not answer or answer in item.labels else ""
    return [code for code in answer if code in item.labels]


@transaction.atomic
def set_piloted(*, wave: Wave, by: User) -> list[Wording]:
    """Set the drafted wordings that ``wave``, a closed pilot, asked to piloted; return them.

    Raises:
        ValidationError: it is no closed pilot, or asked no drafted wording.
    """
    found = wordings_to_pilot(wave)
    if not found:
        raise ValidationError("Only a closed pilot says of a drafted wording that it was tried.", code="no_pilot")
    for wording in found:
        wording.status = WordingStatus.PILOTED
        wording.save(update_fields=["status"])
    named = ", ".join(wording.wording_id for wording in found)
    log(instance=wave, action="surveys.set_piloted", user=by, data={"reason": named})
    return found
