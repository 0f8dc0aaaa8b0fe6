"""From figures to the public: sent for approval, approved by a second person, corrected, taken back."""

import hashlib
import json
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from campaigns import actions as campaigns
from campaigns.evaluation.change import value_of
from core.models import User
from core.refreshing import refresh_pages
from indicators import actions as indicators
from indicators.models import Indicator
from surveys.enums import ResultState, WaveKind
from surveys.evidence import taken_from
from surveys.models import ResultSet, Wave
from surveys.publishing import CannotPublishError, Public, pictures, protect
from surveys.publishing.findings import without_changes_since
from surveys.queries.published import figures_once_public, waves_with_public_results, why_not_approve

CHARTS = "charts"


def public_of(results: ResultSet) -> Public:
    """Return what would be public of ``results``.

    Raises:
        ValidationError: they have no figures, a pilot made them, or with what was published before they would give
            away the answers of a few.
    """
    if not results.figures:
        raise ValidationError("These results have no figures to publish.", code="unread")
    if results.wave.kind == WaveKind.PILOT:
        raise ValidationError("A pilot tries questions out: its figures are not published.", code="pilot")
    try:
        return protect(
            results.figures,
            results.record,
            results.choices,
            figures_once_public(results),
            compared=waves_with_public_results(results.wave.survey_id),
        )
    except CannotPublishError as refused:
        raise ValidationError(str(refused), code="differencing") from refused


def looked_at(results: ResultSet) -> str:
    """Return the digest of what is approved: what would be public, its findings and its note."""
    shown = json.dumps([results.public, results.findings, results.note], sort_keys=True)
    return hashlib.sha256(shown.encode()).hexdigest()


@transaction.atomic
def submit_results(*, results: ResultSet, findings: str, by: User, note: str = "") -> ResultSet:
    """Send ``results`` with their key findings to a colleague; ``note`` says what they correct.

    Raises:
        ValidationError: they are not computed, cannot be published (:func:`public_of`), have no findings, or would
            replace published ones without a word on what was wrong.
    """
    results = _locked(results)
    if results.state != ResultState.READY:
        raise ValidationError("Only results that are computed, and not sent yet, can be sent.", code="state")
    if not findings.strip():
        raise ValidationError({"findings": "Say in plain words what was found."}, code="findings")
    if _published(results.wave) and not note.strip():
        raise ValidationError(
            {"note": "These would replace published results. Say what was corrected: readers see it."}, code="note"
        )
    results.public = public_of(results)
    results.findings, results.findings_by = findings.strip(), by
    results.note, results.noted_on = note.strip(), timezone.localdate() if note.strip() else None
    results.submitted_by, results.submitted_by_name = by, _name(by)
    results.state = ResultState.SUBMITTED
    results.save()
    log(instance=results.wave, action="surveys.submit_results", user=by, data={"results": results.number})
    return results


@transaction.atomic
def send_back(*, results: ResultSet, by: User) -> ResultSet:
    """Give results that wait for approval back to whoever sent them, to be changed.

    Raises:
        ValidationError: they do not wait.
    """
    results = _locked(results)
    if results.state != ResultState.SUBMITTED:
        raise ValidationError("These results do not wait for approval.", code="state")
    results.state, results.public = ResultState.READY, {}
    results.save(update_fields=["state", "public"])
    log(instance=results.wave, action="surveys.send_back_results", user=by, data={"results": results.number})
    return results


@transaction.atomic
def approve_results(*, results: ResultSet, by: User, seen: str) -> ResultSet:
    """Publish ``results``; those that the wave had before are replaced. ``seen`` is the digest of what was looked at.

    Raises:
        ValidationError: ``by`` had a hand in them, they changed while they were looked at, or they can no longer be
            published beside what was published meanwhile.
    """
    results = _locked(results)
    refused = why_not_approve(results, by)
    if refused:
        raise ValidationError(refused, code="approve")
    if seen != looked_at(results) or public_of(results) != results.public:
        raise ValidationError(
            "What would be published changed since you looked. Look again, or send it back to be sent anew.",
            code="changed",
        )
    today = timezone.localdate()
    for before in _published(results.wave):
        remove_pictures([before.pk])
        before.state, before.public = ResultState.REPLACED, _without_pictures(before.public)
        before.save(update_fields=["state", "public"])
    results.state, results.approved_on = ResultState.APPROVED, today
    results.approved_by, results.approved_by_name = by, _name(by)
    results.noted_on = today if results.note else None
    results.save(update_fields=["state", "approved_on", "approved_by", "approved_by_name", "noted_on"])
    log(instance=results.wave, action="surveys.approve_results", user=by, data={"results": results.number})
    _forget_pictures_over_time(results.wave)
    show_anew()
    return results


@transaction.atomic
def withdraw_results(*, results: ResultSet, by: User) -> ResultSet:
    """Take published results back, because they could point to a person: every copy that we hold of them goes.

    Raises:
        ValidationError: they are not published.
    """
    results = _locked(results)
    if results.state != ResultState.APPROVED:
        raise ValidationError("Only published results can be withdrawn.", code="state")
    wave = results.wave
    ever = ResultSet.objects.filter(wave=wave, state__in=[ResultState.APPROVED, ResultState.REPLACED])
    remove_pictures(ever.values_list("pk", flat=True))
    ever.update(public={}, findings="")
    results.refresh_from_db(fields=["public", "findings"])
    results.state, results.withdrawn_on = ResultState.WITHDRAWN, timezone.localdate()
    results.save(update_fields=["state", "withdrawn_on"])
    log(instance=wave, action="surveys.withdraw_results", user=by, data={"results": results.number})
    _forget_changes_since(wave)
    _forget_pictures_over_time(wave)
    _withhold_measurements(wave)
    campaigns.take_out([taken_from(wave.pk)])
    show_anew()
    return results


def _forget_changes_since(wave: Wave) -> None:
    """Take what changed since ``wave`` out of the results of other waves: with their numbers it tells of its own.

    Out of their findings goes what was drafted; what a person wrote of it in other words, a person has to mend.
    """
    for row in ResultSet.objects.select_for_update().approved().filter(wave__survey=wave.survey_id):
        for item in row.public["items"]:
            item["change"] = [change for change in item["change"] if change["since"] != wave.number]
        row.findings = without_changes_since(row.findings, wave=wave.number)
        row.save(update_fields=["public", "findings"])


def _withhold_measurements(wave: Wave) -> None:
    """Withhold what indicators took from ``wave``; `measures` reads it again once other results of it are published."""
    of_surveys = Indicator.objects.filter(measure__startswith="surveys.", parameters__survey=wave.survey.code)
    for indicator in of_surveys:
        indicators.withhold(indicator=indicator, period_end=wave.closes)
        campaigns.take_out([value_of(indicator, wave.closes)])


def _forget_pictures_over_time(wave: Wave) -> None:
    """Let the pictures of every published wave of the survey be drawn again: those over time show all of them."""
    for row in ResultSet.objects.select_for_update().approved().filter(wave__survey=wave.survey_id):
        remove_pictures([row.pk])
        row.public = _without_pictures(row.public)
        row.save(update_fields=["public"])


def _without_pictures(public: Public) -> Public:
    return {name: part for name, part in public.items() if name != CHARTS}


def remove_pictures(several: Iterable[int]) -> None:
    """Delete the pictures of the result sets with these keys that the public does not see, once this is committed."""
    keys = list(several)

    def remove() -> None:
        for key in keys:
            pictures.tidy(key)

    transaction.on_commit(remove, robust=True)


def show_anew() -> None:
    """Refresh the pages once this is committed, and let the worker draw what is new."""
    from surveys.tasks import draw_results as task

    refresh_pages()
    transaction.on_commit(task.delay, robust=True)


def _published(wave: Wave) -> list[ResultSet]:
    return list(ResultSet.objects.approved().filter(wave=wave))


def _locked(results: ResultSet) -> ResultSet:
    """Return ``results`` as they are now, while nobody else changes a result set of the wave."""
    Wave.objects.select_for_update(of=("self",)).get(pk=results.wave_id)
    return ResultSet.objects.select_related("wave__survey", "wave__instrument").get(pk=results.pk)


def _name(user: User) -> str:
    return user.get_full_name() or user.username
