"""Writing the evaluation of a closed campaign: begun, sent in, approved by a colleague or sent back."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.models import BaseModelFormSet
from django.utils import timezone
from wagtail.log_actions import log

from campaigns.enums import EvaluationState, LessonKind
from campaigns.evaluation import digest_of, report_of
from campaigns.models import Campaign, Evaluation, Lesson
from campaigns.queries.evaluations import latest_approved, why_not_approve
from core.models import User

# What stands in a line whose number was taken back after it was kept.
TAKEN_OUT: dict[str, Any] = {
    "value": None,
    "shown": "Withdrawn",
    "interval": "",
    "base": "",
    "about": "What this number came from was withdrawn after this evaluation was sent in, so it is kept here no more.",
}


@transaction.atomic
def begin_evaluation(*, campaign: Campaign, by: User) -> Evaluation:
    """Return the evaluation of ``campaign`` that is being written, begun where there is none.

    One that follows an approved one begins with its lessons.

    Raises:
        ValidationError: the campaign is not closed.
    """
    _locked(campaign)
    evaluation, is_new = Evaluation.objects.exclude(state=EvaluationState.APPROVED).get_or_create(campaign=campaign)
    if not is_new:
        return evaluation
    evaluation.writers.add(by)
    if earlier := latest_approved(campaign):
        copies = [Lesson(evaluation=evaluation, kind=lesson.kind, text=lesson.text) for lesson in earlier.lessons.all()]
        Lesson.objects.bulk_create(copies)
    log(instance=campaign, action="campaigns.begin_evaluation", user=by)
    return evaluation


@transaction.atomic
def save_lessons(*, evaluation: Evaluation, rows: BaseModelFormSet, by: User) -> None:
    """Keep the lessons of an evaluation that is being written; ``by`` is then one of those who wrote it.

    Raises:
        ValidationError: it was sent in or approved meanwhile.
    """
    evaluation = _in_state(evaluation, EvaluationState.DRAFT)
    rows.save()
    evaluation.writers.add(by)


@transaction.atomic
def submit_evaluation(*, evaluation: Evaluation, by: User) -> Evaluation:
    """Send an evaluation in: all that it says is kept as it stands now, for a colleague to look at.

    Raises:
        ValidationError: it was sent in already, the campaign is open again, or a kind of lesson is missing.
    """
    evaluation = _in_state(evaluation, EvaluationState.DRAFT)
    known = set(evaluation.lessons.values_list("kind", flat=True))
    if missing := [str(kind.label).lower() for kind in LessonKind if kind not in known]:
        raise ValidationError(f"Write at least one lesson of each kind first. Missing: {', '.join(missing)}.")
    evaluation.frozen = report_of(evaluation.campaign, evaluation).as_json()
    evaluation.state, evaluation.submitted_at, evaluation.sent_back = EvaluationState.SUBMITTED, timezone.now(), ""
    evaluation.save()
    evaluation.writers.add(by)
    log(instance=evaluation.campaign, action="campaigns.submit_evaluation", user=by)
    return evaluation


@transaction.atomic
def approve_evaluation(*, evaluation: Evaluation, by: User, seen: str) -> Evaluation:
    """Approve what was sent in, and bind it by the digest of what ``by`` has ``seen``.

    Raises:
        ValidationError: ``by`` wrote it, it does not wait, or it is not what was seen.
    """
    evaluation = _in_state(evaluation, EvaluationState.SUBMITTED)
    _refuse(evaluation, by)
    if digest_of(evaluation.frozen) != seen:
        raise ValidationError("It was sent in anew since you opened this page. Look at it again.", code="changed")
    evaluation.state, evaluation.digest = EvaluationState.APPROVED, seen
    evaluation.approved_by, evaluation.approved_at = by, timezone.now()
    evaluation.save()
    log(instance=evaluation.campaign, action="campaigns.approve_evaluation", user=by, data={"digest": seen})
    return evaluation


@transaction.atomic
def send_back_evaluation(*, evaluation: Evaluation, by: User, reason: str) -> Evaluation:
    """Give an evaluation back to those who wrote it, with the ``reason``.

    Raises:
        ValidationError: it does not wait for approval, or ``by`` wrote it.
    """
    evaluation = _in_state(evaluation, EvaluationState.SUBMITTED)
    _refuse(evaluation, by)
    evaluation.state, evaluation.frozen, evaluation.sent_back = EvaluationState.DRAFT, {}, reason
    evaluation.submitted_at = None
    evaluation.save()
    log(instance=evaluation.campaign, action="campaigns.send_back_evaluation", user=by, data={"reason": reason})
    return evaluation


@transaction.atomic
def take_out(names: Collection[str]) -> None:
    """Take every number that rests on one of ``names``, published no more, out of all evaluations that keep it.

    Every row is locked, so that one that is being sent in is waited for. What was approved stays so, bound anew.
    """
    # Of the campaign nothing is locked: who sends in locks that first.
    for evaluation in Evaluation.objects.select_for_update(of=("self",)).select_related("campaign"):
        if any(_rests_on(line, names) for line in evaluation.frozen.get("lines", ())):
            _take_out(evaluation, names)


def _take_out(evaluation: Evaluation, names: Collection[str]) -> None:
    was_intact = evaluation.digest == digest_of(evaluation.frozen)
    lines = evaluation.frozen["lines"]
    kept = [{**line, **TAKEN_OUT} if _rests_on(line, names) else line for line in lines]
    evaluation.frozen = {**evaluation.frozen, "lines": kept}
    if was_intact:
        evaluation.digest = digest_of(evaluation.frozen)
    evaluation.save(update_fields=["frozen", "digest"])
    log(instance=evaluation.campaign, action="campaigns.take_out_of_evaluation", data={"digest": evaluation.digest})


def _rests_on(line: dict[str, Any], names: Collection[str]) -> bool:
    return bool({*line.get("rests_on", ())} & {*names})


def _refuse(evaluation: Evaluation, by: User) -> None:
    if why := why_not_approve(evaluation, by):
        raise ValidationError(why, code="own_work")


def _locked(campaign: Campaign) -> Campaign:
    """Return the row of ``campaign``, locked: nobody opens it again in between.

    Raises:
        ValidationError: it is not closed.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if not campaign.is_closed:
        raise ValidationError("This campaign is open. Close it first, then evaluate it.", code="open")
    return campaign


def _in_state(evaluation: Evaluation, state: EvaluationState) -> Evaluation:
    campaign = _locked(evaluation.campaign)
    evaluation = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
    if evaluation.state != state:
        said = evaluation.get_state_display().lower()
        raise ValidationError(f"This evaluation is in another state now: {said}. Open it again.", code="state")
    evaluation.campaign = campaign
    return evaluation
