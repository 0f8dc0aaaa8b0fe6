"""What a load balancer asks. No session, no language, no cookie."""

import logging

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.health.checks import READINESS, Ill

logger = logging.getLogger(__name__)


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer ok: this process lives. Nothing else is asked, the database least of all."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """Name each part with its state; 503 where one does not work. What is wrong with it stands in the log."""
    states = {}
    for name, check in READINESS.items():
        try:
            check()
            states[name] = "ok"
        except Ill as ill:
            logger.warning("Not ready: %s. %s", name, ill)
            states[name] = "fails"
    ready = set(states.values()) == {"ok"}
    return JsonResponse({"status": "ok" if ready else "fails", **states}, status=200 if ready else 503)
