"""The public API: the rooms' routers under one address, with its description and its errors."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from core.problems import problem
from indicators.api import router as indicators_router

api = NinjaAPI(
    title="Groundswell",
    version="1",
    description=(
        "The numbers that the strategy is judged by, as the public may see them: rounded, with their range, or "
        "withheld with a marker. Read only; no key is needed. Errors are problem documents (RFC 9457)."
    ),
    urls_namespace="api",
)
api.add_router("/indicators", indicators_router)


@api.exception_handler(ValidationError)
def refuse_parameters(_: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say which parameter is wrong and why."""
    sentences = [f"{found['loc'][-1]}: {found['msg']}" for found in error.errors]
    return problem(422, "Check the parameters. " + "; ".join(sentences) + ".")
