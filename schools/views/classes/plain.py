"""What the pages of classes share: no cookie, no copy in a cache, no search engine, and no form from another site."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from core.forms import came_from_elsewhere

View = Callable[..., HttpResponse]


def plain(view: View) -> View:
    """Make ``view`` one whose form needs no cookie; a token for it would be one."""

    @csrf_exempt
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @sensitive_post_parameters()
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and came_from_elsewhere(request):
            raise PermissionDenied("This form was sent from another site.")
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return guarded
