"""Waves: what keeps one from opening or being corrected, and which are due."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Prefetch

from surveys import runner
from surveys.content import instrument_body, notice_version
from surveys.enums import WaveKind, WaveState, WordingStatus
from surveys.models import Revision, Wave, Wording
from surveys.queries.questionnaires import faults_of_questionnaire, faults_of_version
from surveys.queries.signing import faults_of_sign_off


def faults_of(wave: Wave, *, on: date) -> list[str]:
    """Return a sentence for each thing that keeps ``wave`` from opening on the day ``on``."""
    if wave.state != WaveState.DRAFT:
        return [f"This wave is {wave.get_state_display().lower()} already."]
    faults = [*faults_of_questionnaire(wave.questionnaire), *_faults_of_notice(wave)]
    if wave.closes < on:
        faults.append(f"Its closing day, {wave.closes:%-d %B %Y}, has passed. Give a later one.")
    if wave.opens > on:
        faults.append(f"Its first day is {wave.opens:%-d %B %Y}. Open it then, or give an earlier day.")
    if Wave.objects.running().filter(survey=wave.survey).exists():
        faults.append("Another wave of this survey is open. Close that one first.")
    return [*faults, *faults_of_sign_off(wave)]


def _faults_of_notice(wave: Wave) -> Iterator[str]:
    for code in wave.questionnaire.languages[1:]:
        yield from faults_of_version(notice_version(wave.survey, code))


def faults_of_correction(wave: Wave) -> list[str]:
    """Return a sentence for each thing that keeps ``wave`` from asking its questionnaire as it is now."""
    if wave.state not in WaveState.running:
        return [f"This wave is {wave.get_state_display().lower()}, so it cannot be corrected."]
    faults = faults_of_questionnaire(wave.questionnaire)
    digest = runner.digest(instrument_body(wave.questionnaire))
    if digest == wave.asks.digest:
        faults.append("The questionnaire says what the wave asks already. Edit it first.")
    elif Revision.objects.filter(wave=wave, before__digest=digest).exists():
        faults.append(
            "The wave asked exactly this before, so nobody could tell the answers apart. Make a new version of the "
            "wording, even with the old words."
        )
    return faults


def waves_to_open(*, on: date) -> list[Wave]:
    """Return the waves that are to open by themselves on the day ``on``, or were to before."""
    due = Wave.objects.filter(state=WaveState.DRAFT, opens_itself=True, opens__lte=on, closes__gte=on)
    return list(due.exclude(sign_off=None).order_by("opens", "pk"))


def waves_that_open_themselves(*, from_day: date) -> list[Wave]:
    """Return the signed-off waves that will open by themselves, or would have, and whose last day is not over."""
    planned = Wave.objects.filter(state=WaveState.DRAFT, opens_itself=True, closes__gte=from_day)
    return list(planned.exclude(sign_off=None).select_related("survey").order_by("opens", "pk"))


def key_in_hold(wave: Wave) -> str:
    """Return what names ``wave`` with its first day: moved to another day, it is another thing that is scheduled."""
    return f"{wave.pk}-{wave.opens.isoformat()}"


def waves_to_close(*, on: date) -> list[Wave]:
    """Return the waves that are to close by themselves and whose last day lies before the day ``on``."""
    return list(Wave.objects.running().filter(closes_itself=True, closes__lt=on).order_by("closes", "pk"))


def closed_waves(survey_code: str) -> list[Wave]:
    """Return the closed waves of a survey, the oldest first, with survey and instrument; pilots are none of them."""
    waves = Wave.objects.closed().filter(survey__code=survey_code, kind=WaveKind.REAL)
    corrections = Prefetch("revisions", Revision.objects.select_related("before", "instrument").order_by("number"))
    found = waves.select_related("survey", "instrument").prefetch_related(corrections, "mark_decisions")
    return list(found.order_by("opens", "number"))


def wordings_to_pilot(wave: Wave) -> list[Wording]:
    """Return the drafted wordings that ``wave`` has tried out; none while it runs, and none if it was no pilot."""
    if wave.kind != WaveKind.PILOT or wave.state != WaveState.CLOSED:
        return []
    tried = Wording.objects.filter(instruments=wave.instrument_id, status=WordingStatus.DRAFTED)
    return list(tried.select_related("question"))
