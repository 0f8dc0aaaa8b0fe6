"""Beginning, answering page by page, and leaving."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.leaving import lead_away
from core.models import SupportService
from surveys import actions, runner
from surveys.forms import PageForm
from surveys.marking import seconds_to_read
from surveys.queries import asked_before, left_out_since, open_link_of, standing_of, survey_page_at
from surveys.runner import Answers, Page
from surveys.views.addresses import came_by
from surveys.views.coming_back import LATER, show_code
from surveys.views.device import digest, give_token, new_token, take_token, token_on
from surveys.views.turns import TURN, is_due, turn
from surveys.views.visits import Visit, answering, typed

EQUALITY = "equality"
ASKED = "asked"  # the digest of the instrument that a page was made of


@answering
def start(visit: Visit) -> HttpResponse:
    """Begin a form, or go on with the one on this device, and lead to its first page.

    Nobody comes to a question without having passed here: so a form that ended stays ended, however Back is pressed.
    """
    if visit.draft is None and open_link_of(visit.wave) is None:
        return visit.go_to("code")
    response = visit.go_to(visit.instrument.pages[0].key)
    response["Location"] += came_by(visit.via)
    give_token(visit.request, response, visit.slug, visit.token if visit.draft else new_token())
    return response


@answering
def step(visit: Visit, key: str) -> HttpResponse:
    """Ask one page, or keep its answers and go on."""
    page = visit.instrument.page_of.get(key)
    if page is None:
        return _no_longer_asked(visit, key)
    if not visit.token:
        return visit.ended()
    if visit.draft is None and page.place:
        return visit.lost(key)
    here = _as_asked(visit, page)
    if here is None:
        return _off_route(visit, page)
    if visit.request.method == "POST":
        return _keep(visit, here)
    return _ask(visit, here, PageForm(here, visit.answers))


def _as_asked(visit: Visit, page: Page) -> Page | None:
    """Return ``page`` with those of its items that are asked; None where none is."""
    on_route = runner.on_route(visit.instrument, visit.answers)
    return next((asked for asked in on_route if asked.place == page.place), None)


def _keep(visit: Visit, here: Page) -> HttpResponse:
    form = PageForm(here, visit.answers, visit.request.POST)
    if _was_corrected_meanwhile(visit, here):
        return _ask(visit, here, form, corrected=True)
    goes_later = LATER in visit.request.POST
    # Who goes before they have answered a page finds it again when they come back.
    skips = goes_later and form.is_empty and visit.answers.keys().isdisjoint(here.keys)
    if not skips and not form.is_valid():
        return _ask(visit, here, form)
    said = {} if skips else form.answers
    answers = {**visit.answers, **said}
    if runner.ends(visit.instrument, answers):
        return _end_kindly(visit)
    first_time = visit.answers.keys().isdisjoint(here.keys)
    try:
        actions.save_answers(
            wave=visit.wave,
            token_digest=visit.token_digest,
            answers=said,
            language=visit.instrument.language,
            may_start=not here.place,
            draft=visit.draft,
            via=visit.via,
            hurried=bool(said)
            and first_time
            and not is_due(visit.request.POST.get(TURN, ""), _turn_subject(visit, here)),
        )
    except actions.EndedError:
        return visit.ended()
    return show_code(visit) if goes_later else _go_on(visit, here, answers)


def _turn_subject(visit: Visit, here: Page) -> str:
    """Return whose turn it is, once the page can have been read: that of this form at this page."""
    return f"{visit.token_digest} {here.key}"


def _go_on(visit: Visit, here: Page, answers: Answers) -> HttpResponse:
    following = runner.next_page(visit.instrument, answers, here.key)
    if visit.from_check:
        following = _newly_asked(visit, here, answers)
    if following is not None:
        response = visit.go_to(following.key)
        response["Location"] += "?from=check" if visit.from_check else ""
        return response
    return visit.go_to(*_check_of(here))


def _newly_asked(visit: Visit, here: Page, answers: Answers) -> Page | None:
    """Return the first page that the changed answer has brought onto the route."""
    before = {page.place for page in runner.on_route(visit.instrument, visit.answers)}
    later = runner.pages(visit.instrument, answers, here.part)
    return next((page for page in later if page.place > here.place and page.place not in before), None)


def _check_of(page: Page) -> tuple[str, ...]:
    return (EQUALITY, "check") if page.part == EQUALITY else ("check",)


def _was_corrected_meanwhile(visit: Visit, here: Page) -> bool:
    """Tell whether the page that was sent asked other words, whose answers do not count for the present ones."""
    sent = visit.request.POST.get(ASKED, visit.wave.asks.digest)
    return sent != visit.wave.asks.digest and not left_out_since(visit.wave, sent).isdisjoint(here.keys)


def _no_longer_asked(visit: Visit, key: str) -> HttpResponse:
    """Say that a correction took a question out, with the words that were typed, and lead on."""
    if not any(key in asked.page_of for asked in asked_before(visit.wave)):
        raise Http404
    following = runner.first_unanswered(visit.instrument, visit.answers, "main")
    on = (following.key,) if following else ("check",)
    context = {"on": visit.address(*on), "typed": typed(visit.request, visit.wave, key), "corrected": True}
    return visit.show("surveys/off_route.html", context, status=409)


def _ask(visit: Visit, here: Page, form: PageForm, *, corrected: bool = False) -> HttpResponse:
    only = here.items[0].body if len(here.items) == 1 else {}
    context = {
        "here": here,
        "heading": only.get("title") or only.get("text") or here.section,
        "informs": only if only and not here.items[0].asks else None,
        "form": form,
        "turn": visit.request.POST.get(TURN) or turn(_turn_subject(visit, here), seconds_to_read(here)),
        "asked": visit.wave.asks.digest,
        "corrected": corrected or not set(visit.again).isdisjoint(here.keys),
        "back": _back(visit, here),
        "numbers": _numbers(visit, here),
    }
    return visit.show("surveys/step.html", context)


def _back(visit: Visit, here: Page) -> str:
    if visit.from_check:
        return visit.address(*_check_of(here))
    before = runner.previous_page(visit.instrument, visit.answers, here.key)
    if before is not None:
        return visit.address(before.key)
    return visit.address(EQUALITY) if here.part == EQUALITY else visit.address()


def _numbers(visit: Visit, here: Page) -> dict[str, int]:
    """Return which question this is and, where it is the same for everyone, of how many; nothing if it is none."""
    on_route = runner.pages(visit.instrument, visit.answers, here.part)
    questions = [item.key for page in on_route for item in page.items if item.asks]
    asked = [item.key for item in here.items if item.asks]
    if len(asked) != 1:
        return {}
    number = {"number": questions.index(asked[0]) + 1}
    return number if visit.instrument.routed else number | {"total": len(questions)}


def _off_route(visit: Visit, page: Page) -> HttpResponse:
    """Say that a question is not asked of whoever gave these answers, and lead on."""
    following = runner.next_page(visit.instrument, visit.answers, page.key)
    on = (following.key,) if following else _check_of(page)
    return visit.show("surveys/off_route.html", {"on": visit.address(*on)}, status=409)


def _end_kindly(visit: Visit) -> HttpResponse:
    """End the form of somebody for whom the survey is not meant: nothing of theirs stays, this answer least of all."""
    actions.forget_form(token_digest=visit.token_digest)
    response = visit.go_to("not-for-you")
    take_token(response, visit.slug)
    return response


@require_safe
@never_cache
def not_for_you(request: HttpRequest, slug: str) -> HttpResponse:
    """Thank somebody for whom the survey is not meant, and say where they find help."""
    page = survey_page_at(slug)
    if page is None:
        raise Http404
    wave = standing_of(page.survey, on=timezone.localdate()).wave
    context = {"survey": page.survey, "wave": wave, "services": SupportService.objects.all()}
    return render(request, "surveys/not_for_you.html", context | {"noindex": True, "slug": slug})


@require_safe
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """End the form on this device and lead away at once, whatever survey this is."""
    token = token_on(request)
    if token:
        actions.end_form(token_digest=digest(token))
    response = lead_away(request)
    take_token(response, slug)
    return response
