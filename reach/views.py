"""A visitor's choice not to be counted."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_cookie

from core.forms import came_from_elsewhere
from reach.forms import ChoiceForm
from reach.queries import DO_NOT_COUNT_COOKIE

A_YEAR = timedelta(days=365)


# No token, because a token is a cookie: somebody who asks not to be counted is given that one cookie and no other.
# It holds no identifier and changes nothing but this choice; a form on another site is still turned away.
@csrf_exempt
@never_cache
@vary_on_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def choice(request: HttpRequest) -> HttpResponse:
    """Show the choice; on POST keep it for a year or forget it, and go back to the privacy page.

    Raises:
        PermissionDenied: the form was sent from another site.
    """
    if request.method != "POST":
        return render(request, "reach/counting.html", {"form": ChoiceForm()})
    if came_from_elsewhere(request):
        raise PermissionDenied("This choice was sent from another site.")
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        return render(request, "reach/counting.html", {"form": form}, status=422)
    return _kept(do_not_count=form.cleaned_data["count"] == ChoiceForm.NO)


def _kept(*, do_not_count: bool) -> HttpResponse:
    response = HttpResponseRedirect("../#counting")
    if do_not_count:
        response.set_cookie(
            DO_NOT_COUNT_COOKIE,
            "1",
            max_age=A_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(DO_NOT_COUNT_COOKIE, samesite="Lax")
    return response
