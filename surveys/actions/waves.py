"""What opens, pauses, extends and closes waves, by hand and by date, and what a wave freezes."""

from contextlib import suppress
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from core.hold.queries import is_held
from core.models import User
from surveys import runner
from surveys.actions.keeping import rewrite_shuffled
from surveys.actions.planning import withdraw_sign_off
from surveys.content import instrument_body, items_of
from surveys.enums import CollectorKind, WaveState
from surveys.models import Collector, Instrument, Questionnaire, Survey, Wave
from surveys.queries import faults_of, key_in_hold, papers_left, waves_to_close, waves_to_open

OPEN_LINK = "open-link"
WAVES = "surveys.waves"  # the name of waves that open by themselves, in a hold


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
def pause_wave(*, wave: Wave, reason: str, by: User) -> Wave:
    """Take no answers for a while. The forms that people have begun stay, and go on when the wave resumes.

    Raises:
        ValidationError: it is not open.
    """
    wave = _locked(wave, WaveState.OPEN, "paused")
    wave.state = WaveState.PAUSED
    wave.save(update_fields=["state"])
    log(instance=wave, action="surveys.pause_wave", user=by, data={"reason": reason})
    return wave


@transaction.atomic
def resume_wave(*, wave: Wave, by: User) -> Wave:
    """Take answers again. The time that forms in progress are kept begins anew.

    Raises:
        ValidationError: it is not paused, or its last day has passed.
    """
    wave = _locked(wave, WaveState.PAUSED, "resumed")
    if wave.closes < timezone.localdate():
        raise ValidationError("Its last day has passed. Extend it first, or close it.", code="over")
    wave.state = WaveState.OPEN
    wave.save(update_fields=["state"])
    wave.drafts.update(day=timezone.localdate())
    log(instance=wave, action="surveys.resume_wave", user=by)
    return wave


@transaction.atomic
def extend_wave(*, wave: Wave, closes: date, reason: str, by: User) -> Wave:
    """Move the last day of ``wave`` to a later one.

    Raises:
        ValidationError: it is not running, or ``closes`` is not later than its last day, or has passed.
    """
    wave = _locked(wave, *WaveState.running, "extended")
    was = wave.closes
    if closes <= was:
        raise ValidationError(f"Its last day is {was:%-d %B %Y}. Give a later one.", code="not_later")
    if closes < timezone.localdate():
        raise ValidationError("That day has passed. Give one to come.", code="over")
    wave.closes = closes
    wave.save(update_fields=["closes"])
    moved = f"From {was:%-d %B %Y} to {closes:%-d %B %Y}. {reason}"
    log(instance=wave, action="surveys.extend_wave", user=by, data={"reason": moved})
    return wave


@transaction.atomic
def close_wave(*, wave: Wave, by: User | None = None, day: date | None = None) -> Wave:
    """Close ``wave``: shuffle its new responses under new ids, forget every draft, and let it be read.

    Raises:
        ValidationError: it is neither open nor paused, or papers are typed in that have not become answers.
    """
    return _close(_locked(wave, *WaveState.running, "closed"), by, day or timezone.localdate())


@transaction.atomic
def close_past_wave(*, wave: Wave, on: date) -> Wave:
    """Close ``wave`` if its last day still lies before the day ``on``: somebody may have extended it meanwhile.

    Raises:
        ValidationError: it is neither open nor paused, not past its last day, or papers are typed in that have not
            become answers.
    """
    wave = _locked(wave, *WaveState.running, "closed")
    if wave.closes >= on:
        raise ValidationError("Its last day has not passed.", code="not_over")
    return _close(wave, None, on)


def _close(wave: Wave, by: User | None, day: date) -> Wave:
    left = papers_left(wave)
    if left:
        raise ValidationError(left, code="papers")
    rewrite_shuffled(wave=wave)
    wave.drafts.all().delete()
    wave.state = WaveState.CLOSED
    wave.closed_on = max(wave.opens, day)
    wave.closes = min(wave.closes, wave.closed_on)
    wave.save(update_fields=["state", "closes", "closed_on"])
    log(instance=wave, action="surveys.close_wave", user=by)
    return wave


def _locked(wave: Wave, *states_and_verb: str) -> Wave:
    """Return ``wave`` locked, if it is in one of the states; the last word says what it cannot be otherwise."""
    *states, verb = states_and_verb
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    if wave.state not in states:
        raise ValidationError(f"This wave is {wave.get_state_display().lower()}, so it cannot be {verb}.", code="state")
    return wave


def keep_days(*, on: date) -> None:
    """Open the waves whose day has come and close those whose last day has passed.

    Each on its own: one that cannot open keeps no other waiting, and stays on the analysts' admin home.
    """
    for wave in waves_to_close(on=on):
        with suppress(ValidationError):  # somebody closed or extended it meanwhile
            close_past_wave(wave=wave, on=on)
    for wave in Wave.objects.filter(state=WaveState.DRAFT).exclude(sign_off=None):
        withdraw_sign_off(wave=wave)
    for wave in waves_to_open(on=on):
        with suppress(ValidationError):
            open_due_wave(wave=wave, on=on)


@transaction.atomic
def open_due_wave(*, wave: Wave, on: date) -> None:
    """Open a wave whose day has come, unless a hold keeps it waiting. Waves close all the same: people were told when.

    Raises:
        ValidationError: something keeps it from opening, a sentence for each thing.
    """
    if not is_held(WAVES, key_in_hold(wave)):
        open_wave(wave=wave, day=on)
