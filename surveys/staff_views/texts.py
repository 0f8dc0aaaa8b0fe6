"""Where a person reads what people wrote into boxes, and takes out what points to somebody."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.auth import require_admin_access

from core.access import signed_in
from surveys import actions
from surveys.actions.reading import REDACTED
from surveys.models import Text
from surveys.queries import question_of
from surveys.staff_views.access import require

SHOWN = 50
GONE = "That text was read meanwhile, so it waits no longer."


class RedactionForm(forms.Form):
    """The words, to be shortened where they stand."""

    words = forms.CharField(
        label="What they wrote",
        strip=False,
        help_text=f"Put {REDACTED} in the place of what you take out. Leave the rest as it was written.",
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )

    def clean_words(self) -> str:
        """Count a line break as one character, as the words were kept."""
        return self.cleaned_data["words"].replace("\r\n", "\n")


@require_admin_access
def texts(request: HttpRequest) -> HttpResponse:
    """List the texts that wait for a reader, the oldest first, without their words."""
    require(request, "view_text")
    waiting = Text.objects.select_related("wave__survey", "wave__instrument").defer("wave__instrument__body")
    shown = [_row(text) for text in waiting[:SHOWN]]
    context = {"rows": shown, "count": Text.objects.count(), "people": Text.objects.aggregate(Sum("count"))}
    return render(request, "surveys/admin/texts.html", context | _headed("Texts to read"))


def _row(text: Text) -> dict[str, Any]:
    today = timezone.localdate()
    return {"text": text, "question": question_of(text), "age": text.age(today), "is_late": text.is_late(today)}


@require_admin_access
def text(request: HttpRequest, digest: str) -> HttpResponse:
    """Show one text to whoever may read it, and do what they say: it is fine as it is, or as they shortened it."""
    require(request, "change_text")
    found = _found(digest)
    if found is None:
        messages.info(request, GONE)
        return redirect("survey_texts")
    form = RedactionForm(request.POST or None, initial={"words": found.words})
    if "read" in request.POST:
        actions.read_text(text=found, by=signed_in(request))
        return _next(request, "Read. It stays as it was written.")
    if request.method == "POST" and form.is_valid():
        try:
            actions.redact_text(text=found, words=form.cleaned_data["words"], by=signed_in(request))
        except ValidationError as refused:
            form.add_error("words", refused)
        else:
            return _next(request, "Redacted. What you took out is gone for good.")
    if request.method != "POST":
        actions.open_text(text=found, by=signed_in(request))
    context = {**_row(found), "form": form, **_headed("Read a text", digest)}
    return render(request, "surveys/admin/text.html", context)


def _next(request: HttpRequest, said: str) -> HttpResponse:
    """Go on to the text that has waited longest; where there is none, back to the list."""
    messages.success(request, said)
    oldest = Text.objects.first()
    return redirect("survey_text", oldest.digest) if oldest else redirect("survey_texts")


@require_admin_access
def text_at_risk(request: HttpRequest, digest: str) -> HttpResponse:
    """Show what to do when someone seems at risk, and record that it was done, without the words."""
    require(request, "change_text")
    found = _found(digest)
    if found is None:
        messages.info(request, GONE)
        return redirect("survey_texts")
    missing = request.method == "POST" and "followed" not in request.POST
    if request.method == "POST" and not missing:
        actions.follow_guide(text=found, by=signed_in(request))
        messages.success(
            request, "Recorded, without the words. Now read the text to its end: mark it as read or redact it."
        )
        return redirect("survey_text", digest)
    context = {**_row(found), "missing": missing, **_headed("Someone seems at risk", digest)}
    return render(request, "surveys/admin/text_at_risk.html", context)


def _found(digest: str) -> Text | None:
    waiting = Text.objects.select_related("wave__survey", "wave__instrument").defer("wave__instrument__body")
    return waiting.filter(digest=digest).first()


def _headed(title: str, digest: str = "") -> dict[str, Any]:
    """Return what the head of a page shows: the way back to the list, and the page's name."""
    way = [
        {"url": reverse("wagtailadmin_home"), "label": "Home"},
        {"url": reverse("survey_texts"), "label": "Texts to read"},
        *([{"url": reverse("survey_text", args=[digest]), "label": title}] if digest else []),
    ]
    return {"breadcrumbs_items": way, "header_title": title, "header_icon": "openquote"}
