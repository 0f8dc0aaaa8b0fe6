"""What forms of a campaign do: kept, or shown again with what is wrong, and nothing typed is lost."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from campaigns.forms.placements import refuse
from campaigns.models.reviewed import Reviewed
from campaigns.queries.reviewing import approves
from core.access import require, signed_in

View = Callable[[HttpRequest, int], HttpResponse]


def require_reader(request: HttpRequest, what: type[Reviewed]) -> None:
    """Refuse whoever neither reads rows of ``what`` nor stands in for somebody who approves them.

    Raises:
        PermissionDenied: they do not.
    """
    if not approves(signed_in(request), what):
        require(request, f"campaigns.view_{what._meta.model_name}")


def in_its_state(reads: str) -> Callable[[View], View]:
    """Lead to the address named ``reads`` where a view finds nothing in the state that it is for.

    Somebody clicked twice, or a colleague was quicker. What is not there at all is not found at that address either.
    """

    def around(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, pk: int) -> HttpResponse:
            try:
                return view(request, pk)
            except Http404:
                messages.warning(request, "Nothing waits for that step now. Below is how it stands.")
                return redirect(reads, pk)

        return answer

    return around


def sent(request: HttpRequest) -> Any:
    """Return what was sent in a form; None where it is only asked for."""
    return request.POST if request.method == "POST" else None


def is_kept(form: forms.BaseForm, keep: Callable[[], object], *, taken: tuple[str, str] | None = None) -> bool:
    """Keep what ``form`` holds if nothing is wrong with it; what is goes beside where it was typed.

    ``taken`` is the field and the sentence for what only the database can tell: somebody else was quicker.
    """
    if not form.is_valid():
        return False
    try:
        keep()
    except ValidationError as refused:
        refuse(form, refused)
    except IntegrityError:
        if taken is None:
            raise
        form.add_error(*taken)
    return not form.errors


def ask(request: HttpRequest, form: forms.BaseForm, head: dict[str, Any], *, reads: str, key: int) -> HttpResponse:
    """Show ``form`` under ``head``; going back leads to the address named ``reads`` of the row with this ``key``."""
    context = {"form": form, "reads": reads, "key": key, **head}
    return render(request, "campaigns/admin/form.html", context, status=422 if form.errors else 200)
