"""Giving pictures up: no page shows them, no address has their files, and in the end they are deleted."""

from datetime import datetime
from functools import partial

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.approvals.files import why_not_lose
from core.models.accounts import User
from core.models.pictures import Image, Rendition
from core.pictures.enums import People
from core.pictures.uses import uses_of

log = structlog.get_logger(__name__)


@transaction.atomic
def withdraw(*, picture: Image, by: User, reason: str) -> None:
    """Withdraw ``picture`` for good: from now on nothing shows it. Pages that hold it stay approved as they are.

    Raises:
        ValidationError: somebody was quicker.
    """
    picture = Image.objects.select_for_update().get(pk=picture.pk)
    if picture.withdrawn_at:
        raise ValidationError(picture.why_not_used)
    picture.withdrawn_at, picture.withdrawn_by, picture.withdrawn_because = timezone.now(), by, reason
    picture.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    transaction.on_commit(partial(take_files_away, picture.pk), robust=True)


def take_files_away(*pictures: int) -> int:
    """Delete what anybody could fetch of the pictures with these keys; without keys, of all that may not be used.

    The file goes before its row, so that one whose storage failed is found again a minute later. Return how many went.
    """
    given_up = Image.objects.unusable()
    gone = 0
    for size in Rendition.objects.filter(image__in=given_up.filter(pk__in=pictures) if pictures else given_up):
        try:
            size.file.storage.delete(size.file.name)
            size.delete()
            gone += 1
        except Exception:  # A bucket's client raises errors of its own.
            log.exception("file of a picture not taken away", picture=size.image_id, file=size.file.name)
    return gone


def delete_given_up(*, before: datetime) -> int:
    """Delete the pictures of people that were given up before that moment and that nothing uses; return how many."""
    given_up = Image.objects.filter(Q(withdrawn_at__lt=before) | Q(ends_on__lt=before.date())).exclude(
        people__in=("", People.NONE)
    )
    idle = [picture for picture in given_up if not uses_of(picture) and not why_not_lose(picture)]
    for picture in idle:
        picture.delete()
    return len(idle)
