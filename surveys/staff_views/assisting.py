"""Where staff ask somebody the questions by telephone or face to face, in the same words and the same order.

The form in progress is a draft like any other: it says which way in it came by, and not who sat there with whom.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access

from core.languages.queries import checked_words
from surveys import actions, instruments, runner
from surveys.enums import CollectorKind
from surveys.forms import AssistedForm
from surveys.models import Collector, Draft
from surveys.paper.layout import languages_of
from surveys.queries import asked_by
from surveys.runner import Instrument, Item, Page
from surveys.staff_views.access import require
from surveys.staff_views.heads import headed
from surveys.views.device import COOKIE, digest, new_token, token_on

MAIN, EQUALITY = "main", "equality"


@dataclass(frozen=True)
class Sitting:
    """Somebody being asked: by which way in, the token of their form, and the form."""

    request: HttpRequest
    collector: Collector
    token: str
    draft: Draft

    @cached_property
    def instrument(self) -> Instrument:
        """What they are asked, in their language."""
        return asked_by(self.collector.wave, self.draft.language)

    def address(self, *parts: str) -> str:
        """Return the address of a page of this sitting."""
        return _start(self.collector) + "".join(f"{part}/" for part in parts)

    def show(self, template: str, heading: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """Answer with a page."""
        language = {"language": self.instrument.language, "is_rtl": _is_rtl(self.instrument.language)}
        shared = {"collector": self.collector, "sitting": self, **language, **headed(heading, self.collector.wave)}
        return render(self.request, f"surveys/admin/assisted/{template}.html", shared | context, status=status)


def _is_rtl(language: str) -> bool:
    return translation.get_language_info(language)["bidi"]


def _start(collector: Collector) -> str:
    return reverse("survey_assist", args=[collector.pk])


def _collector(request: HttpRequest, pk: int) -> Collector:
    require(request, "enter_answers")
    found = Collector.objects.filter(kind=CollectorKind.ASSISTED).select_related("wave__survey", "wave__instrument")
    return get_object_or_404(found, pk=pk)


def _sitting(request: HttpRequest, pk: int) -> Sitting | None:
    """Return the sitting of which this browser has the token; None where it has ended."""
    collector, token = _collector(request, pk), token_on(request)
    draft = Draft.objects.filter(token_digest=digest(token), collector=collector).first() if token else None
    return Sitting(request, collector, token, draft) if draft else None


def _ended(request: HttpRequest, pk: int) -> HttpResponse:
    messages.warning(request, "This form has ended: it was sent, or was left for too long. Begin again.")
    return redirect("survey_assist", pk)


@never_cache
@require_admin_access
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is read out before the first question; begin a form once somebody has agreed."""
    collector = _collector(request, pk)
    wave = collector.wave
    if not wave.takes_answers(timezone.localdate()):
        messages.error(request, f"{wave} takes no answers now.")
        return redirect("survey_ways_in", wave.pk)
    languages = languages_of(wave.body)
    language = request.GET.get("language", languages[0])
    if language not in languages:
        raise Http404
    if request.method == "POST":
        return _begun(request, collector, language)
    context = {
        "collector": collector,
        "wave": wave,
        "language": language,
        "languages": languages,
        "is_rtl": _is_rtl(language),
        "consent": _consent(collector, language),
        "notice": collector.wave.survey.notice_in(language),
    }
    heading = f"{collector.title}: a new person"
    return render(request, "surveys/admin/assisted/begin.html", context | headed(heading, wave))


def _begun(request: HttpRequest, collector: Collector, language: str) -> HttpResponse:
    token = new_token()
    actions.begin_sitting(collector=collector, token_digest=digest(token), language=language)
    first = asked_by(collector.wave, language).pages[0]
    response = redirect(f"{_start(collector)}{first.key}/")
    response.set_cookie(
        COOKIE, token, path=_start(collector), secure=request.is_secure(), httponly=True, samesite="Strict"
    )
    return response


def _consent(collector: Collector, language: str) -> list[str]:
    """Return what is read out before anything is asked, a sentence a line, in ``language`` if its words are checked."""
    with translation.override(language), checked_words():
        return [
            translation.gettext("We are asking people some questions, so that the council knows what they think."),
            translation.ngettext(
                "It takes about %(minutes)s minute.",
                "It takes about %(minutes)s minutes.",
                collector.wave.survey.minutes,
            )
            % {"minutes": collector.wave.survey.minutes},
            translation.gettext(
                "I type your answers in. I do not write down your name, and nothing that is kept says who you are."
            ),
            translation.gettext("You do not have to take part. You can leave out any question, and stop at any time."),
            translation.gettext("Once they are sent, your answers cannot be found again to be changed or taken back."),
            translation.gettext("This is not a place to report. In danger, call 999."),
            translation.gettext("Would you like to take part?"),
        ]


@never_cache
@require_admin_access
def ask(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Ask one page, or keep what was said and go on."""
    sitting = _sitting(request, pk)
    if sitting is None:
        return _ended(request, pk)
    here = _here(sitting, key)
    form = AssistedForm(here, sitting.draft.answers, request.POST if request.method == "POST" else None)
    if request.method != "POST" or (here.asks and not form.is_valid()):
        context = {"here": here, "form": form, "back": _back(sitting, here)}
        return sitting.show("ask", here.section, context, status=422 if form.errors else 200)
    return _kept(sitting, here, form.answers if here.asks else {})


def _here(sitting: Sitting, key: str) -> Page:
    """Return the page as it is asked of somebody who may leave out every question.

    Raises:
        Http404: it is none, or is not asked of somebody with these answers.
    """
    on_route = runner.on_route(sitting.instrument, sitting.draft.answers)
    page = next((page for page in on_route if key in page.keys), None)
    if page is None:
        raise Http404
    return replace(page, items=tuple(_may_leave_out(item) for item in page.items))


def _may_leave_out(item: Item) -> Item:
    return replace(item, body={**item.body, "required": False}) if item.asks else item


def _kept(sitting: Sitting, here: Page, said: dict[str, Any]) -> HttpResponse:
    answers = {**sitting.draft.answers, **said}
    if runner.ends(sitting.instrument, answers):
        actions.end_form(token_digest=digest(sitting.token))
        messages.info(sitting.request, "The survey is meant for other people. Thank them: nothing is kept.")
        return _over(sitting.collector)
    try:
        actions.save_answers(
            wave=sitting.collector.wave,
            token_digest=digest(sitting.token),
            answers=said,
            language=sitting.draft.language,
            may_start=False,
            draft=sitting.draft,
        )
    except actions.EndedError:
        return _ended(sitting.request, sitting.collector.pk)
    following = runner.next_page(sitting.instrument, answers, here.items[0].key)
    return redirect(sitting.address(following.key if following else f"check-{here.part}"))


def _back(sitting: Sitting, here: Page) -> str:
    before = runner.previous_page(sitting.instrument, sitting.draft.answers, here.items[0].key)
    return sitting.address(before.key) if before else ""


@never_cache
@require_admin_access
def check(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """Show what was said, to be read back; then send it, or go on to the equality questions."""
    sitting = _sitting(request, pk)
    if sitting is None:
        return _ended(request, pk)
    equality = runner.pages(sitting.instrument, sitting.draft.answers, EQUALITY)
    problems: dict[str, str] = {}
    if request.method == "POST":
        if "equality" in request.POST and equality:
            return redirect(sitting.address(equality[0].key))
        try:
            return _sent(sitting, equality=part == EQUALITY)
        except actions.UnfinishedError as wrong:
            problems = wrong.problems
    pages = runner.pages(sitting.instrument, sitting.draft.answers, part)
    asked = [item for page in pages for item in page.items if item.asks]
    context = {
        "rows": [_row(sitting, item, problems) for item in asked],
        "asks_equality": part == MAIN and bool(equality),
    }
    return sitting.show("check", "Read back what they said", context, status=422 if problems else 200)


def _row(sitting: Sitting, item: Item, problems: dict[str, str]) -> dict[str, Any]:
    return {
        "question": item.body["text"],
        "answers": instruments.worded(item, sitting.draft.answers),
        "error": problems.get(item.key, ""),
        "change": sitting.address(sitting.instrument.page_of[item.key].key),
    }


def _sent(sitting: Sitting, *, equality: bool) -> HttpResponse:
    try:
        actions.submit(wave=sitting.collector.wave, token_digest=digest(sitting.token), equality=equality)
    except actions.WaveClosedError:
        messages.error(sitting.request, "The wave takes no answers now, so they could not be sent.")
        return redirect(sitting.address(f"check-{EQUALITY if equality else MAIN}"))
    except actions.EndedError:
        return _ended(sitting.request, sitting.collector.pk)
    messages.success(sitting.request, "Sent. Thank them.")
    return _over(sitting.collector)


@require_POST
@require_admin_access
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a form whose person wants to stop."""
    sitting = _sitting(request, pk)
    if sitting is None:
        return _ended(request, pk)
    actions.end_form(token_digest=digest(sitting.token))
    messages.info(request, "Nothing of it is kept.")
    return _over(sitting.collector)


def _over(collector: Collector) -> HttpResponse:
    response = redirect("survey_assist", collector.pk)
    response.delete_cookie(COOKIE, path=_start(collector), samesite="Strict")
    return response
