"""Pages that any room may need to answer with."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  (Django passes a reason for developers)
    """Answer 403 where a form came without its token: an old page, or cookies refused."""
    return render(request, "403_csrf.html", status=403)
