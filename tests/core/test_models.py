"""What the shared models refuse, each constraint tried against the database itself."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError

from core.enums import Strand
from core.models import Area, Organisation, SupportService, Ward


def ward(**changes) -> Ward:
    return Ward.objects.create(**{"key": "ashbrow-2026", "name": "Ashbrow", "valid_from": date(2026, 5, 7)} | changes)


def service(**changes) -> SupportService:
    owner, _ = Organisation.objects.get_or_create(code="council", name="The council")
    given = {
        "name": "Helpline",
        "description": "Listens.",
        "owner": owner,
        "telephone": "0800",
        "last_checked": date(2026, 11, 1),
    }
    return SupportService(**given | changes)


def test_the_strands_are_five_in_one_order():
    assert Strand.values == ["race", "religion", "sexual-orientation", "disability", "transgender"]


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("ward_ends_after_it_begins", {"valid_to": date(2026, 5, 6)}),
        ("ward_without_code_is_unknown", {"code_status": "confirmed"}),
        ("ward_without_code_is_unknown", {"code_status": "inferred"}),
    ],
)
def test_database_refuses_a_ward_that_makes_no_sense(db, constraint, wrong):
    with pytest.raises(IntegrityError, match=constraint):
        ward(**wrong)


@pytest.mark.parametrize(
    "again",
    [
        {"key": "ashbrow-2026", "name": "Other"},
        {"key": "other-2026"},
        {"key": "other-2026", "name": "Other", "code": "E05016502", "code_status": "confirmed"},
    ],
    ids=["key", "name and day", "code"],
)
def test_database_refuses_a_ward_twice(db, again):
    ward(code="E05016502", code_status="confirmed")

    with pytest.raises(IntegrityError):
        ward(**again)


def test_wards_without_a_code_stand_side_by_side(db):
    ward()
    ward(key="dalton-2026", name="Dalton")

    assert Ward.objects.count() == 2


def test_a_ward_is_in_force_on_its_first_and_its_last_day(db):
    ward(valid_to=date(2030, 5, 1))
    days = [date(2026, 5, 6), date(2026, 5, 7), date(2030, 5, 1), date(2030, 5, 2)]

    assert [Ward.objects.in_force(day).count() for day in days] == [0, 1, 1, 0]


@pytest.mark.parametrize(("status", "published"), [("confirmed", "E05016502"), ("inferred", ""), ("unknown", "")])
def test_only_a_confirmed_code_is_published(status, published):
    assert Ward(code="E05016502", code_status=status).published_code == published


@pytest.mark.parametrize("code", ["E05016502", "e05016502"])
def test_an_area_code_shaped_like_an_official_one_is_refused_by_form_and_database(db, code):
    with pytest.raises(ValidationError, match="code of your own"):
        Area(code=code, name="North").full_clean()
    with pytest.raises(IntegrityError, match="area_code_not_gss_shaped"):
        Area.objects.create(code=code, name="North")


@pytest.mark.parametrize("code", ["north", "e0501650", "e050165022", "ee5016502"])
def test_an_area_code_of_our_own_is_taken(db, code):
    Area(code=code, name="North").full_clean()
    assert Area.objects.create(code=code, name="North").pk


@pytest.mark.parametrize("again", [{"code": "north", "name": "Other"}, {"code": "other", "name": "North"}], ids=str)
def test_database_refuses_an_area_twice(db, again):
    Area.objects.create(code="north", name="North")

    with pytest.raises(IntegrityError):
        Area.objects.create(**again)


@pytest.mark.parametrize("again", [{"code": "a", "name": "Other"}, {"code": "other", "name": "A"}], ids=str)
def test_database_refuses_an_organisation_twice(db, again):
    Organisation.objects.create(code="a", name="A")

    with pytest.raises(IntegrityError):
        Organisation.objects.create(**again)


def test_a_service_that_cannot_be_reached_is_refused_by_form_and_database(db):
    with pytest.raises(ValidationError, match="at least one way to reach"):
        service(telephone="").full_clean()
    with pytest.raises(IntegrityError, match="support_service_can_be_reached"):
        service(telephone="").save()


@pytest.mark.parametrize("way", ["telephone", "text_number", "email", "website"])
def test_one_way_to_reach_a_service_is_enough(db, way):
    one = {"telephone": "", way: {"email": "a@example.org", "website": "https://example.org"}.get(way, "0800")}

    service(**one).full_clean()
    service(**one).save()


@time_machine.travel("2026-11-22T23:30:00Z", tick=False)
def test_a_service_was_checked_in_the_past(db):
    service(last_checked=date(2026, 11, 22)).full_clean()
    with pytest.raises(ValidationError, match="in the future"):
        service(last_checked=date(2026, 11, 23)).full_clean()


def test_a_service_is_stale_after_half_a_year():
    checked = date(2026, 1, 1)

    assert not SupportService(last_checked=checked).is_stale(checked + timedelta(days=183))
    assert SupportService(last_checked=checked).is_stale(checked + timedelta(days=184))


def test_an_organisation_that_keeps_a_service_stays(db):
    service().save()

    with pytest.raises(ProtectedError):
        Organisation.objects.get().delete()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"strands": ["race", "age"]}, "Choose from this list, each once: race, religion"),
        ({"helps_with": ["talk", "talk"]}, "Choose from this list"),
        ({"languages": "ur"}, "Choose from this list"),
        ({"languages": [{}]}, "Choose from this list"),
        ({"last_checked": date(2026, 1, 2), "review_by": date(2026, 1, 2)}, "The review comes after the last check."),
        ({"last_checked": date(2026, 1, 2), "review_by": date(2028, 1, 2)}, "no later than a year"),
    ],
)
def test_a_service_refuses_what_cannot_be(db, fields, words):
    with pytest.raises(ValidationError, match=words):
        service(**fields).full_clean()


def test_a_service_is_reviewed_half_a_year_after_its_check_unless_told(db):
    found = service(last_checked=date(2026, 3, 1))
    found.save()
    assert found.review_by == date(2026, 8, 31)
    assert (found.is_stale(date(2026, 8, 31)), found.is_stale(date(2026, 9, 1))) == (False, True)


def test_a_service_for_some_strands_says_for_which_it_is_not(db):
    found = service(strands=["transgender", "sexual-orientation"])
    assert found.strands_in_words == ["Sexual orientation", "Transgender identity"]
    assert found.strands_omitted == ["Race", "Religion", "Disability"]
    everybody = service(strands=["race", "religion", "sexual-orientation", "disability", "transgender"])
    assert (everybody.strands_in_words, everybody.strands_omitted, service().strands_omitted) == ([], [], [])
