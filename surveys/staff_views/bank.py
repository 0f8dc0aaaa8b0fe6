"""Where an analyst takes the whole question bank out as a file, and brings one in."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.auth import require_admin_access

from core.models import User
from surveys import actions
from surveys.bank_file import bank_text

MOST_BYTES = 2_000_000
WANTED = ("surveys.add_question", "surveys.add_wording", "surveys.change_wording")


def may_bring_in_bank(user: Any) -> bool:
    """Tell whether ``user`` keeps the question bank."""
    return user.has_perms(WANTED)


@require_safe
@require_admin_access
def take_out_bank(request: HttpRequest) -> HttpResponse:
    """Give the whole bank as a CSV file, marked as UTF-8 so that spreadsheets read every language."""
    if not may_bring_in_bank(request.user):
        raise PermissionDenied
    attached = {"Content-Disposition": 'attachment; filename="question-bank.csv"'}
    return HttpResponse(bank_text().encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=attached)


class BankForm(forms.Form):
    """A bank's file."""

    file = forms.FileField(label="File", help_text="A question bank as a CSV file in UTF-8.")

    def clean_file(self) -> Any:
        """Refuse a file of more than two megabytes."""
        if self.cleaned_data["file"].size > MOST_BYTES:
            raise forms.ValidationError("This file is too big to be a question bank. Two megabytes are the most.")
        return self.cleaned_data["file"]


@require_http_methods(["GET", "POST"])
@require_admin_access
def bring_in_bank(request: HttpRequest) -> HttpResponse:
    """Bring in a bank's file: all of it, or nothing."""
    if not may_bring_in_bank(request.user):
        raise PermissionDenied
    form = BankForm(request.POST or None, request.FILES or None) if request.method == "POST" else BankForm()
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            count = actions.import_bank_file(content=file.read(), name=file.name, by=cast("User", request.user))
        except actions.BankError as refused:
            faults = refused.faults
        else:
            are = "1 wording or language of one is" if count == 1 else f"{count} wordings or languages of them are"
            messages.success(request, f"The bank has taken the file in: {are} new or changed.")
            return redirect("wagtailsnippets_surveys_wording:list")
    context = {"form": form, "faults": faults, **_headed()}
    return render(request, "surveys/admin/bring_in_bank.html", context, status=422 if request.method == "POST" else 200)


def _headed() -> dict[str, Any]:
    title = "Bring in a question bank"
    way = [
        {"url": reverse("wagtailadmin_home"), "label": "Home"},
        {"url": reverse("wagtailsnippets_surveys_wording:list"), "label": "Wordings"},
        {"url": reverse("survey_bank_bring_in"), "label": title},
    ]
    return {"breadcrumbs_items": way, "header_title": title, "header_icon": "openquote"}
