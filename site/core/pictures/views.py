"""Giving a picture up, in the admin."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language_info
from django.views.decorators.http import require_http_methods
from wagtail.images.widgets import AdminImageChooser

from core.access import signed_in
from core.approvals.queries import approves
from core.models.pictures import Image
from core.pictures import actions, replacing
from core.pictures.models import Replacement, Step
from core.pictures.queries import keeps_pictures, may_give_up
from core.pictures.uses import uses_of

SECONDS_BETWEEN_LOOKS = 2
DECISIONS = {"confirm": replacing.confirm, "decline": replacing.decline}


class ReplaceForm(forms.Form):
    """What takes the place of a picture, and what that shows in each language in which something says so."""

    by = forms.ModelChoiceField(
        Image.objects.all(),
        required=False,
        label="The other picture",
        widget=AdminImageChooser,
        help_text="One that may be used, with its record and a description.",
    )
    none = forms.BooleanField(
        required=False,
        label="None: leave the place empty",
        help_text="Pages show the rest of themselves, without a gap.",
    )

    def __init__(self, *args: Any, picture: Image, languages: Iterable[str], **kwargs: Any) -> None:
        """Ask for words in ``languages``, given as codes, English first."""
        super().__init__(*args, **kwargs)
        self.picture, self.languages = picture, list(languages)
        for code in self.languages:
            is_english = code == settings.LANGUAGE_CODE
            self.fields[f"words_{code}"] = forms.CharField(
                max_length=250,
                required=False,
                label="What it shows" if is_english else f"What it shows, in {get_language_info(code)['name']}",
                help_text="In words, for people who do not see it. Where the old one was decorative, so is the new one."
                if is_english
                else "Without words in this language, pages in it show no picture there.",
            )

    def clean(self) -> dict[str, Any]:
        """Refuse neither and both, a picture that cannot take the place, and one without words in English."""
        cleaned = super().clean() or {}
        by = cleaned.get("by")
        if "by" in self.errors:
            return cleaned
        if bool(by) == bool(cleaned.get("none")):
            self.add_error("by", "Choose another picture, or tick None: one of the two.")
        elif by and (sentence := replacing.why_not_take(self.picture, by)):
            self.add_error("by", sentence)
        english = f"words_{settings.LANGUAGE_CODE}"
        if by and english in self.fields and not cleaned.get(english):
            self.add_error(english, "Say what the other picture shows.")
        return cleaned

    def words(self) -> dict[str, str]:
        """Return what was said, by the code of the language."""
        return {code: self.cleaned_data[f"words_{code}"] for code in self.languages}


class WithdrawForm(forms.Form):
    """Why nobody may use the picture any more."""

    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Your colleagues read it beside the picture. Visitors do not see it. No names of people.",
        error_messages={"required": "Say why it is withdrawn, in a few words."},
    )


def picture_to_give_up(request: HttpRequest, image_id: int) -> Image:
    """Return the picture, for who may give it up.

    Raises:
        PermissionDenied: the person may not.
    """
    picture = get_object_or_404(Image, pk=image_id)
    if not may_give_up(signed_in(request), picture):
        raise PermissionDenied
    return picture


def about(picture: Image, title: str) -> dict[str, Any]:
    """Return what the head of a page about ``picture`` says."""
    steps = [
        ("Images", reverse("wagtailimages:index")),
        (picture.title, reverse("wagtailimages:edit", args=[picture.pk])),
        (title, ""),
    ]
    return {
        "picture": picture,
        "header_title": title,
        "header_icon": "image",
        "breadcrumbs_items": [{"url": url, "label": label} for label, url in steps],
    }


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, image_id: int) -> HttpResponse:
    """Say what shows the picture and ask for the reason, then withdraw it.

    Raises:
        PermissionDenied: the person may not.
    """
    picture = picture_to_give_up(request, image_id)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(picture=picture, by=signed_in(request), reason=form.cleaned_data["reason"])
        except ValidationError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, f"“{picture.title}” is withdrawn. No page shows it any more.")
        return redirect("wagtailimages:edit", picture.pk)
    context = about(picture, "Withdraw") | {"form": form, "uses": uses_of(picture)}
    return render(request, "core/pictures/withdraw.html", context)


@require_http_methods(["GET", "POST"])
def replace(request: HttpRequest, image_id: int) -> HttpResponse:
    """Ask what takes the picture's place, then ask a colleague to confirm it.

    Raises:
        PermissionDenied: the person may not.
    """
    picture = picture_to_give_up(request, image_id)
    uses = uses_of(picture)
    form = ReplaceForm(request.POST or None, picture=picture, languages=replacing.languages_that_say(uses))
    if request.method == "POST" and form.is_valid():
        by = form.cleaned_data["by"]
        try:
            asked = replacing.ask(picture=picture, by=by, words=form.words(), asked_by=signed_in(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Asked for. Nothing changes until a colleague who approves pages confirms it.")
            return redirect("picture_replacement", asked.pk)
    context = about(picture, "Replace everywhere") | {"form": form, "uses": uses, "media": form.media}
    return render(request, "core/pictures/replace.html", context)


@require_http_methods(["GET", "POST"])
def replacement(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what would change and how far it is; on POST confirm or decline it.

    Raises:
        PermissionDenied: the person neither keeps pictures nor approves pages, or may not decide this.
    """
    user, asked = signed_in(request), get_object_or_404(Replacement.objects.select_related("picture", "by"), pk=pk)
    if not (approves(user) or keeps_pictures(user)):
        raise PermissionDenied
    if request.method == "POST":
        try:
            DECISIONS[request.POST.get("decision", "")](replacement=asked, by=user)
        except KeyError:
            messages.error(request, "Confirm it or decline it: nothing was decided.")
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return redirect("picture_replacement", pk)
    done, of = replacing.how_far(asked)
    context = _about_replacement(asked) | {
        "uses": uses_of(asked.picture) if asked.picture and asked.step == Step.ASKED else [],
        "why_not": replacing.why_not_confirm(user, asked),
        "may_decline": asked.asked_by_id == user.pk or approves(user),
        "done": done,
        "of": of,
        "words": [(get_language_info(code)["name"], said) for code, said in asked.words.items()],
    }
    response = render(request, "core/pictures/replacement.html", context)
    if asked.is_at_work:
        response["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return response


def _about_replacement(asked: Replacement) -> dict[str, Any]:
    if asked.picture:
        return about(asked.picture, "Replacement") | {"asked": asked}
    return {"asked": asked, "header_title": "Replacement", "header_icon": "image"}
