"""Deleting pictures and documents in the admin: not those that approved pages show, nor what a record rests on."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.documents.views import documents
from wagtail.images.views import images

from core.approvals.files import why_not_lose
from core.models import Document, Image


def _unless_needed(model: Any, view: Callable[..., HttpResponse], edit: str) -> Callable[..., HttpResponse]:
    """Return ``view``, which deletes one row of ``model``, but for those that an approved page shows."""

    def refuse_or_delete(request: HttpRequest, **key: int) -> HttpResponse:
        (pk,) = key.values()
        sentence = why_not_lose(get_object_or_404(model, pk=pk)) if request.user.is_authenticated else ""
        if not sentence:
            return view(request, **key)
        messages.error(request, sentence)
        return redirect(edit, pk)

    return refuse_or_delete


@hooks.register("register_admin_urls", order=-1)  # before Wagtail's own at the same addresses
def deletions() -> list[URLPattern]:
    """Stand before Wagtail's deletions."""
    picture = _unless_needed(Image, images.DeleteView.as_view(), "wagtailimages:edit")
    document = _unless_needed(Document, documents.DeleteView.as_view(), "wagtaildocs:edit")
    return [
        path("images/<int:image_id>/delete/", picture),
        path("documents/delete/<int:document_id>/", document),
    ]


@hooks.register("before_bulk_action")
def keep_what_is_needed(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """Hold the same where several are deleted at once: all of them go, or none."""
    if action_type != "delete" or action.models[0] not in {Image, Document}:
        return None
    sentence = next(filter(None, map(why_not_lose, objects)), "")
    if not sentence:
        return None
    messages.error(request, f"Nothing was deleted. {sentence}")
    return redirect(action.next_url)
