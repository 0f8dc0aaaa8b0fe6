"""What a sign-off is about, and who may give it."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, Model, Q
from wagtail.models import ModelLogEntry

from core.models import User
from surveys import runner
from surveys.content import instrument_body
from surveys.enums import WaveState
from surveys.models import Item, Questionnaire, SignOff, Survey, Wave, Wording
from surveys.models.surveys import Notice

SIGNED_OFF = "surveys.sign_off"
MADE_OR_CHANGED = ("wagtail.create", "wagtail.edit")


def signed_digest(wave: Wave) -> str:
    """Return the digest of all that a sign-off is about: the plan, the wording, and what people read before it."""
    plan = {name: str(getattr(wave, name)) for name in Wave.PLANNED}
    notice = [getattr(wave.survey, name) for name in ("title", "purpose", "audience", "minutes", "sample_statement")]
    signed = {"plan": plan, "notice": notice, "asks": instrument_body(wave.questionnaire)}
    others = [asdict(notice) for notice in notices(wave)[1:]]
    return runner.digest(signed | ({"notices": others} if others else {}))


def notices(wave: Wave) -> list[Notice]:
    """Return what people are told before they begin: in English, and in each offered language that is checked."""
    offered = [wave.survey.notice_in(code) for code in wave.questionnaire.languages]
    return [offered[0], *(notice for notice in offered[1:] if notice.language != offered[0].language)]


def faults_of_sign_off(wave: Wave) -> list[str]:
    """Return why the sign-off of ``wave`` does not let it open; empty where it does."""
    signed = SignOff.objects.filter(wave=wave).first()
    if signed is None:
        return ["Nobody has signed it off. Ask a colleague who did not plan it to look at it."]
    if signed.digest == signed_digest(wave):
        return []
    when = f"{signed.name} signed it off on {signed.day:%-d %B %Y}"
    return [f"{when}, but what they looked at has changed since. Ask for it to be looked at again."]


def why_not_sign_off(wave: Wave, user: User) -> str:
    """Return why ``user`` may not sign off ``wave``; empty where they may. Nobody checks their own work."""
    if wave.state != WaveState.DRAFT:
        return "This wave has opened already, so there is nothing to sign off."
    if wave.planned_by_id == user.pk:
        return "You planned this wave, so a colleague has to sign it off."
    own = _own_work(wave, user)
    if own:
        said = f"You made or changed {' and '.join(own)} since a colleague signed that off last"
        return f"{said}, so a colleague has to sign it off."
    return ""


def _own_work(wave: Wave, user: User) -> list[str]:
    """Return what of ``wave`` ``user`` made or changed since it was last signed off, as a sentence names it.

    Each part has a past of its own: a questionnaire may have been signed off with another wave that asks it. Of the
    wordings only those count that no opened wave asks: the others were looked at then, and cannot have changed.
    """
    asked = wave.questionnaire
    wordings = Item.objects.filter(section__questionnaire=asked).values("wording")
    new = Wording.objects.filter(pk__in=wordings, instruments=None).values_list("pk", flat=True)
    parts: list[tuple[str, type[Model], Iterable[int], dict[str, Any]]] = [
        ("the plan", Wave, [wave.pk], {"object_id": str(wave.pk)}),
        ("what people are told", Survey, [wave.survey_id], {"data__survey": wave.survey_id}),
        ("the questionnaire", Questionnaire, [asked.pk], {"data__questionnaire": asked.pk}),
        ("the wordings", Wording, new, {"data__questionnaire": asked.pk}),
    ]
    return [
        name for name, model, keys, signed in parts if _worked_on(model, keys, user, since=_last_sign_off(**signed))
    ]


def _last_sign_off(**of: Any) -> int:
    """Return the number in the log of the last sign-off ``of`` something; 0 where there was none."""
    return ModelLogEntry.objects.filter(action=SIGNED_OFF, **of).aggregate(last=Max("pk"))["last"] or 0


def _worked_on(model: type[Model], keys: Iterable[int], user: User, *, since: int) -> bool:
    """Tell whether ``user`` made or changed a row of ``model`` with one of ``keys``, in the log after ``since``."""
    of_rows = Q(content_type=ContentType.objects.get_for_model(model), object_id__in=[str(key) for key in keys])
    later = Q(pk__gt=since, action__in=MADE_OR_CHANGED, content_changed=True)
    return ModelLogEntry.objects.filter(of_rows, later, user=user).exists()
