"""Declarations of personal data, beside the model that holds it.

A model with personal data has an inner ``class Privacy(Declaration)``. The public privacy page prints all of
them, ``purge`` carries their retention out, and a test finds the model that lacks one.
"""

from collections.abc import Iterator
from datetime import datetime

import structlog
from django.apps import apps
from django.db import transaction
from django.db.models import Model

log = structlog.get_logger(__name__)


class Declaration:
    """What one model keeps about people, why, on what basis, for whom, for how long, and who decided.

    ``retention`` is the sentence that the public reads; :meth:`purge` carries it out.
    """

    fields: tuple[str, ...]
    purpose: str
    lawful_basis: str
    condition: str = ""
    recipients: str
    retention: str
    decided_by: str = "Set by the product; the council confirms it before going live."

    @classmethod
    def purge(cls, now: datetime) -> int:  # noqa: ARG003  (those that override it need the time)
        """Delete or blank what is older than ``retention`` allows at ``now``; return the number of rows touched."""
        return 0


def declarations() -> Iterator[tuple[type[Model], type[Declaration]]]:
    """Go through every model that declares personal data, with its declaration."""
    for model in apps.get_models():
        declared = vars(model).get("Privacy")
        if isinstance(declared, type) and issubclass(declared, Declaration):
            yield model, declared


def purge_all(now: datetime) -> dict[type[Model], int | None]:
    """Carry out every declaration's retention; return the rows touched by model, None where a purge failed.

    One that fails is undone and logged, and keeps no other from its work.
    """
    touched: dict[type[Model], int | None] = {}
    for model, declared in declarations():
        try:
            with transaction.atomic():
                touched[model] = declared.purge(now)
        except Exception:
            log.exception("purge failed", model=model.__name__)
            touched[model] = None
    return touched
