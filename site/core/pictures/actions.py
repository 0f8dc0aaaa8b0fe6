"""Giving pictures up."""

from datetime import datetime

from django.db.models import Q

from core.approvals.files import why_not_lose
from core.models.pictures import Image
from core.pictures.enums import People
from core.pictures.uses import uses_of


def delete_given_up(*, before: datetime) -> int:
    """Delete the pictures of people that were given up before that moment and that nothing uses; return how many."""
    given_up = Image.objects.filter(Q(withdrawn_at__lt=before) | Q(ends_on__lt=before.date())).exclude(
        people__in=("", People.NONE)
    )
    idle = [picture for picture in given_up if not uses_of(picture) and not why_not_lose(picture)]
    for picture in idle:
        picture.delete()
    return len(idle)
