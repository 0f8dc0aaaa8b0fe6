"""What teachers say of a pack: without an account, a cookie or a trace of them."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.forms import came_from_elsewhere
from core.limits import Limit, who
from schools.actions.feedback import give_feedback
from schools.enums import Useful
from schools.feedback_form import FeedbackForm
from schools.models import LessonPackPage
from schools.queries import page_or_404

# A staff room sends over one connection; and nobody has read as many as come about one pack at once.
SENT = Limit("feedback", most=20, minutes=10)
ABOUT_ONE_PACK = Limit("feedback-pack", most=50, minutes=10)
WAIT = 600  # seconds, as long as both look back


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, pack: str) -> HttpResponse:
    """Ask what a teacher thinks of a pack, and on POST keep it.

    Raises:
        Http404: no live, public page of a pack stands at this address.
        PermissionDenied: another site sent the form.
    """
    page = page_or_404(pack)
    if request.method != "POST":
        return _show(request, page, FeedbackForm())
    if came_from_elsewhere(request):
        raise PermissionDenied("This form was sent from another site.")
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return _show(request, page, form)
    if _is_held_up(request, page):
        form.add_error(None, _("Many answers came in the last minutes. Wait ten minutes, then send yours again."))
        return _show(request, page, form, slowed=True)
    said = form.cleaned_data
    useful, pupils, words = Useful(said["useful"]), said["pupils"], said["would_change"]
    give_feedback(pack=page.pack, useful=useful, pupils=pupils, would_change=words)
    return redirect("lesson_packs:feedback_thanks", page.slug)


@require_safe
@never_cache
def thanks(request: HttpRequest, pack: str) -> HttpResponse:
    """Say that it is kept, and lead back to the pack.

    Raises:
        Http404: no live, public page of a pack stands at this address.
    """
    return render(request, "schools/feedback_thanks.html", {"asked_about": page_or_404(pack), "noindex": True})


def _is_held_up(request: HttpRequest, page: LessonPackPage) -> bool:
    """Count one more from this network and about this pack, unless one of the two has to wait."""
    asked = ((SENT, who(request)), (ABOUT_ONE_PACK, page.pack.code))
    return not all(limit.lets(sender) for limit, sender in asked)


def _show(request: HttpRequest, page: LessonPackPage, form: FeedbackForm, *, slowed: bool = False) -> HttpResponse:
    context = {"asked_about": page, "form": form, "noindex": True}
    response = render(request, "schools/feedback.html", context, status=429 if slowed else 200)
    if slowed:
        response["Retry-After"] = str(WAIT)
    return response
