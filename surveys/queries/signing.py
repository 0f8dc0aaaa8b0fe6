"""What a sign-off is about, and who may give it."""

from core.models import User
from surveys import runner
from surveys.content import instrument_body
from surveys.enums import WaveState
from surveys.models import SignOff, Wave


def signed_digest(wave: Wave) -> str:
    """Return the digest of all that a sign-off is about: the plan, the wording, and what people read before it."""
    plan = {name: str(getattr(wave, name)) for name in Wave.PLANNED}
    notice = [getattr(wave.survey, name) for name in ("title", "purpose", "audience", "minutes", "sample_statement")]
    return runner.digest({"plan": plan, "notice": notice, "asks": instrument_body(wave.questionnaire)})


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
    """Return why ``user`` may not sign off ``wave``; empty where they may."""
    if wave.state != WaveState.DRAFT:
        return "This wave has opened already, so there is nothing to sign off."
    if wave.planned_by_id == user.pk:
        return "You planned this wave, so a colleague has to sign it off."
    return ""
