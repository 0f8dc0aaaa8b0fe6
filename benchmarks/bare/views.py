"""A form that saves one row, and a view that answers 200: as short as Django lets them be."""

from django.forms import modelform_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt

from benchmarks.bare.models import BareSignUp

SignUpForm = modelform_factory(BareSignUp, fields=["email"])


@csrf_exempt
def sign_up(request: HttpRequest) -> HttpResponse:
    """Save an address."""
    form = SignUpForm(request.POST)
    if form.is_valid():
        form.save()
        return redirect("/")
    return HttpResponse(form.as_p(), status=422)


@csrf_exempt
def hook(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  (Django passes it)
    """Answer."""
    return HttpResponse()
