"""A survey's questions about campaigns: which answers say that somebody came across one."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log

from campaigns.models import Campaign
from core.models import User
from surveys.dataset.arrays import BESIDE_THE_BASE
from surveys.enums import Kind
from surveys.models import Breakdown, Option, Question, Recall, Survey
from surveys.models.results import STRAND_OF


@transaction.atomic
def mark_recall(
    *, survey: Survey, campaign: Campaign, question: Question, answers: Sequence[str], by: User | None = None
) -> Recall:
    """Say that ``answers`` to ``question`` are those of people who came across ``campaign``.

    Raises:
        ValidationError: the question takes several answers or asks about the person, the tables are broken down by it,
            its answers are unknown, all of them or read otherwise for another campaign, or the survey asks about the
            campaign already.
    """
    Survey.objects.select_for_update().get(pk=survey.pk)
    _refuse_question(survey, question)
    answers = list(dict.fromkeys(answers))
    _refuse_answers(survey, question, answers)
    recall = Recall(survey=survey, campaign=campaign, question=question, codes=answers)
    recall.validate_constraints()
    recall.save()
    data = {"campaign": campaign.code, "question": question.code, "answers": answers}
    log(instance=survey, action="surveys.mark_recall", user=by, data=data)
    return recall


def _refuse_question(survey: Survey, question: Question) -> None:
    if question.sensitive or question.code in STRAND_OF:
        raise ValidationError(f"{question.code} asks about the person, so it is no question about a campaign.")
    if not question.wordings.filter(kind__in=Kind.one_of).exists():
        raise ValidationError(f"People give no one answer to {question.code}, so it makes no two groups.")
    if Breakdown.objects.filter(survey=survey, question=question).exists():
        raise ValidationError(
            f"Tables are broken down by {question.code} already, and both together could give small groups back. "
            "Take it out of the tables first."
        )


def _refuse_answers(survey: Survey, question: Question, answers: Sequence[str]) -> None:
    known = set(Option.objects.filter(wording__question=question).values_list("code", flat=True)) - BESIDE_THE_BASE
    unknown = [code for code in answers if code not in known]
    if unknown or not answers:
        raise ValidationError(f"Choose answers of {question.code} by which people say that they came across it.")
    if known <= set(answers):
        raise ValidationError(f"Leave at least one answer of {question.code} for people who did not come across it.")
    other = Recall.objects.filter(survey=survey, question=question).exclude(codes=answers).first()
    if other:
        raise ValidationError(
            f"For “{other.campaign}” the answers to {question.code} that count are {', '.join(other.codes)}. Choose "
            "the same: two splits of the same people could give a few of them away."
        )


@transaction.atomic
def unmark_recall(*, recall: Recall, by: User | None = None) -> None:
    """Take back that a question asks about a campaign; results that were computed keep what they say of it."""
    data = {"campaign": recall.campaign.code, "question": recall.question.code}
    log(instance=recall.survey, action="surveys.unmark_recall", user=by, data=data)
    recall.delete()
