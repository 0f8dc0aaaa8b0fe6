"""What makes a survey's page and a wave's plan, and what signs the plan off."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log

from core.languages.trees import in_english
from core.models import User
from surveys.enums import WaveState
from surveys.models import SignOff, Survey, SurveyIndexPage, SurveyPage, Wave
from surveys.queries import signed_digest, why_not_sign_off
from surveys.queries.signing import SIGNED_OFF


@transaction.atomic
def make_draft_page(*, survey: Survey, by: User | None = None) -> SurveyPage | None:
    """Make the draft page of ``survey`` below the index page; None where there is no index page yet.

    Its address is the survey's code, with a number behind it where another page has that address.
    """
    index = in_english(SurveyIndexPage.objects).first()
    if index is None:
        return None
    slug = find_available_slug(index, survey.code)
    page = SurveyPage(title=survey.title, slug=slug, survey=survey, summary=survey.purpose[:300], owner=by)
    page.live = False
    index.add_child(instance=page)
    page.save_revision(user=by)
    return page


@transaction.atomic
def note_plan(*, wave: Wave, by: User) -> None:
    """Note that ``by`` saved the plan of ``wave``, and take a sign-off away that was given to another plan."""
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    if wave.state != WaveState.DRAFT:
        return
    wave.planned_by = by
    wave.save(update_fields=["planned_by"])
    withdraw_sign_off(wave=wave)


@transaction.atomic
def withdraw_sign_off(*, wave: Wave) -> bool:
    """Take away the sign-off of ``wave``, a draft, if it was given to something else; tell whether it was."""
    signed = SignOff.objects.select_for_update().filter(wave=wave, wave__state=WaveState.DRAFT).first()
    if signed is None or signed.digest == signed_digest(wave):
        return False
    signed.delete()
    log(instance=wave, action="surveys.withdraw_sign_off", data={"reason": f"Given by {signed.name} before a change."})
    return True


@transaction.atomic
def sign_off(*, wave: Wave, by: User, looked_at: str, day: date | None = None) -> SignOff:
    """Record that ``by`` looked at the lawful basis, the wording and the privacy notice of ``wave``.

    ``looked_at`` is the digest of what they were shown.

    Raises:
        ValidationError: they worked on it themselves, it has opened, or it has changed since they were shown it.
    """
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    refused = why_not_sign_off(wave, by)
    if refused:
        raise ValidationError(refused, code="refused")
    if looked_at != signed_digest(wave):
        raise ValidationError("It has changed while you were reading. Look at it again.", code="changed")
    signed, _ = SignOff.objects.update_or_create(
        wave=wave,
        defaults={
            "by": by,
            "name": by.get_full_name() or by.get_username(),
            "planned_by": wave.planned_by,
            "day": day or timezone.localdate(),
            "digest": looked_at,
        },
    )
    of = {"survey": wave.survey_id, "questionnaire": wave.questionnaire_id}
    log(instance=wave, action=SIGNED_OFF, user=by, data=of)
    return signed
