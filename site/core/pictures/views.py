"""Giving a picture up, in the admin."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core.access import signed_in
from core.models.pictures import Image
from core.pictures import actions
from core.pictures.queries import may_give_up
from core.pictures.uses import uses_of


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
