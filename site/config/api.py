"""The public API: the rooms' routers under one address, with its description and its errors."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from core.problems import MEDIA_TYPE, SCHEMA, problem
from indicators.api import router as indicators_router
from reach.api import router as reach_router
from surveys.api import router as surveys_router


class DocumentedApi(NinjaAPI):
    """An API whose every operation says that its errors are problem documents."""

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        """Return the description, with the shape of errors in every operation."""
        schema = super().get_openapi_schema(**kwargs)
        errors = {"description": "What is wrong, and how to mend it", "content": {MEDIA_TYPE: {"schema": SCHEMA}}}
        for operations in schema["paths"].values():
            for operation in operations.values():
                operation["responses"]["default"] = errors
        return schema


api = DocumentedApi(
    title="Groundswell",
    version="1",
    description=(
        "The numbers that the strategy is judged by and what surveys found, as the public may see them: rounded, "
        "with their range, or withheld with a marker. Read only; no key is needed. Errors are problem documents "
        "(RFC 9457)."
    ),
    urls_namespace="api",
)
api.add_router("/indicators", indicators_router)
api.add_router("/reach", reach_router)
api.add_router("/surveys", surveys_router)


@api.exception_handler(ValidationError)
def refuse_parameters(_: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say which parameter is wrong and why."""
    sentences = [f"{found['loc'][-1]}: {found['msg']}" for found in error.errors]
    return problem(422, "Check the parameters. " + "; ".join(sentences) + ".")
