"""Deleting in the admin: what something else still needs is kept, and a sentence says what needs it."""

from collections.abc import Sequence
from typing import Any

from django.db import router, transaction
from django.db.models import Model, ProtectedError
from django.db.models.deletion import Collector
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views import generic

NAMED = 3


class DeleteView(generic.DeleteView):
    """A deletion that the database refuses is answered in words.

    Wagtail's own view says that a permission is missing where its index of references knows of the use, and answers 500
    where it does not (it does not know what the worker wrote).
    """

    def form_valid(self, form: Form) -> HttpResponse:
        """Delete, or lead back with the reason."""
        try:
            refuse_protected([self.object])
            with transaction.atomic():
                return super().form_valid(form)
        except ProtectedError as error:
            return self.refuse(f"it is still used by {_in_words(error)}. Remove it there first")

    def refuse(self, why: str) -> HttpResponse:
        """Say why, and go back to where the thing is edited."""
        messages.error(self.request, f"“{self.object}” cannot be deleted, because {why}.")
        return redirect(self.edit_url_name, self.object.pk)


@hooks.register("before_delete_snippet")
def keep_what_is_used(request: HttpRequest, things: Sequence[Any]) -> HttpResponse | None:
    """Hold the same rule where several rows are deleted at once: all of them go, or none."""
    if not things:
        return None
    try:
        refuse_protected(things)
    except ProtectedError as error:
        messages.error(request, f"Nothing was deleted, because some of it is still used by {_in_words(error)}.")
        return redirect(things[0].snippet_viewset.get_url_name("list"))
    return None


def refuse_protected(things: Sequence[Model]) -> None:
    """Look whether ``things`` can be deleted, without deleting them.

    Raises:
        ProtectedError: something else still needs one of them.
    """
    Collector(using=router.db_for_write(type(things[0])), origin=things[0]).collect(things)


def _in_words(error: ProtectedError) -> str:
    names = sorted(f"“{thing}”" for thing in error.protected_objects)
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")
