"""The pages for people: the inbox, each email, the links in them, and what is known of the audiences."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string

from campaigns.mailchimp.sandbox import letters
from campaigns.mailchimp.sandbox.audiences import in_segment, subscribed
from campaigns.mailchimp.sandbox.faults import KINDS, Faults
from campaigns.mailchimp.sandbox.inbox import inbox, site_message
from campaigns.mailchimp.sandbox.members import profile, set_status, unsubscribed
from campaigns.mailchimp.sandbox.state import Row, State
from campaigns.mailchimp.sandbox.telling import tell

READERS = 200  # recipients listed of one email
# What an email may do in a browser: show itself, its pictures from this machine, and its links.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data: http://localhost:* http://127.0.0.1:*; "
    "form-action 'none'"
)
PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'"


@dataclass
class Visit:
    """One request for a page."""

    state: State
    faults: Faults
    request: WSGIRequest
    base: str
    mail: Path | None
    """Where the site writes its own mail."""


def show(template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Return a page."""
    response = HttpResponse(render_to_string(f"campaigns/sandbox/{template}.html", context), status=status)
    response["Content-Security-Policy"] = PAGE_POLICY
    return response


def front(visit: Visit) -> HttpResponse:
    """Show the inbox."""
    return show("inbox", items=inbox(visit.state, visit.mail), now=visit.state.now())


def sent(visit: Visit, send_id: str) -> HttpResponse:
    """Show to whom an email went."""
    send = _send(visit, send_id)
    members = [letters.member_of_send(visit.state, send, key) for key in send["recipients"]]
    readers = [member for member in members if member]
    settings = send["frozen"]["settings"]
    return show("sent", send=send, settings=settings, readers=readers[:READERS], more=len(readers) - READERS)


def _send(visit: Visit, send_id: str) -> Row:
    for send in visit.state.sends:
        if send["id"] == send_id:
            return send
    raise Http404


def _member(visit: Visit, send: Row, key: str) -> Row:
    if member := letters.member_of_send(visit.state, send, key):
        return member
    raise Http404


def email(visit: Visit, send_id: str, key: str, part: str = "") -> HttpResponse:
    """Show an email as one person got it."""
    send = _send(visit, send_id)
    return _mail(letters.arrived(visit.state, visit.base, send, _member(visit, send, key)), part)


def single(visit: Visit, letter_id: str, part: str = "") -> HttpResponse:
    """Show what went to one person alone."""
    return _mail(letters.letter(visit.state, visit.base, _letter(visit, letter_id)), part)


def _letter(visit: Visit, letter_id: str) -> Row:
    for row in visit.state.letters:
        if row["id"] == letter_id:
            return row
    raise Http404


def site_mail(visit: Visit, name: str, part: str = "") -> HttpResponse:
    """Show what the site sent by itself."""
    if message := site_message(visit.mail, name):
        return _mail(message, part)
    raise Http404


def archive(visit: Visit, campaign_id: str) -> HttpResponse:
    """Show an email to anybody, as its archive does."""
    campaign = visit.state.campaigns.get(campaign_id)
    if not campaign or not campaign["recipients"]["list_id"]:
        raise Http404
    return _mail(letters.anonymous(visit.state, visit.base, campaign), "html")


def _mail(message: EmailMessage, part: str) -> HttpResponse:
    text, html = letters.parts(message)
    if part == "html":
        response = HttpResponse(html or "<p>There is no HTML.</p>")
        response["Content-Security-Policy"] = MAIL_POLICY
        return response
    if part:
        raise Http404
    return show("email", headers=message.items(), subject=message["Subject"], text=text, has_html=bool(html))


def unsubscribe(visit: Visit, send_id: str, key: str) -> HttpResponse:
    """Ask, and on POST let the member leave; a mail program's own button posts at once."""
    send = _send(visit, send_id)
    member, state = _member(visit, send, key), visit.state
    audience = state.audiences[member["list_id"]]
    if visit.request.method != "POST":
        return show("ask", title=f"Leave {audience['name']}?", button="Unsubscribe")
    if member["status"] != "unsubscribed":
        set_status(state, audience, member, "unsubscribed")
        member["_compliance"] = True
        if campaign := state.campaigns.get(send["campaign"]):
            campaign["_unsubscribed"] = campaign.get("_unsubscribed", 0) + 1
        unsubscribed(state, audience, member, source="user", campaign_id=send["campaign"])
    return show("done", title="You are unsubscribed.")


def confirm(visit: Visit, letter_id: str) -> HttpResponse:
    """Ask, and on POST let the member be subscribed."""
    row, state = _letter(visit, letter_id), visit.state
    audience = state.audiences.get(row.get("audience", ""))
    member = audience["_members"].get(row["member"]) if audience else None
    if not audience or not member:
        raise Http404
    if visit.request.method != "POST":
        return show("ask", title=f"Subscribe to {audience['name']}?", button="Subscribe")
    if member["status"] == "pending":
        set_status(state, audience, member, "subscribed")
        tell(state, audience, "subscribe", profile(audience, member), source="user")
    return show("done", title="You are subscribed.")


def update_profile(visit: Visit, list_id: str, key: str) -> HttpResponse:
    """Show what a member chose, and on POST change it."""
    state, posted = visit.state, visit.request.POST
    audience = state.audiences.get(list_id)
    member = audience["_members"].get(key) if audience else None
    if not audience or not member:
        raise Http404
    if visit.request.method == "POST":
        member["interests"] = {name: name in posted.getlist("interests") for name in member["interests"]}
        member |= {"language": posted.get("language", "")[:5], "last_changed": state.stamp()}
        tell(state, audience, "profile", profile(audience, member), source="user")
        return show("done", title="Your choices are kept.")
    return show("profile", audience=audience, member=member, categories=_categories(audience, member))


def _categories(audience: Row, member: Row) -> list[Row]:
    return [
        {
            "title": category["title"],
            "interests": [
                interest | {"ticked": member["interests"].get(interest["id"])} for interest in category["_interests"]
            ],
        }
        for category in audience["_categories"]
    ]


def nobody(visit: Visit, **_: str) -> HttpResponse:  # noqa: ARG001  (every page is called alike)
    """Answer the links of tests and of the archive, which stand for nobody."""
    return show("done", title="This link is nobody's: it came from a test or from the archive.")


def audiences(visit: Visit) -> HttpResponse:
    """Show what is known of the audiences, and whom webhooks told of them."""
    rows = []
    for audience in visit.state.audiences.values():
        segments = [row | {"count": len(in_segment(audience, row))} for row in audience["_segments"]]
        facts = {"name": audience["name"], "id": audience["id"], "double_optin": audience["double_optin"]}
        lists = {"members": list(audience["_members"].values())[:READERS], "segments": segments}
        rows.append(facts | lists | {"count": len(subscribed(audience)), "webhooks": audience["_webhooks"]})
    return show("audiences", audiences=rows, deliveries=visit.state.deliveries[-50:][::-1])


def emails(visit: Visit) -> HttpResponse:
    """Show every email at Mailchimp, drafts included, with where it stands."""
    rows = sorted(visit.state.campaigns.values(), key=lambda row: row["web_id"], reverse=True)
    return show("emails", campaigns=rows)


def faults(visit: Visit) -> HttpResponse:
    """List what is to go wrong; on POST ask for more, on DELETE for nothing."""
    request = visit.request
    if request.method == "DELETE":
        visit.faults.clear()
    elif request.method == "POST":
        try:
            asked = json.loads(request.body) if "json" in str(request.content_type) else _typed(request.POST.dict())
            visit.faults.add(**asked)
        except (ValueError, TypeError) as error:
            return HttpResponse(f"That is no fault: {error}", status=400, content_type="text/plain")
    if "json" in request.headers.get("Accept", ""):
        return JsonResponse({"faults": visit.faults.rows()})
    if request.method == "POST":
        return HttpResponseRedirect("/sandbox/faults")
    return show("faults", kinds=KINDS.items(), faults=visit.faults.rows())


def _typed(form: dict[str, str]) -> dict[str, Any]:
    """Return the fields of the form, numbers as numbers, what was left empty left out."""
    numbers: dict[str, Callable[[str], Any]] = {"times": int, "status": int, "seconds": float}
    return {name: numbers.get(name, str)(value) for name, value in form.items() if value}


def clock(visit: Visit) -> HttpResponse:
    """Move the sandbox's clock forward by so many minutes."""
    if visit.request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    minutes = visit.request.POST.get("minutes", "")
    if not minutes.isdecimal() or len(minutes) > 6:
        return HttpResponse("Say by how many minutes, as a whole number.", status=400, content_type="text/plain")
    visit.state.ahead += int(minutes) * 60
    return HttpResponseRedirect("/")


def sends(visit: Visit) -> HttpResponse:
    """Answer, as JSON, each time that an email really went: which, when, and to how many."""
    rows = [
        {"campaign": send["campaign"], "at": send["at"], "recipients": len(send["recipients"])}
        for send in visit.state.sends
    ]
    return JsonResponse({"sends": rows})


PAGES: dict[str, Callable[..., HttpResponse]] = {
    "": front,
    "sandbox/sent/<send_id>/": sent,
    "sandbox/sent/<send_id>/<key>/": email,
    "sandbox/sent/<send_id>/<key>/<part>/": email,
    "sandbox/letters/<letter_id>/": single,
    "sandbox/letters/<letter_id>/<part>/": single,
    "sandbox/mail/<name>/": site_mail,
    "sandbox/mail/<name>/<part>/": site_mail,
    "sandbox/emails/": emails,
    "sandbox/emails/<campaign_id>/": archive,
    "sandbox/unsubscribe/nobody/": nobody,
    "sandbox/profile/<list_id>/nobody/": nobody,
    "sandbox/unsubscribe/<send_id>/<key>/": unsubscribe,
    "sandbox/confirm/<letter_id>/": confirm,
    "sandbox/profile/<list_id>/<key>/": update_profile,
    "sandbox/audiences/": audiences,
    "sandbox/faults": faults,
    "sandbox/clock": clock,
    "sandbox/sends": sends,
}
