"""Where an analyst looks a questionnaire through, takes it out as a file and brings one in."""

import json
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.validators import validate_slug
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language_info
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access

from core.languages.addresses import codes
from core.models import User
from surveys import actions, runner
from surveys.content import instrument_body, items_of, preview_body, questionnaire_document
from surveys.models import Item, Questionnaire
from surveys.queries import drafted_items, faults_of_questionnaire
from surveys.schema import MOST_CHARACTERS, DocumentError, schema_text
from surveys.staff_views.access import require
from surveys.staff_views.words import direction, unspoken

JSON = "application/json"
WANTED = ("surveys.add_questionnaire", "surveys.add_wording", "surveys.add_question")


def may_bring_in(user: Any) -> bool:
    """Tell whether ``user`` makes questionnaires."""
    return user.has_perms(WANTED)


@require_safe
@require_admin_access
def questionnaire(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a questionnaire as it would be asked, and what is wrong with it."""
    require(request, "view_questionnaire", "change_questionnaire")
    found = get_object_or_404(Questionnaire, pk=pk)
    body, faults = instrument_body(found), faults_of_questionnaire(found)
    code = request.GET.get("language", runner.ENGLISH)
    if code not in codes():
        raise Http404
    context = {
        "code": code,
        "direction": direction(code),
        "choices": [(other, get_language_info(other)["name"]) for other in codes()],
        "questionnaire": found,
        "faults": faults,
        "drafted": drafted_items(found),
        "unspoken": unspoken(found.languages[1:]),
        "sections": _outline(found, code),
        "minutes": None if faults else runner.minutes(runner.read(body)),
        "digest": runner.digest(body),
    }
    return render(request, "surveys/admin/questionnaire.html", context | _headed(str(found), found))


def _outline(questionnaire: Questionnaire, code: str) -> list[dict[str, Any]]:
    """Return each section with its items: what each says in a language, and of whom it is asked, in words."""
    asked = items_of(questionnaire)
    said = runner.in_language(preview_body(questionnaire, code), code)["sections"]
    sections = questionnaire.sections.order_by("order")
    return [
        {
            "section": section,
            "title": words["title"],
            "items": [
                {"item": item, "when": _in_words(item), "said": item_said}
                for item, item_said in zip(
                    [item for item in asked if item.section_id == section.pk], words["items"], strict=True
                )
            ],
        }
        for section, words in zip(sections, said, strict=True)
    ]


def _in_words(item: Item) -> str:
    joined = " and " if item.matching == "all" else " or "
    return joined.join(str(condition) for condition in item.conditions.all())


def _headed(title: str, questionnaire: Questionnaire | None = None) -> dict[str, Any]:
    """Return what the head of the page shows: the way back to the list, and the questionnaire's name."""
    here = reverse("survey_questionnaire", args=[questionnaire.pk]) if questionnaire else ""
    way = [
        {"url": reverse("wagtailadmin_home"), "label": "Home"},
        {"url": reverse("wagtailsnippets_surveys_questionnaire:list"), "label": "Questionnaires"},
        {"url": here, "label": title},
    ]
    return {"breadcrumbs_items": way, "header_title": title, "header_icon": "list-ol"}


@require_safe
@require_admin_access
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a whole questionnaire as a JSON file."""
    require(request, "view_questionnaire", "change_questionnaire")
    found = get_object_or_404(Questionnaire, pk=pk)
    text = json.dumps(questionnaire_document(found), ensure_ascii=False, indent=2)
    return _file(text, f"{found.code}.json")


@require_safe
@require_admin_access
def schema(request: HttpRequest, name: str) -> HttpResponse:
    """Give the published JSON Schema of an instrument, or of a whole questionnaire."""
    require(request, "view_questionnaire", "change_questionnaire")
    if name not in {"instrument", "questionnaire"}:
        raise Http404
    return _file(schema_text(name), f"{name}.schema.json")


def _file(text: str, name: str) -> HttpResponse:
    return HttpResponse(text, content_type=JSON, headers={"Content-Disposition": f'attachment; filename="{name}"'})


class FileForm(forms.Form):
    """A questionnaire's file, and the code that it is to have here."""

    file = forms.FileField(label="File", help_text="A questionnaire taken out here or elsewhere, as JSON.")
    code = forms.CharField(
        label="Code",
        required=False,
        max_length=60,
        validators=[validate_slug],
        help_text="Only if it is to have another code than the one in the file.",
    )

    def clean_file(self) -> str:
        """Return the file's text."""
        file = self.cleaned_data["file"]
        if file.size > MOST_CHARACTERS * 4:
            raise forms.ValidationError("This file is too big to be a questionnaire.")
        try:
            return file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError("This file is not text in UTF-8. Choose a questionnaire's JSON file.") from None


@require_admin_access
def bring_in(request: HttpRequest) -> HttpResponse:
    """Bring in a questionnaire from a file, with the wordings that the bank lacks."""
    if not may_bring_in(request.user):
        raise PermissionDenied
    form = FileForm(request.POST or None, request.FILES or None)
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.import_questionnaire(
                text=form.cleaned_data["file"],
                code=form.cleaned_data["code"],
                by=cast("User", request.user),
            )
        except DocumentError as refused:
            faults = refused.faults
        else:
            messages.success(request, f"{made} has come in.")
            return redirect("survey_questionnaire", made.pk)
    context = {"form": form, "faults": faults, **_headed("Bring in a questionnaire")}
    return render(request, "surveys/admin/bring_in.html", context, status=200 if request.method != "POST" else 422)
