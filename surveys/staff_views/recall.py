"""Where an analyst says which question of a survey asks whether people came across a campaign."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin.auth import require_admin_access

from campaigns.models import Campaign
from core.access import signed_in
from surveys import actions
from surveys.dataset.arrays import BESIDE_THE_BASE
from surveys.enums import Kind
from surveys.instruments import questions
from surveys.models import Question, Recall, Wave
from surveys.publishing.method import NOT_PROOF
from surveys.staff_views.access import require
from surveys.staff_views.results import headed_results
from surveys.staff_views.waves import find_wave

THEME = "campaign"


class RecallForm(forms.Form):
    """A campaign, and the answers by which people say that they came across it."""

    campaign = forms.ModelChoiceField(
        Campaign.objects.all(), error_messages={"required": "Choose the campaign that the question asks about."}
    )
    answers = forms.MultipleChoiceField(
        label="Answers by which people say that they came across it",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose the answer, or answers, by which people say that they came across it."},
        help_text="All of one question. People who gave another answer did not come across it; who is not sure counts "
        "as neither.",
    )

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        """Offer the answers to the questions about campaigns that ``wave`` asks."""
        super().__init__(*args, **kwargs)
        self.fields["answers"].choices = list(_offered(wave))  # type: ignore[attr-defined]
        taken = wave.survey.recalls.values("campaign")
        self.fields["campaign"].queryset = Campaign.objects.exclude(pk__in=taken)  # type: ignore[attr-defined]

    def clean_answers(self) -> tuple[Question, list[str]]:
        """Return the one question that the answers are of, and their codes."""
        chosen = [value.split() for value in self.cleaned_data["answers"]]
        asked = {code for code, _ in chosen}
        if len(asked) > 1:
            raise ValidationError(f"Choose answers of one question: these are of {' and '.join(sorted(asked))}.")
        return Question.objects.get(code=asked.pop()), [answer for _, answer in chosen]


def _offered(wave: Wave) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    about_campaigns = set(Question.objects.filter(theme=THEME, sensitive=False).values_list("code", flat=True))
    for item in questions(wave.body):
        if item["question"] in about_campaigns and item["kind"] in Kind.one_of:
            answers = [
                (f"{item['question']} {option['code']}", option["label"])
                for option in item["options"]
                if option["code"] not in BESIDE_THE_BASE
            ]
            yield f"{item['question']} {item['text']}", answers


@require_http_methods(["GET", "POST"])
@never_cache
@require_admin_access
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    """List the campaigns that the wave's survey asks about, and add one."""
    require(request, "change_recall")
    wave = find_wave(pk)
    if not wave.instrument_id:
        raise Http404("A wave that has not opened asks nothing yet.")
    form = RecallForm(request.POST or None, wave=wave, initial={"campaign": wave.survey.campaign_id})
    if request.method == "POST" and form.is_valid() and _mark(request, wave, form):
        return redirect("survey_recall", wave.pk)
    context = {
        "wave": wave,
        "form": form,
        "is_asked": bool(form.fields["answers"].choices),  # type: ignore[attr-defined]
        "not_proof": NOT_PROOF,
        "rows": wave.survey.recalls.select_related("campaign", "question"),
        **headed_results(wave, title="Campaigns that people are asked about"),
    }
    return render(request, "surveys/admin/results/recall.html", context)


def _mark(request: HttpRequest, wave: Wave, form: RecallForm) -> bool:
    question, answers = form.cleaned_data["answers"]
    campaign = form.cleaned_data["campaign"]
    try:
        actions.mark_recall(
            survey=wave.survey, campaign=campaign, question=question, answers=answers, by=signed_in(request)
        )
    except ValidationError as refused:
        form.add_error("answers", refused.messages)
        return False
    messages.success(request, f"The next results of this survey tell who came across “{campaign}”.")
    return True


@require_POST
@require_admin_access
def remove_recall(request: HttpRequest, pk: int, recall_pk: int) -> HttpResponse:
    """Take back that the wave's survey asks about a campaign."""
    require(request, "delete_recall")
    wave = find_wave(pk)
    row = get_object_or_404(Recall.objects.select_related("campaign", "question"), pk=recall_pk, survey=wave.survey_id)
    actions.unmark_recall(recall=row, by=signed_in(request))
    messages.success(request, f"The next results of this survey do not tell who came across “{row.campaign}”.")
    return redirect("survey_recall", wave.pk)
