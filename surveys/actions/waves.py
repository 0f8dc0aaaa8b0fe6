"""What changes waves, and what a wave freezes."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from core.languages.trees import in_english
from core.models import User
from surveys import runner
from surveys.actions.keeping import rewrite_shuffled
from surveys.content import instrument_body, items_of
from surveys.enums import CollectorKind, WaveState
from surveys.models import (
    Collector,
    Instrument,
    Questionnaire,
    Survey,
    SurveyIndexPage,
    SurveyPage,
    Wave,
)
from surveys.queries import faults_of

OPEN_LINK = "open-link"


@transaction.atomic
def make_draft_page(*, survey: Survey, by: User | None = None) -> SurveyPage | None:
    """Make the draft page of ``survey`` below the index page; None where there is no index page yet."""
    index = in_english(SurveyIndexPage.objects).first()
    if index is None:
        return None
    page = SurveyPage(title=survey.title, slug=survey.code, survey=survey, summary=survey.purpose[:300], owner=by)
    page.live = False
    index.add_child(instance=page)
    page.save_revision(user=by)
    return page


@transaction.atomic
def open_wave(*, wave: Wave, by: User | None = None, day: date | None = None) -> Wave:
    """Open ``wave`` for answers: freeze its questionnaire into an instrument and give it an open link.

    Raises:
        ValidationError: something keeps it from opening, a sentence for each thing.
    """
    Survey.objects.select_for_update().get(pk=wave.survey_id)  # Two waves of one survey never open at once.
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    faults = faults_of(wave, on=day or timezone.localdate())
    if faults:
        raise ValidationError(faults, code="faults")
    wave.instrument = freeze(questionnaire=wave.questionnaire)
    wave.state = WaveState.OPEN
    wave.save(update_fields=["instrument", "state"])
    _give_open_link(wave)
    log(instance=wave, action="surveys.open_wave", user=by)
    return wave


def _give_open_link(wave: Wave) -> None:
    """Let anyone answer, unless the analyst has said who may: placements lead to the open survey as well."""
    beside = [CollectorKind.PLACEMENT, *CollectorKind.by_staff]
    if not wave.collectors.exclude(kind__in=beside).exists():
        Collector.objects.create(wave=wave, code=OPEN_LINK, title="Open link", kind=CollectorKind.OPEN_LINK)


@transaction.atomic
def freeze(*, questionnaire: Questionnaire) -> Instrument:
    """Return the instrument with this questionnaire's present content; the same content gives the same one."""
    body = instrument_body(questionnaire)
    instrument, made = Instrument.objects.get_or_create(digest=runner.digest(body), defaults={"body": body})
    if made:
        instrument.wordings.set({item.wording for item in items_of(questionnaire) if item.wording})
    return instrument


@transaction.atomic
def close_wave(*, wave: Wave, by: User | None = None, day: date | None = None) -> Wave:
    """Close ``wave``: shuffle its new responses under new ids, forget every draft, and let it be read.

    Raises:
        ValidationError: it is not open.
    """
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    if wave.state != WaveState.OPEN:
        raise ValidationError(
            f"This wave is {wave.get_state_display().lower()}, so there is nothing to close.", code="not_open"
        )
    rewrite_shuffled(wave=wave)
    wave.drafts.all().delete()
    wave.state = WaveState.CLOSED
    wave.closes = max(wave.opens, min(wave.closes, day or timezone.localdate()))
    wave.save(update_fields=["state", "closes"])
    log(instance=wave, action="surveys.close_wave", user=by)
    return wave
