"""The school register from the national one's files: told first, then all of it or nothing."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from wagtail.models import Site

from core.models import CouncilSettings, Ward
from schools.models import RegisterImport, School, SchoolLink, SchoolReached
from tests.factories.register import LINK, PEOPLE, ROW, make_school, register_file
from tests.factories.schools import make_pack

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a file of the register and gives its path."""

    def to(content: bytes, name: str = "schools.csv") -> str:
        (tmp_path / name).write_bytes(content)
        return str(tmp_path / name)

    return to


def said(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("import_schools", *arguments, stdout=out)
    return out.getvalue().splitlines()


def refused(*arguments: str) -> str:
    with pytest.raises(CommandError) as error:
        said(*arguments)
    assert str(error.value).startswith("Nothing was imported.\n")
    return str(error.value).partition("\n")[2]


def test_it_says_what_would_change_and_changes_nothing_until_it_is_told_to(write):
    path = write(register_file(ROW))
    summary = "Schools: 1 added, 0 changed, 0 closed, 0 opened again, 0 unchanged."

    assert said(path) == [summary, "Nothing is changed yet. Run it again with --apply."]
    assert not School.objects.exists()
    assert not RegisterImport.objects.exists()

    assert said(path, "--apply") == [summary]
    assert said(path, "--apply") == ["Schools: 0 added, 0 changed, 0 closed, 0 opened again, 1 unchanged."]
    assert [(one.name, one.state, one.rows, one.brought_by) for one in RegisterImport.objects.all()] == [
        ("schools.csv", "done", 1, None)
    ] * 2


def test_accents_days_and_numbers_come_in_as_the_register_writes_them(write):
    said(
        write(register_file({"NumberOfPupils": "", "CensusDate": "", "EstablishmentName": "Zoë\u2019s Café School"})),
        "--apply",
    )
    school = School.objects.get()

    assert school.name == "Zoë\u2019s Café School"
    assert (school.urn, school.phase, school.status) == ("100001", "primary", "open")
    assert (school.opened_on, school.closed_on, school.counted_on) == (date(2010, 9, 1), None, None)
    assert (school.youngest, school.oldest, school.pupils) == (4, 11, None)
    assert "zoes cafe school" in school.words
    assert "zz12ab" in school.words


def test_heads_and_their_telephones_are_not_read_although_they_stand_there(write):
    path = write(register_file(ROW))
    said(path, "--apply")
    kept = repr([list(model.objects.values()) for model in (School, RegisterImport)])

    assert b"Quicksilver" in Path(path).read_bytes()
    assert [value for value in PEOPLE.values() if value in kept] == []


def test_schools_are_changed_closed_and_opened_again_but_never_deleted(write):
    names = {"100001": "One", "100002": "Two", "100003": "Three", "100004": "Four"}
    rows = [{"URN": urn, "EstablishmentName": name} for urn, name in names.items()]
    closed = {"EstablishmentStatus (code)": "2", "CloseDate": "31-08-2025"}
    said(write(register_file(rows[0], rows[1], rows[2] | closed, rows[3])), "--apply")

    later = [rows[0] | {"Town": "Elsewhere"}, rows[1] | closed, rows[2] | {"EstablishmentStatus (code)": "3"}]
    assert said(write(register_file(*later)), "--apply") == [
        "Schools: 0 added, 1 changed, 1 closed, 1 opened again, 0 unchanged.",
        "  1 that are here do not stand in the file, and stay as they are.",
        "  closed: Two (100002)",
        "  reopened: Three (100003)",
        "  changed: One (100001)",
        "  missing: Four (100004)",
    ]
    assert list(School.objects.order_by("urn").values_list("town", "status", "closed_on")) == [
        ("Elsewhere", "open", None),
        ("Dalton", "closed", date(2025, 8, 31)),
        ("Dalton", "open", None),
        ("Dalton", "open", None),
    ]


def test_only_the_schools_of_the_authorities_named_are_taken(write):
    path = write(register_file(ROW, {"URN": "100002", "LA (code)": "383"}, {"URN": "100003", "LA (code)": "381"}))

    assert said(path, "--local-authority", "382", "381", "--apply") == [
        "Schools: 2 added, 0 changed, 0 closed, 0 opened again, 0 unchanged.",
        "  1 of other local authorities were passed over.",
    ]
    assert set(School.objects.values_list("urn", flat=True)) == {"100001", "100003"}


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ({"OpenDate": "2010-09-01"}, "OpenDate is '2010-09-01'. The register writes a day as 31-08-2026."),
        ({"CloseDate": "31-02-2020"}, "CloseDate is '31-02-2020'. The register writes a day as 31-08-2026."),
        ({"CloseDate": "31-08-2001"}, "CloseDate is before OpenDate."),
        ({"EstablishmentName": ""}, "EstablishmentName is empty."),
        ({"EstablishmentName": "x" * 201}, "The name is longer than 200 letters."),
        ({"URN": "12"}, "URN is '12', which is no unique reference number."),
        ({"URN": "900001"}, "URN is '900001': those that begin with 9 are kept for samples."),
        ({"PhaseOfEducation (code)": "8"}, "PhaseOfEducation (code) is '8'. Known are 0, 1, 2, 3, 4, 5, 6, 7."),
        ({"EstablishmentStatus (code)": ""}, "EstablishmentStatus (code) is ''. Known are 1, 2, 3, 4."),
        ({"NumberOfPupils": "many"}, "NumberOfPupils is 'many', which is no number of years or pupils."),
        ({"StatutoryHighAge": "3"}, "StatutoryHighAge is lower than StatutoryLowAge."),
    ],
)
def test_a_row_that_cannot_be_read_is_told_with_its_number_and_left_out(write, cell, sentence):
    path = write(register_file({"URN": "100009"}, ROW | cell))

    assert said(path, "--apply") == [
        "Schools: 1 added, 0 changed, 0 closed, 0 opened again, 0 unchanged.",
        "  1 rows cannot be read and are left out.",
        f"  left out: Row 3: {sentence}",
    ]


def test_numbers_of_scotland_and_northern_ireland_are_taken(write):
    said(write(register_file({"URN": "5238021"}, {"URN": "142-0277"})), "--apply")
    assert set(School.objects.values_list("urn", flat=True)) == {"5238021", "142-0277"}


AS_IT_COMES = "Take the CSV file as the register gives it out, and do not save it again in a spreadsheet."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", f"schools.csv is empty. {AS_IT_COMES}"),
        (register_file(), f"schools.csv names its columns and holds no rows. {AS_IT_COMES}"),
        (b"\x89PNG\0\0", f"schools.csv is no CSV file. {AS_IT_COMES}"),
        (b"Dear all\nGreetings\n", "schools.csv is no file of the school register: its first line names none"),
        (b"\x81\xff,\n", f"schools.csv cannot be read as a CSV file at row 1. {AS_IT_COMES}"),
        (register_file(ROW, encoding="utf-8"), "schools.csv is in UTF-8, and the register's own files are in cp1252"),
        (register_file({"EstablishmentName": "Plain"}, encoding="utf-8-sig"), "schools.csv is in UTF-8"),
        (register_file(ROW) + b'100002,"unfinished', "Row 3 of schools.csv has 2 cells and the first row 23."),
        (
            register_file(ROW).replace(b"CloseDate", b"Closed").replace(b"Town", b"Village"),
            "schools.csv has no column CloseDate, Town. Take a file with all columns from the register.",
        ),
        (
            register_file(ROW, {"URN": "100002"}, {"Town": "Elsewhere"}),
            "100001 stands in row 2 and in row 4. Keep the right one of them.",
        ),
        (register_file(LINK), "schools.csv is the register's file of links between schools, not of schools."),
    ],
    ids=[
        "empty", "no rows", "a picture", "a letter", "other bytes", "UTF-8", "UTF-8 with its mark", "cut off",
        "columns missing", "a URN twice", "the other file",
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_is_refused_in_a_sentence_and_nothing_is_changed(write, content, sentence):
    assert refused(write(content), "--apply").startswith(sentence)
    assert not School.objects.exists()
    assert not RegisterImport.objects.exists()


def test_a_urn_that_comes_again_hundreds_of_rows_later_takes_all_of_the_file_back(write):
    rows = [{"URN": str(100_000 + number), "EstablishmentName": f"School {number}"} for number in range(700)]
    assert refused(write(register_file(*rows, {"URN": "100003"})), "--apply").startswith("100003 stands in row 5")
    assert not School.objects.exists()


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert refused(str(tmp_path / "gone.csv")).endswith(
        "cannot be read: No such file or directory. Give the path of a CSV file."
    )


class TestWards:
    @pytest.fixture(autouse=True)
    def wards(self):
        """Lay wards of two times, of which one name stands in both, and the council's area."""
        CouncilSettings.objects.create(site=Site.objects.get(), area_code="E08000034")
        old = {"valid_from": date(2004, 6, 10), "valid_to": date(2026, 5, 6)}
        new = {"valid_from": date(2026, 5, 7), "code_status": "inferred"}
        Ward.objects.create(key="dalton-2004", name="Dalton", code="E05001396", code_status="confirmed", **old)
        Ward.objects.create(key="dalton-2026", name="Dalton", code="E05016510", **new)
        Ward.objects.create(key="golcar-2004", name="Golcar", **old)
        with time_machine.travel("2026-11-02T12:00:00Z", tick=False):
            yield

    @pytest.mark.parametrize(
        ("cells", "key"),
        [
            ({"AdministrativeWard (code)": "E05001396"}, "dalton-2004"),
            ({"AdministrativeWard (code)": "E05016510"}, "dalton-2026"),
            ({"AdministrativeWard (code)": "E05009999"}, None),
            ({"AdministrativeWard (code)": ""}, "dalton-2026"),
            ({"CloseDate": "31-08-2020", "EstablishmentStatus (code)": "2"}, "dalton-2004"),
            ({"AdministrativeWard (name)": "Golcar"}, None),
            ({"GSSLACode (name)": "E08000018"}, None),
        ],
        ids=[
            "code of then",
            "code of now",
            "another's code",
            "name",
            "name when it closed",
            "name of then",
            "elsewhere",
        ],
    )
    def test_a_ward_is_found_by_its_code_or_by_its_name_on_the_day_in_the_councils_area(self, write, cells, key):
        said(write(register_file(cells)), "--apply")
        assert School.objects.values_list("ward__key", flat=True).get() == key

    def test_schools_of_ours_without_a_ward_are_told(self, write):
        told = said(write(register_file({"AdministrativeWard (name)": "Golcar"})))
        assert "  1 of the council's own schools are in no ward that is known here." in told


class TestLinks:
    def links(self) -> set[tuple[str, str, date | None]]:
        return set(SchoolLink.objects.values_list("school__urn", "successor__urn", "since"))

    def test_every_link_comes_in_told_from_either_side_and_with_a_day_or_without(self, write):
        schools = write(register_file(*({"URN": f"10000{number}"} for number in range(1, 6))))
        rows = [
            {"URN": "100001", "LinkURN": "100002", "LinkEstablishedDate": ""},
            {"URN": "100002", "LinkURN": "100001", "LinkType": "Predecessor", "LinkEstablishedDate": "01-09-2024"},
            {"URN": "100003", "LinkURN": "100005", "LinkType": "Successor - amalgamated", "LinkEstablishedDate": ""},
            {"URN": "100005", "LinkURN": "100004", "LinkType": "Predecessor - merged", "LinkEstablishedDate": ""},
            {"URN": "100003", "LinkURN": "100004", "LinkType": "Sixth Form Centre Link"},
            {"URN": "100003", "LinkURN": "199999"},
            {"URN": "100003", "LinkURN": "junk"},
        ]
        links = write(register_file(*rows), "links.csv")
        told = [
            "Schools: 5 added, 0 changed, 0 closed, 0 opened again, 0 unchanged.",
            "Links between schools: 3 added, 0 changed, 0 removed, 0 unchanged.",
            "  1 name a school that is not here, and were passed over: bring in the schools first.",
            "  1 say something else than who followed whom, and were passed over.",
            "  1 rows cannot be read and are left out.",
            "  left out: Row 8: LinkURN is 'junk', which is no unique reference number.",
        ]

        assert said(schools, "--links", links)[:-1] == told
        assert self.links() == set()
        assert said(schools, "--links", links, "--apply") == told
        assert self.links() == {
            ("100001", "100002", date(2024, 9, 1)),
            ("100003", "100005", None),
            ("100004", "100005", None),
        }

    def test_links_become_those_of_the_file(self, write):
        schools = write(register_file(*({"URN": f"10000{number}"} for number in range(1, 4))))
        said(schools, "--links", write(register_file(LINK, {"LinkURN": "100003"}), "links.csv"), "--apply")
        later = write(register_file({"LinkEstablishedDate": "02-09-2024", "LinkURN": "100002"}), "links.csv")

        assert "Links between schools: 0 added, 1 changed, 1 removed, 0 unchanged." in said(
            schools, "--links", later, "--apply"
        )
        assert self.links() == {("100001", "100002", date(2024, 9, 2))}

    def test_links_that_are_wrong_take_the_schools_back_too(self, write):
        schools = write(register_file(ROW))
        assert refused(schools, "--links", write(b"", "links.csv"), "--apply").startswith("links.csv is empty.")
        assert not School.objects.exists()


SHAPES = {
    "school_urn_has_its_shape": lambda: make_school(urn="12"),
    "school_has_a_name": lambda: make_school(name=""),
    "school_phase_known": lambda: make_school(phase="other"),
    "school_status_known": lambda: make_school(status="other"),
    "school_closes_after_it_opens": lambda: make_school(opened_on=date(2020, 1, 2), closed_on=date(2020, 1, 1)),
    "school_ages_in_order": lambda: make_school(youngest=11, oldest=4),
    "school_link_to_another": lambda: SchoolLink.objects.create(school=(one := make_school()), successor=one),
    "register_import_kind_known": lambda: RegisterImport.objects.create(kind="other", digest="0" * 64),
    "register_import_state_known": lambda: RegisterImport.objects.create(kind="links", digest="0" * 64, state="other"),
    "register_import_digest_is_hex": lambda: RegisterImport.objects.create(kind="links", digest="x"),
    "register_import_failed_for_a_reason": lambda: RegisterImport.objects.create(
        kind="links", digest="0" * 64, state="failed"
    ),
    "school_reached_told_known": lambda: SchoolReached.objects.create(
        day=date(2026, 11, 2), pack=make_pack(), told="other"
    ),
    "school_reached_names_a_school_or_none": lambda: SchoolReached.objects.create(
        day=date(2026, 11, 2), pack=make_pack(), told="home", school=make_school()
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_row_that_cannot_be_is_refused_by_the_database(name):
    with pytest.raises(IntegrityError, match=name):
        SHAPES[name]()


def test_the_same_stands_once():
    school, other, pack = make_school(), make_school(), make_pack()
    rows = [
        lambda: make_school(urn=school.urn),
        lambda: SchoolLink.objects.create(school=school, successor=other),
        lambda: SchoolReached.objects.create(day=date(2026, 11, 2), pack=pack, told="school", school=school),
        lambda: SchoolReached.objects.create(day=date(2026, 11, 2), pack=pack, told="home"),
    ]
    for number, make in enumerate(rows):
        if number:
            make()
        with pytest.raises(IntegrityError), transaction.atomic():
            make()
