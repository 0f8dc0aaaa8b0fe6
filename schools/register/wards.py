"""In which of our wards a school stands: by the ward's official code, else by its name on a day, within the council."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date

from django.utils.text import slugify
from wagtail.models import Site

from core.enums import CodeStatus
from core.models import CouncilSettings, Ward
from schools.models import School
from schools.register.table import Row


def own_area() -> str:
    """Return the official code of the place that the council answers for; empty while nobody has set it."""
    site = Site.objects.filter(is_default_site=True).first()
    return CouncilSettings.for_site(site).area_code if site else ""


def ward_finder(*, today: date) -> Callable[[School, Row], Ward | None]:
    """Return a function that gives the ward of a school.

    Names come back when wards are drawn anew, so a name alone never counts: it must be that of the one ward of ours
    that was in force on the day, for a school in the council's area, and no official code may say otherwise.
    """
    area, wards = own_area(), list(Ward.objects.all())
    by_code = {ward.code: ward for ward in wards if ward.code_status == CodeStatus.CONFIRMED}
    by_name: defaultdict[str, list[Ward]] = defaultdict(list)
    for ward in wards:
        by_name[_known_as(ward.name)].append(ward)

    def find(school: School, row: Row) -> Ward | None:
        code = row.get("AdministrativeWard (code)", "")
        if code in by_code:
            return by_code[code]
        if not area or school.area_code != area:
            return None
        day = min(school.closed_on or today, today)
        named = [ward for ward in by_name[_known_as(row["AdministrativeWard (name)"])] if _holds(ward, day)]
        agreeing = [ward for ward in named if not (code and ward.code) or ward.code == code]
        return agreeing[0] if len(agreeing) == 1 else None

    return find


def _known_as(name: str) -> str:
    return slugify(name.replace("&", " and "))


def _holds(ward: Ward, day: date) -> bool:
    return ward.valid_from <= day and (ward.valid_to is None or day <= ward.valid_to)
