"""Writing the evaluation of a closed campaign: begun, sent in, approved by a colleague or sent back."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.models import BaseModelFormSet
from django.utils import timezone
from wagtail.log_actions import log

from campaigns.actions.reviewing import give_back, in_state, refuse_own_work, refuse_unless_seen, send_in
from campaigns.enums import LessonKind, ReviewState
from campaigns.evaluation import digest_of, report_of
from campaigns.models import Campaign, Evaluation, Lesson
from campaigns.queries.evaluations import latest_approved
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
    evaluation, is_new = Evaluation.objects.exclude(state=ReviewState.APPROVED).get_or_create(campaign=campaign)
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
    evaluation = _in_state(evaluation, ReviewState.DRAFT)
    rows.save()
    evaluation.writers.add(by)


@transaction.atomic
def submit_evaluation(*, evaluation: Evaluation, by: User) -> Evaluation:
    """Send an evaluation in: all that it says is kept as it stands now, for a colleague to look at.

    Raises:
        ValidationError: it was sent in already, the campaign is open again, or a kind of lesson is missing.
    """
    evaluation = _in_state(evaluation, ReviewState.DRAFT)
    known = set(evaluation.lessons.values_list("kind", flat=True))
    if missing := [str(kind.label).lower() for kind in LessonKind if kind not in known]:
        raise ValidationError(f"Write at least one lesson of each kind first. Missing: {', '.join(missing)}.")
    send_in(evaluation, frozen=report_of(evaluation.campaign, evaluation).as_json(), by=by)
    log(instance=evaluation.campaign, action="campaigns.submit_evaluation", user=by)
    return evaluation


@transaction.atomic
def approve_evaluation(*, evaluation: Evaluation, by: User, seen: str) -> Evaluation:
    """Approve what was sent in, and bind it by the digest of what ``by`` has ``seen``.

    Raises:
        ValidationError: ``by`` wrote it, it does not wait, or it is not what was seen.
    """
    evaluation = _in_state(evaluation, ReviewState.SUBMITTED)
    refuse_own_work(evaluation, by)
    refuse_unless_seen(digest=digest_of(evaluation.frozen), seen=seen)
    evaluation.state, evaluation.digest = ReviewState.APPROVED, seen
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
    evaluation = _in_state(evaluation, ReviewState.SUBMITTED)
    return give_back(evaluation, by=by, reason=reason, action="campaigns.send_back_evaluation")


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


def _locked(campaign: Campaign) -> Campaign:
    """Return the row of ``campaign``, locked: nobody opens it again in between.

    Raises:
        ValidationError: it is not closed.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if not campaign.is_closed:
        raise ValidationError("This campaign is open. Close it first, then evaluate it.", code="open")
    return campaign


def _in_state(evaluation: Evaluation, state: ReviewState) -> Evaluation:
    campaign = _locked(evaluation.campaign)
    evaluation = in_state(evaluation, state)
    evaluation.campaign = campaign
    return evaluation
