"""Schools that packs reached, as measures: each school once, whatever it was called then."""

from datetime import date

import pytest
import time_machine
from wagtail.models import Site

from core.models import CouncilSettings, Ward
from indicators.registry import measures
from schools import demo_schools
from schools.models import ClassSession, School, SchoolLink, SchoolReached
from schools.queries.register import present_school
from tests.factories.classes import make_class
from tests.factories.register import follow, make_school
from tests.factories.schools import make_pack

pytestmark = pytest.mark.django_db
OLD, LATER = date(2026, 10, 5), date(2027, 2, 1)


@pytest.fixture(autouse=True)
def _in_may():
    with time_machine.travel("2027-02-10T12:00:00Z", tick=False):
        yield


@pytest.fixture
def pack():
    return make_pack()


def take(pack, *schools, day=OLD):
    for school in schools:
        SchoolReached.objects.create(day=day, pack=pack, told="school", school=school)


def schools(**parameters) -> list[float]:
    return [reading.value for reading in measures["schools.schools"].read(parameters)]


def shares(**parameters) -> list[tuple]:
    readings = measures["schools.coverage"].read(parameters)
    return [(r.period_start, r.area_code, r.numerator, r.denominator) for r in readings]


class TestPresent:
    def test_a_chain_ends_at_the_school_of_today(self):
        first, second, third = make_school(), make_school(), make_school()
        follow(second, third)
        follow(first, second)
        assert {present_school(one.urn) for one in (first, second, third)} == {third}

    def test_an_open_school_is_itself_whatever_follows(self):
        school = make_school()
        SchoolLink.objects.create(school=school, successor=make_school())
        assert present_school(school.urn) == school

    def test_merged_schools_are_one(self):
        one, other, merged = make_school(), make_school(), make_school()
        follow(one, merged)
        follow(other, merged)
        assert present_school(one.urn) == present_school(other.urn) == merged

    def test_a_school_that_was_split_is_the_first_of_them_that_is_open(self):
        school, closed, late, early = (make_school(status=s) for s in ("closed", "closed", "open", "open"))
        SchoolLink.objects.create(school=school, successor=closed, since=date(2020, 1, 1))
        SchoolLink.objects.create(school=school, successor=late)
        SchoolLink.objects.create(school=school, successor=early, since=date(2022, 1, 1))
        assert present_school(school.urn) == early

    def test_links_in_a_circle_end_and_are_one_school(self):
        into, one, two, three = (make_school() for _ in range(4))
        follow(one, two)
        follow(two, three)
        follow(three, one)
        follow(into, two)
        assert {present_school(school.urn) for school in (into, one, two, three)} == {one}

    def test_a_number_that_is_not_here_has_no_school(self):
        assert present_school("123456") is None


def test_an_academy_and_the_school_that_it_was_count_as_one(pack):
    old, academy, other = make_school(), make_school(), make_school()
    take(pack, old, other)
    take(make_pack(), academy)
    assert schools() == [3, 0]
    follow(old, academy)
    assert schools() == [2, 0]


def test_schools_are_counted_once_a_period_and_by_pack(pack):
    school, another = make_school(), make_pack()
    take(pack, school)
    take(pack, school, day=date(2026, 12, 1))
    take(another, school, make_school(), day=LATER)
    SchoolReached.objects.create(day=LATER, pack=pack, told="home")

    assert schools() == [1, 2]
    assert schools(pack=pack.code) == [1, 0]
    assert schools(period="year") == [1, 2]


def test_coverage_is_of_the_schools_that_were_open_on_the_periods_last_day(pack):
    reached, _, phased = make_school(), make_school(), make_school(phase="secondary")
    make_school(status="closed", closed_on=date(2026, 11, 1))
    make_school(status="closed", closed_on=date(2027, 1, 31))
    make_school(opened_on=date(2027, 1, 1))
    make_school(status="planned")
    make_school(area_code="E08000018")
    take(pack, reached, phased)

    CouncilSettings.objects.create(site=Site.objects.get(), area_code="E08000034")
    assert shares() == [(date(2026, 10, 1), "", 2, 4), (date(2027, 1, 1), "", 0, 4)]
    assert shares(phase="secondary") == [(date(2026, 10, 1), "", 1, 1), (date(2027, 1, 1), "", 0, 1)]
    first, running = measures["schools.coverage"].read({})
    assert (first.value, first.marker, running.marker) == (50, "", "p")
    assert first.source.startswith("2 of 4 open schools. Told by teachers of their own accord")


def test_a_conversion_counts_once_among_the_open_schools_too(pack):
    old = make_school(closed_on=date(2027, 1, 1))
    academy = make_school(opened_on=date(2027, 1, 1))
    make_school()
    follow(old, academy)
    take(pack, old)
    take(pack, academy, day=LATER)
    assert shares() == [(date(2026, 10, 1), "", 1, 2), (date(2027, 1, 1), "", 1, 2)]


def test_coverage_by_ward_is_of_wards_in_force_and_never_tells_a_code_that_is_not_confirmed(pack):
    day = date(2026, 5, 7)
    sure = Ward.objects.create(key="ash-2026", name="Ash", code="E05016502", code_status="confirmed", valid_from=day)
    unsure = Ward.objects.create(key="oak-2026", name="Oak", code="E05016503", code_status="inferred", valid_from=day)
    Ward.objects.create(key="elm-2026", name="Elm", valid_from=day)
    gone = Ward.objects.create(key="old-2004", name="Old", valid_from=date(2004, 6, 1), valid_to=date(2026, 5, 6))
    take(pack, make_school(ward=sure))
    make_school(ward=sure), make_school(ward=unsure), make_school(ward=gone)
    assert shares(by="ward")[:3] == [
        (date(2026, 10, 1), "", 1, 4),
        (date(2026, 10, 1), "E05016502", 1, 2),
        (date(2026, 10, 1), "oak-2026", 0, 1),
    ]


@pytest.mark.parametrize(
    ("measure", "parameters", "sentence"),
    [
        ("schools.schools", {"pack": "nothing"}, "There is no lesson pack with the code 'nothing'"),
        ("schools.schools", {"period": "week"}, "Give month"),
        ("schools.coverage", {"phase": "infant"}, "There is no phase 'infant'. Give one of none, nursery"),
        ("schools.coverage", {"by": "street"}, "Nothing can be shown by 'street'. Give ward"),
    ],
)
def test_a_wrong_parameter_is_one_sentence(measure, parameters, sentence):
    with pytest.raises(ValueError, match=sentence):
        measures[measure].read(parameters)


class TestDemonstration:
    def test_the_samples_say_so_and_count_as_sample_data_alone(self, pack):
        for code in ("demo-what-is-prejudice", "demo-being-an-upstander", "demo-words-online"):
            make_pack(code=code)
        demo_schools.load(lambda _: None)
        demo_schools.load(lambda _: None)
        assert schools(period="year") == [3, 4]
        assert {reading.is_sample for reading in measures["schools.schools"].read({})} == {True}
        assert {reading.is_sample for reading in measures["schools.coverage"].read({})} == {True}

        take(pack, make_school(), day=LATER)
        assert [(r.value, r.is_sample) for r in measures["schools.schools"].read({"period": "year"})][-1] == (1, False)
        assert shares()[-1][2:] == (1, 1)

    def test_removing_leaves_what_the_council_has(self, pack):
        own, demo = make_school(), make_pack(code="demo-words-online")
        take(pack, own)
        take(demo, own)
        demo_schools.load(lambda _: None)
        session, _ = make_class()
        ClassSession.objects.filter(pk=session.pk).update(school=School.objects.get(urn="900001"))
        demo_schools.remove()
        session.refresh_from_db()
        assert session.school is None
        assert [told.school for told in SchoolReached.objects.all()] == [own]
        assert not SchoolLink.objects.exists()
