"""Sending a mailing in the admin: approve, lay at Mailchimp, send, stop, and decide about what is not known."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from campaigns.actions.sending import asking
from campaigns.actions.sending.testing import ask_for_test
from campaigns.enums import MailingState, TestState, Wish
from campaigns.forms.reviewing import ApproveForm, SendBackForm
from campaigns.forms.sending import SendForm, TestForm
from campaigns.languages import direction, language_name
from campaigns.mailings.outgoing import Outgoing
from campaigns.mailings.standing import people, standing_of
from campaigns.models import Mailing, SendRequest
from campaigns.queries.mailings import content_hash
from campaigns.queries.reviewing import approves, why_not_approve
from campaigns.queries.sending import copy_at_mailchimp, copy_laid, may_say_it_did_not_go, open_request
from campaigns.staff_views.keeping import ask, in_its_state, is_kept, require_reader, sent
from campaigns.staff_views.sections import headed
from core.access import signed_in
from core.models import User

CHANGES = "campaigns.change_mailing"
LOOKED = "I have read it as it arrives, and whom it goes to, and it may go out."
SECONDS_BETWEEN_LOOKS = 2
HURRIED = (MailingState.PUSHING, MailingState.SEND_REQUESTED, MailingState.SENDING)

Action = Callable[..., Any]


def sending_of(request: HttpRequest, found: Mailing) -> dict[str, Any]:
    """Return what the page of a mailing tells of its sending, and what the user may do next."""
    user = signed_in(request)
    asked = open_request(found)
    waits = found.state == MailingState.SUBMITTED
    may = _may_send(user)
    is_open = may and not found.campaign.is_closed
    decides = approves(user, Mailing)
    return {
        "standing": standing_of(found),
        "asked": asked,
        "work": getattr(found, "work", None),
        "reports": list(found.reports.all()),
        "tests": list(found.tests.select_related("by").prefetch_related("to")[:5]),
        "why_not": why_not_approve(found, user) if waits and decides else "",
        "may_approve": waits and not why_not_approve(found, user),
        "may_prepare": is_open and found.state in {MailingState.APPROVED, MailingState.READY},
        "may_send": is_open and found.state == MailingState.READY,
        "may_stop": may and found.state in {MailingState.SEND_REQUESTED, MailingState.SCHEDULED},
        "may_write_anew": is_open and found.state in {MailingState.APPROVED, MailingState.READY},
        "may_give_up": may and found.state in asking.BEFORE_IT_GOES,
        "may_test": is_open and found.state not in {MailingState.CANCELLED, MailingState.SENT},
        "may_decide": decides and found.state == MailingState.UNKNOWN and asked is not None,
        "may_try_again": decides and may_say_it_did_not_go(found, timezone.now()),
        "may_ask_for_report": may and _has_report_to_read(found),
        "looks_again": _looks_again(found, asked),
    }


def _has_report_to_read(found: Mailing) -> bool:
    is_asked = found.report_asked_at is not None
    return found.state == MailingState.SENT and not is_asked and copy_at_mailchimp(found) is not None


def _looks_again(found: Mailing, asked: SendRequest | None) -> bool:
    waits = asked is not None and asked.wish in {Wish.STOP, Wish.AGAIN}
    tests = found.tests.filter(state__in=[TestState.WAITING, TestState.SENDING])
    return found.state in HURRIED or waits or found.report_asked_at is not None or tests.exists()


def looking_again(response: HttpResponse, context: dict[str, Any]) -> HttpResponse:
    """Let the page of a mailing that a worker is at look again by itself."""
    if context["looks_again"]:
        response["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return response


def _may_send(user: User) -> bool:
    return user.has_perm(CHANGES) or approves(user, Mailing)


def _found(request: HttpRequest, pk: int, *states: MailingState) -> Mailing:
    """Return a mailing in one of ``states`` for who may send mailings, or answer 404.

    Raises:
        PermissionDenied: they may not.
    """
    if not _may_send(signed_in(request)):
        raise PermissionDenied
    found = Mailing.objects.select_related("campaign")
    return get_object_or_404(found, pk=pk, **({"state__in": states} if states else {}))


def _head(request: HttpRequest, found: Mailing, title: str) -> dict[str, Any]:
    head = headed(request, found.campaign, here="mailings", title=title)
    return head | {"mailing": found, "reads": "campaigns:mailing", "key": found.pk}


@never_cache
@in_its_state("campaigns:mailing")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all that goes out and to whom, and approve it."""
    require_reader(request, Mailing)
    found = get_object_or_404(Mailing.objects.select_related("campaign"), pk=pk, state=MailingState.SUBMITTED)
    user = signed_in(request)
    if why := why_not_approve(found, user):
        messages.error(request, why)
        return redirect("campaigns:mailing", pk)
    form = ApproveForm(sent(request), initial={"seen": content_hash(found)}, statement=LOOKED)
    seen = form.cleaned_data["seen"] if form.is_valid() else ""
    if is_kept(form, lambda: asking.approve_mailing(mailing=found, by=user, seen=seen)):
        messages.success(request, f"“{found}” is approved. Lay it at Mailchimp next.")
        return redirect("campaigns:mailing", pk)
    context = {
        **_head(request, found, f"Approve “{found}”"),
        "form": form,
        "language": language_name(found.language),
        "direction": direction(found.language),
        **_facts(found),
    }
    return render(request, "campaigns/admin/approve_mailing.html", context, status=422 if form.errors else 200)


@never_cache
@in_its_state("campaigns:mailing")
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, and give it back to those who wrote it."""
    require_reader(request, Mailing)
    found = get_object_or_404(Mailing.objects.select_related("campaign"), pk=pk, state=MailingState.SUBMITTED)
    user = signed_in(request)
    if why := why_not_approve(found, user):
        messages.error(request, why)
        return redirect("campaigns:mailing", pk)
    form = SendBackForm(sent(request))
    if is_kept(form, lambda: asking.send_back_mailing(mailing=found, by=user, reason=form.cleaned_data["reason"])):
        messages.success(request, f"“{found}” is sent back to those who wrote it.")
        return redirect("campaigns:mailing", pk)
    head = _head(request, found, f"Send “{found}” back")
    return ask(request, form, head | {"button": "Send it back"}, reads="campaigns:mailing", key=pk)


def _facts(found: Mailing) -> dict[str, Any]:
    """Return to whom a mailing goes, as every page says that asks for a decision about it."""
    if not found.frozen:
        return {}
    copy, asked = copy_laid(found), open_request(found)
    return {"goes": Outgoing.of(found.frozen), "counted": copy.recipients if copy else None, "asked": asked}


@require_POST
def prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a mailing laid at Mailchimp and compared: nothing goes out by that."""
    found = _found(request, pk)
    said = "It is being laid at Mailchimp and compared. Nothing goes out by that."
    return _done(request, found, said, lambda: asking.prepare(mailing=found, by=signed_in(request)))


@require_POST
@in_its_state("campaigns:mailing")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the worker read at once what became of a mailing."""
    found = _found(request, pk, MailingState.SENT)
    said = "Mailchimp is asked what became of it. Below is what it says."
    return _done(request, found, said, lambda: asking.ask_for_report(mailing=found, by=signed_in(request)))


def _done(request: HttpRequest, found: Mailing, said: str, do: Callable[[], object]) -> HttpResponse:
    """Do it and say so, or say why not."""
    try:
        do()
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, said)
    return redirect("campaigns:mailing", found.pk)


@never_cache
@in_its_state("campaigns:mailing")
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Show to whom and to how many it goes, ask when, and have it sent."""
    found = _found(request, pk, MailingState.READY)
    user, facts = signed_in(request), _facts(found)
    form = SendForm(
        sent(request),
        initial={"seen": found.digest},
        may_send_at_once=approves(user, Mailing),
        statement=f"It goes to {people(facts['counted'] or 0)}: {facts['goes'].to_whom}.",
    )

    def keep() -> None:
        said = form.cleaned_data
        asking.request_send(mailing=found, by=user, seen=said["seen"], due=said["due"])

    if is_kept(form, keep):
        messages.success(request, "It goes once. Below is how far it is.")
        return redirect("campaigns:mailing", pk)
    title = f"Send “{found}” to {people(facts['counted'] or 0)}"
    return _step(request, found, form, title=title, button=title, facts=facts)


def _step(
    request: HttpRequest,
    found: Mailing,
    form: forms.Form,
    *,
    title: str,
    button: str,
    facts: dict[str, Any],
    about: str = "",
) -> HttpResponse:
    context = {**_head(request, found, title), "form": form, "button": button, "about": about, **facts}
    return render(request, "campaigns/admin/mailing_step.html", context, status=422 if form.errors else 200)


@never_cache
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask which colleagues get a test, and send it to them."""
    found = _found(request, pk)
    form = TestForm(sent(request))
    user = signed_in(request)
    if is_kept(form, lambda: ask_for_test(mailing=found, to=form.cleaned_data["to"], by=user)):
        messages.success(request, "The test is being sent. Below is what came of it.")
        return redirect("campaigns:mailing", pk)
    about = "It is sent as it stands now, once, through a draft of its own at Mailchimp that goes to nobody else."
    title = f"Send a test of “{found}”"
    return _step(request, found, form, title=title, button="Send the test", facts=_facts(found), about=about)


def _confirmed(
    title: str, *, about: str, said: str, take: Action, states: tuple[MailingState, ...]
) -> Callable[[HttpRequest, int], HttpResponse]:
    """Return a view that says on a page of its own what a step means, and takes it when asked to."""

    @never_cache
    @in_its_state("campaigns:mailing")
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        found = _found(request, pk, *states)
        if request.method == "POST":
            return _done(request, found, said, lambda: take(mailing=found, by=signed_in(request)))
        full = f"{title}: “{found}”"
        return _step(request, found, forms.Form(), title=full, button=title, facts=_facts(found), about=about)

    return view


stop = _confirmed(
    "Stop it",
    about="It is taken off the schedule, and can be scheduled again. If Mailchimp has begun already, it is too late, "
    "and this page will say so.",
    said="It is being stopped. Below is how it stands.",
    take=asking.stop,
    states=(MailingState.SEND_REQUESTED, MailingState.SCHEDULED),
)
try_again = _confirmed(
    "It did not go: try again",
    about="Look at Mailchimp first: if it went, it must not go twice. This site asks Mailchimp once more, and only if "
    "it is still a draft there can it be sent again.",
    said="Mailchimp is looked at once more. Below is how it stands.",
    take=asking.say_it_did_not_go,
    states=(MailingState.UNKNOWN,),
)
leave = _confirmed(
    "Leave it as it is",
    about="Nothing is sent again. If Mailchimp later says what became of it, this site takes that for true.",
    said="It is left as it is.",
    take=asking.leave_it,
    states=(MailingState.UNKNOWN,),
)
write_anew = _confirmed(
    "Write it again",
    about="What was approved goes out no more. It needs a colleague's approval again.",
    said="It can be written again.",
    take=asking.write_anew,
    states=(MailingState.APPROVED, MailingState.READY),
)
give_up = _confirmed(
    "Give it up",
    about="It never goes out, and cannot be taken up again. What lies at Mailchimp stays there as a draft.",
    said="It is given up.",
    take=asking.give_up,
    states=asking.BEFORE_IT_GOES,
)

addresses = [
    path("mailing/<int:pk>/approve/", approve, name="approve_mailing"),
    path("mailing/<int:pk>/send-back/", send_back, name="send_back_mailing"),
    path("mailing/<int:pk>/prepare/", prepare, name="prepare_mailing"),
    path("mailing/<int:pk>/go/", send, name="send_mailing"),
    path("mailing/<int:pk>/test/", test, name="test_mailing"),
    path("mailing/<int:pk>/report/", report, name="report_mailing"),
    path("mailing/<int:pk>/stop/", stop, name="stop_mailing"),
    path("mailing/<int:pk>/try-again/", try_again, name="try_mailing_again"),
    path("mailing/<int:pk>/leave/", leave, name="leave_mailing"),
    path("mailing/<int:pk>/write-again/", write_anew, name="write_mailing_anew"),
    path("mailing/<int:pk>/give-up/", give_up, name="give_up_mailing"),
]
