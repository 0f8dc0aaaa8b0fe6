"""What the worker makes: claimed by one, told as it goes, begun again where a worker died."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Lock
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from core.enums import MakingState
from core.making.models import Made
from core.refreshing import refresh_pages

M = TypeVar("M", bound=Made)

LOST_AFTER = timedelta(minutes=2)  # the dearest file takes some seconds, and each is told
UNFORESEEN = "Something went wrong that nobody foresaw ({}). Tell whoever runs the site."
_ONE_AT_A_TIME = Lock()  # so that the memory of one worker holds one large picture


class LostClaimError(Exception):
    """Somebody else makes it by now."""


def due(rows: QuerySet[M]) -> QuerySet[M]:
    """Return those of ``rows`` that nobody makes: they wait, or their worker fell silent."""
    silent = Q(touched=None) | Q(touched__lt=timezone.now() - LOST_AFTER)
    return rows.filter(Q(making=MakingState.WAITING) | Q(making=MakingState.MAKING) & silent).order_by("pk")


@contextmanager
def alone() -> Iterator[bool]:
    """Tell whether this process makes nothing else now, and keep it so."""
    is_free = _ONE_AT_A_TIME.acquire(blocking=False)
    try:
        yield is_free
    finally:
        if is_free:
            _ONE_AT_A_TIME.release()


@transaction.atomic
def claim(row: Made, *, done: int, of: int) -> UUID | None:
    """Take on the making of ``row``; None where somebody else is at it, or it is done."""
    rows = type(row)._meta.base_manager
    if not due(rows.select_for_update(of=("self",)).filter(pk=row.pk)):
        return None
    mine = uuid4()
    rows.filter(pk=row.pk).update(
        making=MakingState.MAKING, claim=mine, done=done, of=of, touched=timezone.now(), problem=""
    )
    return mine


def tell(row: Made, mine: UUID, **written: Any) -> None:
    """Write down how far ``row`` is, inside the transaction that keeps what was made; ``mine`` is the claim.

    Raises:
        LostClaimError: it is somebody else's by now, so nothing that was made is kept.
    """
    held = type(row)._meta.base_manager.filter(pk=row.pk, claim=mine, making=MakingState.MAKING)
    if not held.update(touched=timezone.now(), **written):
        raise LostClaimError


@transaction.atomic
def end(row: Made, mine: UUID, **written: Any) -> None:
    """Write down what came of it; public pages may show it from now on.

    Raises:
        LostClaimError: it is somebody else's by now.
    """
    tell(row, mine, **written)
    refresh_pages()
