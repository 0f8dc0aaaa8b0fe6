"""For which school a pack was taken: asked after it was taken, and in nobody's way. No page of these sets a cookie."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.forms import came_from_elsewhere
from core.limits import Limit, who
from schools.actions.reached import tell_school
from schools.models import LessonPackPage
from schools.queries import page_or_404
from schools.queries.register import LONGEST_SEARCH, Found, find_schools
from schools.register.asking import AnswerForm, SearchForm

# A staff room sends its answers over one connection; suggestions come at every third of a second that somebody types.
TOLD = Limit("school-told", most=20, minutes=2)
LOOKED_FOR = Limit("school-looked-for", most=120, minutes=2)
WAIT = 120  # seconds
SUGGESTIONS_KEPT = 300  # seconds, by the browser that asked


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pack: str) -> HttpResponse:
    """Let somebody look for a school by ``?q=``, and on POST keep what they chose.

    Raises:
        Http404: no live, public page of a pack stands at this address.
        PermissionDenied: another site sent the form.
    """
    if request.method == "POST":
        return _answer(request, page_or_404(pack))
    typed = _typed(request.GET)
    slowed = _held_up(request, LOOKED_FOR) if typed else ""
    found = find_schools("" if slowed else typed)
    return _show(request, page_or_404(pack), AnswerForm(found=found), found, typed, slowed=slowed)


def _answer(request: HttpRequest, page: LessonPackPage) -> HttpResponse:
    if came_from_elsewhere(request):
        raise PermissionDenied("This form was sent from another site.")
    typed = _typed(request.POST)
    found = find_schools(typed)
    form = AnswerForm(request.POST, found=found)
    if not form.is_valid():
        return _show(request, page, form, found, typed)
    if slowed := _held_up(request, TOLD):
        form.add_error(None, slowed)
        return _show(request, page, form, found, typed, slowed=slowed)
    told, school = form.told
    tell_school(pack=page.pack, told=told, school=school, day=timezone.localdate())
    return redirect("which_school:thanks", page.slug)


@require_safe
@cache_control(private=True, max_age=SUGGESTIONS_KEPT)
def suggest(request: HttpRequest, pack: str) -> HttpResponse:
    """Give the answers to choose from alone, for the page's script while somebody types.

    Raises:
        Http404: no live, public page of a pack stands at this address.
    """
    typed = _typed(request.GET)
    if _held_up(request, LOOKED_FOR):
        response = HttpResponse(status=429, headers={"Retry-After": str(WAIT)})
        response["Cache-Control"] = "no-store"
        return response
    page_or_404(pack)
    found = find_schools(typed)
    context = {"form": AnswerForm(found=found), "found": found, "typed": typed}
    return render(request, "schools/includes/which_school_answers.html", context)


@require_safe
@never_cache
def thanks(request: HttpRequest, pack: str) -> HttpResponse:
    """Say that it is kept, and lead back to the pack.

    Raises:
        Http404: no live, public page of a pack stands at this address.
    """
    return render(request, "schools/which_school_thanks.html", {"asked_about": page_or_404(pack), "noindex": True})


def _typed(sent: QueryDict) -> str:
    return sent.get("q", "").strip()[:LONGEST_SEARCH]


def _held_up(request: HttpRequest, limit: Limit) -> str:
    """Count one more from this network; return a sentence for whoever has to wait, empty for everybody else."""
    if limit.lets(who(request)):
        return ""
    return _("Many people asked from your connection in the last minutes. Wait two minutes, then try again.")


def _show(
    request: HttpRequest, page: LessonPackPage, form: AnswerForm, found: Found, typed: str, *, slowed: str = ""
) -> HttpResponse:
    context = {
        "asked_about": page,
        "search": SearchForm(initial={"q": typed}),
        "form": form,
        "found": found,
        "typed": typed,
        "slowed": slowed,
        "noindex": True,
    }
    response = render(request, "schools/which_school.html", context, status=429 if slowed else 200)
    if slowed:
        response["Retry-After"] = str(WAIT)
    return response
