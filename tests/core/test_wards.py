"""Wards and areas from files: all of a file or nothing of it."""

from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from core.models import Area, Ward

WARDS = """code,name,valid_from,valid_to,code_status
E05001389,Ashbrow,2004-06-10,2026-05-06,confirmed
E05016502,Ashbrow,2026-05-07,,inferred from alphabetical order
,Dalton & Lepton,2026-05-07,,unknown
E05016513,Dewsbury,2026-05-07,,confirmed
E05016522,Mirfield,2026-05-07,,confirmed
"""
AREAS = """code,name,wards
north,North,ashbrow-2026
east,East,dalton-and-lepton-2026
south,South,dewsbury-2026
west,West,mirfield-2026
"""

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_autumn():
    with time_machine.travel("2026-11-02T12:00:00Z", tick=False):
        yield


@pytest.fixture
def files(tmp_path):
    def write(wards: str = WARDS, areas: str | None = None) -> list[str]:
        (tmp_path / "wards.csv").write_text(wards)
        if areas is None:
            return [str(tmp_path / "wards.csv")]
        (tmp_path / "areas.csv").write_text(areas)
        return [str(tmp_path / "wards.csv"), "--areas", str(tmp_path / "areas.csv")]

    return write


def said(capsys, *arguments: str) -> list[str]:
    call_command("import_wards", *arguments)
    return capsys.readouterr().out.splitlines()


def test_wards_are_imported_with_keys_of_our_own(files, capsys):
    assert said(capsys, *files()) == ["Wards: 5 added, 0 changed, 0 closed, 0 unchanged."]
    assert list(Ward.objects.order_by("key").values_list("key", "code", "code_status", "valid_to")) == [
        ("ashbrow-2004", "E05001389", "confirmed", date(2026, 5, 6)),
        ("ashbrow-2026", "E05016502", "inferred", None),
        ("dalton-and-lepton-2026", "", "unknown", None),
        ("dewsbury-2026", "E05016513", "confirmed", None),
        ("mirfield-2026", "E05016522", "confirmed", None),
    ]


def test_a_second_import_changes_nothing(files, capsys):
    arguments = files(areas=AREAS)
    said(capsys, *arguments)

    assert said(capsys, *arguments) == [
        "Wards: 0 added, 0 changed, 0 closed, 5 unchanged.",
        "Areas: 0 added, 0 changed, 0 closed, 4 unchanged.",
    ]


def test_what_changed_and_what_closed_is_named(files, capsys):
    said(capsys, *files())
    later = WARDS.replace("E05016502,Ashbrow,2026-05-07,,inferred", "E05016502,Ashbrow,2026-05-07,,confirmed")
    later = later.replace("Mirfield,2026-05-07,,", "Mirfield,2026-05-07,2030-05-01,")

    assert said(capsys, *files(later)) == [
        "Wards: 0 added, 1 changed, 1 closed, 3 unchanged.",
        "  changed: Ashbrow",
        "  closed: Mirfield (to 2030)",
    ]


def test_areas_are_whole_wards_of_today(files, capsys):
    assert said(capsys, *files(areas=AREAS))[-1] == "Areas: 4 added, 0 changed, 0 closed, 0 unchanged."
    north = Area.objects.get(code="north")
    assert [ward.key for ward in north.wards.all()] == ["ashbrow-2026"]
    assert list(Area.objects.values_list("code", flat=True)) == ["north", "east", "south", "west"]


def test_an_area_is_changed_where_its_wards_change(files, capsys):
    said(capsys, *files(areas=AREAS))
    swapped = AREAS.replace("ashbrow", "x").replace("mirfield", "ashbrow").replace("x-2026", "mirfield-2026")

    assert said(capsys, *files(areas=swapped))[-3:] == [
        "Areas: 0 added, 2 changed, 0 closed, 2 unchanged.",
        "  changed: North",
        "  changed: West",
    ]
    assert [ward.key for ward in Area.objects.get(code="north").wards.all()] == ["mirfield-2026"]


def test_the_wards_and_areas_of_kirklees_come_along_and_agree(capsys):
    assert said(capsys) == [
        "Wards: 46 added, 0 changed, 0 closed, 0 unchanged.",
        "Areas: 5 added, 0 changed, 0 closed, 0 unchanged.",
    ]
    in_force = set(Ward.objects.in_force(date(2026, 11, 2)))
    assert len(in_force) == 23
    held = [ward for area in Area.objects.all() for ward in area.wards.all()]
    assert sorted(ward.key for ward in held) == sorted(ward.key for ward in in_force)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("2026-05-06", "6 May 2026", "Line 2: valid_to is '6 May 2026'. Write a day as 2026-05-07."),
        ("2004-06-10", "", "Line 2: valid_from is ''."),
        ("2004-06-10", "2027-06-10", "Line 2: Ashbrow: A ward cannot end before it begins."),
        ("E05001389", "389", "Line 2: Ashbrow: code: Enter a valid value."),
        ("E05001389,Ashbrow", ",Ashbrow", "Line 2: Ashbrow: Without a code, the code status is unknown."),
        ("unknown", "sure", "Line 4: code_status is 'sure'. Write confirmed, inferred, unknown."),
        ("Dalton & Lepton", "", "Line 4: a row without a name: "),
        ("Dewsbury", "Mirfield", "Line 6: Mirfield from 2026 stands on line 5 already. Remove one."),
        ("E05016513,Dewsbury", "E05016502,Dewsbury", "Line 5: Dewsbury: Another ward has this code."),
        (",Mirfield", "Mirfield", "Line 6: it has too few or too many cells."),
        ("valid_from", "from", "has no column valid_from. Its first line must name code, name, valid_from"),
        (WARDS.partition("\n")[2], "", "holds no rows"),
        (WARDS, "", "has no column code"),
        ("Ashbrow", "Ash\0brow", "holds NUL bytes"),
        ("Ashbrow", "x" * 101, "Ensure this value has at most"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_imported(files, old, new, sentence):
    with pytest.raises(CommandError) as refused:
        call_command("import_wards", *files(WARDS.replace(old, new, 1)))

    assert str(refused.value).startswith("Nothing was imported.\n")
    assert sentence in str(refused.value)
    assert Ward.objects.count() == 0


def test_all_bad_rows_are_named_at_once(files):
    with pytest.raises(CommandError) as refused:
        call_command("import_wards", *files(WARDS.replace("confirmed", "sure")))

    assert [line.partition(":")[0] for line in str(refused.value).splitlines()[1:]] == ["Line 2", "Line 5", "Line 6"]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("ashbrow-2026", "ashbrow-2004", "Line 2: no ward in force has the key 'ashbrow-2004'."),
        ("ashbrow-2026", "ashbrow-2026;mirfield-2026", "mirfield-2026 stands in 2 places"),
        ("ashbrow-2026", "", "No area holds ashbrow-2026. Put each ward in one area."),
        ("west,West,mirfield-2026\n", "", "The file has 3 areas. Make 4 to 7"),
        ("north,", "E05016502,", "Line 2: North: code: This looks like an official statistical code."),
        ("north,North", "north,", "Line 2: a row without a name: name: This field cannot be blank."),
    ],
)
def test_areas_that_make_no_whole_are_refused_with_their_wards(files, old, new, sentence):
    with pytest.raises(CommandError) as refused:
        call_command("import_wards", *files(areas=AREAS.replace(old, new, 1)))

    assert sentence in str(refused.value)
    assert (Ward.objects.count(), Area.objects.count()) == (0, 0)


def test_a_file_that_is_not_there_or_no_text_is_named(tmp_path: Path):
    (tmp_path / "latin.csv").write_bytes("Größe".encode("latin-1"))

    with pytest.raises(CommandError, match=r"missing\.csv cannot be read: No such file"):
        call_command("import_wards", str(tmp_path / "missing.csv"))
    with pytest.raises(CommandError, match=r"latin\.csv is not UTF-8"):
        call_command("import_wards", str(tmp_path / "latin.csv"))
