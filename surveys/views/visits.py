"""A visit to a page of a survey that takes answers: which wave, what it asks, and what was answered so far."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec

from django.core.validators import slug_re
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from core.languages.addresses import spoken
from core.languages.queries import checked_words
from surveys import runner
from surveys.models import Draft, Survey, Wave
from surveys.queries import (
    Standing,
    asked_before,
    asked_by,
    form_in_progress,
    goes_on_elsewhere,
    standing_of,
    survey_page_at,
    was_sent,
    wave_taking_answers,
)
from surveys.runner import Answers, Instrument
from surveys.views.addresses import VIA, address, start_of
from surveys.views.device import digest, token_on

FROM_CHECK = "from=check"
METHODS = ("GET", "HEAD", "POST")

P = ParamSpec("P")


@dataclass(frozen=True)
class Visit:
    """Who asks for what: the request, the survey's slug, the wave, the device's token and its form, if there is one.

    ``language`` is the one that the frame's checked words are in.
    """

    request: HttpRequest
    slug: str
    wave: Wave
    token: str
    draft: Draft | None
    language: str

    @cached_property
    def instrument(self) -> Instrument:
        """What the wave asks, in the language of the words around it where the wave offers that."""
        return asked_by(self.wave, self.language)

    @property
    def answers(self) -> Answers:
        """What was answered so far."""
        return self.draft.answers if self.draft else {}

    @property
    def again(self) -> Collection[str]:
        """The keys of the questions that were corrected after they were answered, and not looked at since."""
        return self.draft.again if self.draft else ()

    @property
    def token_digest(self) -> str:
        """What is stored of the token."""
        return digest(self.token)

    @property
    def from_check(self) -> bool:
        """Whether somebody came from their answers to change one."""
        return FROM_CHECK in self.request.META.get("QUERY_STRING", "")

    @property
    def via(self) -> str:
        """The code of the placement that somebody came by: the address carries it as far as the first answer."""
        code = self.request.GET.get(VIA, "")
        return code if slug_re.fullmatch(code) else ""

    def address(self, *parts: str) -> str:
        """Return the address of a page of this survey."""
        return address(self.slug, *parts)

    def go_to(self, *parts: str) -> HttpResponse:
        """Lead to a page of this survey."""
        return redirect(self.address(*parts))

    def ended(self) -> HttpResponse:
        """Lead to the first page, which says that the form on this device has ended."""
        return ended(self.slug, self.token)

    def lost(self, key: str) -> HttpResponse:
        """Answer somebody who sends the page ``key`` of a form that is not on this device any more.

        Where its wave closed under their hands, and the next one is open already, they read that, with their words.
        """
        over = _just_closed(self.wave)
        sent_or_elsewhere = was_sent(token_digest=self.token_digest) or goes_on_elsewhere(
            token_digest=self.token_digest
        )
        if self.request.method != "POST" or over is None or sent_or_elsewhere:
            return self.ended()
        return _takes_none(self.request, self.slug, over.survey, Standing("closed", over), key)

    def show(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """Answer with a page that no search engine keeps."""
        shared: dict[str, Any] = {"switch_path": start_of(self.slug), "noindex": True, "slug": self.slug}
        shared["asked_in"] = self.instrument.language
        return TemplateResponse(self.request, template, shared | context, status=status)


def answering(view: Callable[Concatenate[Visit, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the visit to a survey that takes answers, or answer that it takes none; keep nothing in caches."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method not in METHODS:
            return wrong_method(request, METHODS)
        today, token = timezone.localdate(), token_on(request)
        draft = form_in_progress(slug=slug, token_digest=digest(token), on=today) if token else None
        wave = draft.wave if draft else wave_taking_answers(slug=slug, on=today)
        if wave is None:
            return not_taking_answers(request, slug, key=str(kwargs.get("key", "")))
        # Its templates are drawn later: the frame in the language shown, questions, answers and errors as here.
        with checked_words(request):
            return view(Visit(request, slug, wave, token, draft, spoken()), *args, **kwargs)

    return guarded


def wrong_method(request: HttpRequest, allowed: Sequence[str]) -> HttpResponse:
    """Answer 405 with a page."""
    response = render(request, "405.html", status=405)
    response["Allow"] = ", ".join(allowed)
    return response


def ended(slug: str, token: str) -> HttpResponse:
    """Lead to the first page, which says that the form on the device with ``token`` has ended, or went on elsewhere."""
    elsewhere = "=elsewhere" if token and goes_on_elsewhere(token_digest=digest(token)) else ""
    return redirect(f"{start_of(slug)}?ended{elsewhere}")


def not_taking_answers(request: HttpRequest, slug: str, key: str = "") -> HttpResponse:
    """Say that the survey at ``slug`` has closed (410) or is not open yet (403), with what was typed on the way."""
    page = survey_page_at(slug)
    if page is None:
        raise Http404
    begun = request.method == "POST" or bool(token_on(request))
    return _takes_none(request, slug, page.survey, standing_of(page.survey, on=timezone.localdate(), begun=begun), key)


def _just_closed(wave: Wave) -> Wave | None:
    """Return the wave before ``wave`` if it closed today or yesterday: forms may still be open on devices."""
    yesterday = timezone.localdate() - timedelta(days=1)
    return wave.survey.waves.closed().filter(closed_on__gte=yesterday).order_by("-number").first()


def _takes_none(request: HttpRequest, slug: str, survey: Survey, standing: Standing, key: str) -> HttpResponse:
    context = {"survey": survey, "survey_state": standing.state, "wave": standing.wave, "slug": slug}
    context |= {"noindex": True, "typed": typed(request, standing.wave, key)}
    status = 410 if standing.state == "closed" else 403
    return TemplateResponse(request, "surveys/not_open.html", context, status=status)


def typed(request: HttpRequest, wave: Wave | None, key: str) -> list[str]:
    """Return the words of one's own that came with a page of questions, for people to take along."""
    if request.method != "POST" or wave is None or wave.instrument is None:
        return []
    page = next((asked.page_of[key] for asked in (asked_by(wave), *asked_before(wave)) if key in asked.page_of), None)
    items = [item for item in page.items if item.asks] if page else []
    names = {name for item in items if item.kind == "text" for name in ("answer", item.key)}
    names |= {runner.other_key(name) for item in items if item.says_more for name in ("answer", item.key)}
    return [words for name in sorted(names) for words in request.POST.getlist(name) if words.strip()]
