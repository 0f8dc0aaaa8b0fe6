"""Keeping for which school a pack was taken, where somebody chose to say so."""

from datetime import date

from django.db import transaction

from schools.enums import Told
from schools.models import LessonPack, School, SchoolReached


@transaction.atomic
def tell_school(*, pack: LessonPack, told: Told, school: School | None, day: date) -> None:
    """Keep that ``pack`` was taken on ``day`` for ``school``, or for none; the same told again adds nothing."""
    SchoolReached.objects.get_or_create(day=day, pack=pack, told=told, school=school)
