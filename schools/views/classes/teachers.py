"""What a teacher sees: starting a class, its page behind a private link, and what is printed for it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from campaigns import qr
from core.codes import in_threes
from core.limits import Limit, who
from schools.actions.classes import close_wave, combine, open_wave, start_class
from schools.classes.forms import LinksForm, StartForm
from schools.models import ClassPhase, ClassSession, ClassWave
from schools.queries import page_or_404
from schools.queries.classes import is_closed, session_of, stages_asked
from schools.views.classes.plain import plain

# A staff room shares a connection; nobody starts this many classes in an hour.
STARTED = Limit("classes-started", most=30, minutes=60)


@plain
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask which year and how many, and make a class session of it."""
    page = page_or_404(slug)
    stages = stages_asked(page.pack)
    if not stages:
        raise Http404("No class can be asked about this lesson.")
    form = StartForm(request.POST if request.method == "POST" else None, stages=stages)
    status = 200
    if form.is_bound and form.is_valid():
        if STARTED.lets(who(request)):
            _session, token = start_class(pack=page.pack, **form.cleaned_data)
            return redirect("classes:session", token)
        form.add_error(None, _("Many classes were started from your connection. Try again in an hour."))
        status = 429
    context = {"form": form, "lesson": page, "noindex": True}
    return render(
        request, "schools/classes/start.html", context, status=422 if form.errors and status == 200 else status
    )


class Shown:
    """A wave as a teacher's page shows it: its code, where it leads, and how many answers came."""

    def __init__(self, wave: ClassWave, request: HttpRequest, *, can_open: bool) -> None:
        """Keep the wave."""
        self.wave, self.can_open = wave, can_open
        self.code = in_threes(wave.code)
        self.address = request.build_absolute_uri(reverse("schools:class", args=[wave.code]))
        self.label = ClassPhase(wave.phase).label

    @cached_property
    def count(self) -> int:
        """How many answers came: all that a teacher learns before both waves are closed."""
        return self.wave.answers.count()

    @property
    def drawn(self) -> SafeString:
        """The address as a QR code, a drawing."""
        title = _("QR code: %(time)s") % {"time": self.label}
        drawn = qr.symbol(self.address).svg_inline(border=qr.QUIET, light="#fff", omitsize=True, title=title)
        return mark_safe(drawn)  # noqa: S308  (segno escapes the title)


def _session(token: str) -> ClassSession:
    session = session_of(token)
    if session is None:
        raise Http404("No such class.")
    return session


def _context(request: HttpRequest, session: ClassSession, token: str) -> dict[str, Any]:
    waves = {wave.phase: wave for wave in session.waves.all()}
    before, after = waves[ClassPhase.BEFORE], waves[ClassPhase.AFTER]
    return {
        "session": session,
        "token": token,
        "pack": session.version.pack,
        "waves": [
            Shown(before, request, can_open=True),
            Shown(after, request, can_open=before.closed_on is not None),
        ],
        "enter": request.get_host() + reverse("schools:class_enter"),
        "link": request.build_absolute_uri(request.path),
        "noindex": True,
    }


@plain
def session(request: HttpRequest, token: str) -> HttpResponse:
    """Show how a class stands; open and close its waves, and put it together with others."""
    found = _session(token)
    refused: list[str] = []
    links = LinksForm(request.POST if "links" in request.POST else None)
    if request.method == "POST":
        try:
            if _did(request, found, links):
                return redirect("classes:session", token)
        except ValidationError as error:
            refused = error.messages
        found = _session(token)
    context = _context(request, found, token) | {
        "refused": refused,
        "others": links,
        "is_closed": is_closed(found),
        "items": _items(found),
    }
    return render(request, "schools/classes/session.html", context, status=422 if refused or links.errors else 200)


def _did(request: HttpRequest, found: ClassSession, links: LinksForm) -> bool:
    """Do what a button asks for; tell whether there is nothing to mend.

    Raises:
        ValidationError: it cannot be done now, a sentence for each reason.
    """
    if request.POST.get("open") in ClassPhase.values:
        open_wave(session=found, phase=ClassPhase(request.POST["open"]))
        return True
    if request.POST.get("close") in ClassPhase.values:
        if not request.POST.get("sure"):
            raise ValidationError(
                _("Tick that everybody has answered, then close. What is closed cannot be opened again.")
            )
        close_wave(session=found, phase=ClassPhase(request.POST["close"]))
        return True
    if not links.is_bound or not links.is_valid():
        return False
    others = [session_of(other) for other in links.cleaned_data["links"]]
    if None in others:
        links.add_error("links", _("One of these links leads to no class. Copy it again from the other class's page."))
        return False
    combine(sessions=[found, *(other for other in others if other)])
    return True


def _items(found: ClassSession) -> list[dict[str, Any]]:
    """Return what is told of the class, question by question, with the labels of the answers."""
    if found.result is None:
        return []
    labels = {
        item["key"]: {option["code"]: option["label"] for option in item["options"]}
        for section in found.version.instrument.body["sections"]
        for item in section["items"]
    }
    return [
        item | {"groups": [_worded(group, labels[item["key"]]) for group in item["groups"]]}
        for item in found.result.figures["items"]
    ]


def _worded(group: dict[str, Any], labels: dict[str, str]) -> dict[str, Any]:
    return group | {"labels": [labels[code] for code in group["codes"]]}


@plain
def printed(request: HttpRequest, token: str, what: str) -> HttpResponse:
    """Show a page to print: the sheet with both codes, the notice for parents, the page for safeguarding."""
    found = _session(token)
    questions = [item for section in found.version.instrument.body["sections"] for item in section["items"]]
    context = _context(request, found, token) | {"questions": questions}
    return render(request, f"schools/classes/print_{what}.html", context)
