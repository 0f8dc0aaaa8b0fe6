"""What the screens on which a colleague decides have in common: who may not, and sending back with a reason."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from campaigns.forms.reviewing import SendBackForm
from campaigns.models.reviewed import Reviewed
from campaigns.queries.reviewing import why_not_approve
from campaigns.staff_views.keeping import ask, is_kept, sent
from campaigns.staff_views.sections import headed
from core.access import signed_in


def is_refused(request: HttpRequest, row: Reviewed) -> bool:
    """Tell whether whoever has signed in may not decide about ``row``, and say why."""
    sentence = why_not_approve(row, signed_in(request))
    if sentence:
        messages.error(request, sentence)
    return bool(sentence)


def send_back_with_reason(
    request: HttpRequest, row: Reviewed, give_back: Callable[[str], object], *, section: str, name: str, key: int
) -> HttpResponse:
    """Ask why ``row``, which people know by its ``name``, is sent back, and ``give_back`` with the reason.

    ``section`` is the part of the campaign that it stands in; its own address is ``campaigns:<section>`` with ``key``.
    """
    reads = f"campaigns:{section}"
    if is_refused(request, row):
        return redirect(reads, key)
    form = SendBackForm(sent(request))
    if is_kept(form, lambda: give_back(form.cleaned_data["reason"])):
        messages.success(request, f"{name[0].upper()}{name[1:]} is sent back to those who wrote it.")
        return redirect(reads, key)
    head = headed(request, row.campaign, here=section, title=f"Send {name} back")
    return ask(request, form, head | {"button": "Send it back"}, reads=reads, key=key)
