"""Checking the answers, the equality questions, sending, and the thanks."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core.limits import who
from core.models import SupportService
from surveys import actions, instruments, runner
from surveys.models import Draft, Response
from surveys.queries import survey_page_at, was_sent
from surveys.runner import Item, Page
from surveys.views import flooding
from surveys.views.addresses import SENT, is_proof, thanks
from surveys.views.device import digest, take_token, token_on
from surveys.views.visits import FROM_CHECK, METHODS, Visit, answering, ended, not_taking_answers, wrong_method

MAIN, EQUALITY = "main", "equality"


@answering
def check(visit: Visit) -> HttpResponse:
    """Show the answers with their change links; then send them, or go on to the choice of equality questions."""
    if visit.request.method != "POST":
        return _show_answers(visit, MAIN, {}) if visit.draft else visit.ended()
    if not _equality_pages(visit):
        return _send(visit, equality=False)
    problems = instruments.problems(visit.instrument, visit.answers, equality=False, again=visit.again)
    return _show_answers(visit, MAIN, problems) if problems else visit.go_to(EQUALITY)


@answering
def equality(visit: Visit) -> HttpResponse:
    """Ask whether somebody wants to answer the equality questions; send the other answers if not."""
    pages = _equality_pages(visit)
    if not visit.instrument.has_equality_part:
        raise Http404
    wanted = visit.request.POST.get("wanted", "")
    if visit.request.method == "POST" and wanted == "no":
        return _send(visit, equality=False)
    if visit.draft is None:
        return visit.ended()
    if not pages:
        return visit.go_to("check")
    if visit.request.method == "POST" and wanted == "yes":
        return visit.go_to(pages[0].key)
    context = {"missing": visit.request.method == "POST", "back": visit.address("check"), "choices": _choices()}
    return visit.show("surveys/equality.html", context)


@answering
def check_equality(visit: Visit) -> HttpResponse:
    """Show the answers to the equality questions with their change links, and send all answers."""
    if not visit.instrument.has_equality_part:
        raise Http404
    if visit.request.method == "POST":
        return _send(visit, equality=True)
    return _show_answers(visit, EQUALITY, {}) if visit.draft else visit.ended()


def _equality_pages(visit: Visit) -> tuple[Page, ...]:
    """Return the pages of equality questions that are asked of whoever fills in this form."""
    return runner.pages(visit.instrument, visit.answers, EQUALITY) if visit.draft else ()


def _choices() -> list[tuple[str, str]]:
    return [("yes", _("Yes, answer the equality questions")), ("no", _("No, send my answers without them"))]


def _send(visit: Visit, *, equality: bool) -> HttpResponse:
    if visit.draft is None:
        return _thank_or_end(visit, None)
    limit = flooding.limit_of(visit.draft.collector, timezone.localdate())
    waits = flooding.wait(visit, limit)
    if waits and not instruments.problems(visit.instrument, visit.answers, equality=equality):
        return waits
    try:
        sent = actions.submit(
            wave=visit.wave,
            token_digest=visit.token_digest,
            equality=equality,
            marks=flooding.marks_of(visit),
            in_burst=limit.is_reached(who(visit.request)),
        )
    except actions.UnfinishedError as unfinished:
        is_main = any(visit.instrument.page_of[key].part == MAIN for key in unfinished.problems)
        return _show_answers(visit, MAIN if is_main else EQUALITY, unfinished.problems)
    except actions.WaveClosedError:
        return not_taking_answers(visit.request, visit.slug)
    except actions.EndedError:
        return _thank_or_end(visit, None)
    limit.add(who(visit.request))
    return _thank_or_end(visit, sent)


def _thank_or_end(visit: Visit, sent: Response | None) -> HttpResponse:
    """Thank for what was ``sent`` now, or by an earlier press of the button; who never sent is told that it ended."""
    if sent is None and not was_sent(token_digest=visit.token_digest):
        return visit.ended()
    response = _copy(visit, sent) if sent and "copy" in visit.request.POST else redirect(thanks(visit.slug))
    take_token(response, visit.slug)
    return response


def _copy(visit: Visit, sent: Response) -> HttpResponse:
    """Thank, with a copy of the answers to print. Nothing is kept for it: this page cannot be called up again."""
    route = runner.route(visit.instrument, sent.answers)
    rows = [
        {"question": item.body["text"], "answers": instruments.worded(item, sent.answers)}
        for item in route
        if item.key in sent.answers
    ]
    page = survey_page_at(visit.slug)
    return visit.show("surveys/done.html", _thanking(page.survey if page else visit.wave.survey) | {"rows": rows})


def _show_answers(visit: Visit, part: str, problems: dict[str, str]) -> HttpResponse:
    pages = runner.pages(visit.instrument, visit.answers, part)
    asked = [item for page in pages for item in page.items if item.asks]
    context = {
        "part": part,
        "rows": [_row(visit, item, problems) for item in asked],
        "back": visit.address(pages[-1].key) if pages else visit.address(),
        "goes_on": part == MAIN and bool(_equality_pages(visit)),
        "problems": [row for row in (_fault(number, item, problems) for number, item in enumerate(asked, 1)) if row],
    }
    return visit.show("surveys/check.html", context)


def _row(visit: Visit, item: Item, problems: dict[str, str]) -> dict[str, Any]:
    return {
        "key": item.key,
        "question": item.body["text"],
        "answers": instruments.worded(item, visit.answers),
        "error": problems.get(item.key, ""),
        "change": f"{visit.address(visit.instrument.page_of[item.key].key)}?{FROM_CHECK}",
    }


def _fault(number: int, item: Item, problems: dict[str, str]) -> dict[str, Any] | None:
    said = problems.get(item.key)
    if not said:
        return None
    return {
        "key": item.key,
        "sentence": _("Question %(number)s: %(sentence)s") % {"number": number, "sentence": said},
    }


@never_cache
def done(request: HttpRequest, slug: str) -> HttpResponse:
    """Thank for answers that were sent today or yesterday, and nobody else; a form in progress goes to its check."""
    if request.method not in METHODS[:2]:
        return wrong_method(request, METHODS[:2])
    page = survey_page_at(slug)
    if page is None:
        raise Http404
    token = token_on(request)
    if token and Draft.objects.filter(token_digest=digest(token), wave__survey=page.survey).exists():
        return redirect("surveys:check", slug)
    if not is_proof(request.GET.get(SENT, ""), slug):
        return ended(slug, token)
    return render(request, "surveys/done.html", _thanking(page.survey) | {"noindex": True, "slug": slug})


def _thanking(survey: Any) -> dict[str, Any]:
    return {"survey": survey, "services": SupportService.objects.all()}
