"""The demonstration's schools: invented, named as samples, under numbers that the register does not use."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from core.demonstration import Chapter, chapters
from core.models import Ward
from core.wards import ward_key
from schools.enums import Phase, SchoolStatus, Told
from schools.models import ClassSession, LessonPack, School, SchoolLink, SchoolReached
from schools.models.register import SAMPLE_URN
from schools.register.cells import words_of
from schools.register.wards import own_area

OPENED, CONVERTED, WARDS_FROM = date(2012, 9, 1), date(2025, 9, 1), date(2026, 5, 7)
AUTHORITY = "Kirklees (sample)"

# Number, name, phase, ages, pupils, town, postcode; in the ward that the name ends
# with, where wards were imported. No such postcode is in use.
SCHOOLS = (
    ("900001", "Sample Primary School, Almondbury", Phase.PRIMARY, 4, 11, 210, "Huddersfield", "ZZ1 1AA"),
    ("900002", "Sample Church Primary School, Ashbrow", Phase.PRIMARY, 4, 11, 420, "Huddersfield", "ZZ1 1AB"),
    ("900003", "Sample Infant School, Batley East", Phase.PRIMARY, 4, 7, 180, "Batley", "ZZ2 1AA"),
    ("900004", "Sample High School, Batley West", Phase.SECONDARY, 11, 16, 900, "Batley", "ZZ2 1AB"),
    ("900005", "Sample Nursery School, Cleckheaton", Phase.NURSERY, 3, 5, 60, "Cleckheaton", "ZZ3 1AA"),
    ("900006", "Sample Academy, Dewsbury South", Phase.SECONDARY, 11, 18, 1100, "Dewsbury", "ZZ4 1AA"),
    ("900007", "Sample Primary Academy, Dewsbury West", Phase.PRIMARY, 4, 11, 315, "Dewsbury", "ZZ4 1AB"),
    ("900008", "Sample College, Greenhead", Phase.POST_16, 16, 19, 2300, "Huddersfield", "ZZ1 1AC"),
    ("900009", "Sample Middle School, Kirkburton", Phase.MIDDLE_SECONDARY, 10, 13, 540, "Kirkburton", "ZZ5 1AA"),
    ("900010", "Sample All-through School, Mirfield", Phase.ALL_THROUGH, 4, 16, 1250, "Mirfield", "ZZ6 1AA"),
    ("900011", "Sample Special School, Lindley", Phase.NONE, 4, 19, 95, "Huddersfield", "ZZ1 1AD"),
    ("900012", "Sample High School, Dewsbury South", Phase.SECONDARY, 11, 16, 1080, "Dewsbury", "ZZ4 1AA"),
)  # fmt: skip
# The last became the academy, so both count as one school.
CONVERSION = ("900012", "900006")
# For which school a pack of the demonstration was taken, how many days ago.
REACHED = (
    ("demo-what-is-prejudice", "900001", 9),
    ("demo-what-is-prejudice", "900003", 34),
    ("demo-what-is-prejudice", "900007", 120),
    ("demo-being-an-upstander", "900004", 16),
    ("demo-being-an-upstander", "900012", 130),
    ("demo-being-an-upstander", "900006", 12),
    ("demo-words-online", "900010", 47),
)


@transaction.atomic
def load(report: Callable[[str], None]) -> None:
    """Lay the schools that are not there yet, and with them for which of them packs were taken."""
    if not _samples().exists():
        wards, area = {ward.key: ward for ward in Ward.objects.all()}, own_area()
        for urn, name, phase, youngest, oldest, pupils, town, postcode in SCHOOLS:
            is_closed = urn == CONVERSION[0]
            school = School(
                urn=urn,
                name=name,
                authority_name=AUTHORITY,
                area_code=area,
                phase=phase,
                type_group="Sample data",
                status=SchoolStatus.CLOSED if is_closed else SchoolStatus.OPEN,
                opened_on=CONVERTED if urn == CONVERSION[1] else OPENED,
                closed_on=CONVERTED if is_closed else None,
                youngest=youngest,
                oldest=oldest,
                pupils=pupils,
                town=town,
                postcode=postcode,
                ward=wards.get(ward_key(name.rpartition(", ")[2], WARDS_FROM)),
            )
            school.words = words_of(school)
            school.save()
        _lay_what_was_told()
    report("Sample schools")


def _lay_what_was_told() -> None:
    schools, packs = _samples().in_bulk(field_name="urn"), LessonPack.objects.in_bulk(field_name="code")
    before, after = (schools[urn] for urn in CONVERSION)
    SchoolLink.objects.create(school=before, successor=after, since=CONVERTED)
    today = timezone.localdate()
    SchoolReached.objects.bulk_create(
        SchoolReached(pack=packs[code], school=schools[urn], told=Told.SCHOOL, day=today - timedelta(days))
        for code, urn, days in REACHED
        if code in packs
    )


def _samples() -> QuerySet[School]:
    return School.objects.filter(urn__startswith=SAMPLE_URN)


@transaction.atomic
def remove() -> None:
    """Take the sample schools away, and whatever was told of them and of the demonstration's packs."""
    SchoolReached.objects.filter(school__urn__startswith=SAMPLE_URN).delete()
    ClassSession.objects.filter(school__urn__startswith=SAMPLE_URN).update(school=None, confirmed_on=None)
    SchoolReached.objects.filter(pack__code__in={code for code, *_ in REACHED}).delete()
    _samples().delete()


# After the settings, which say where the council is, and after the packs; so it is also taken away before these.
chapters.offer("schools-register")(Chapter(order=68, steps=1, load=load, remove=remove))
