"""Names inside a ZIP that every system takes."""

import pytest

from core.making.packing import safe_name

pytestmark = pytest.mark.alike


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Lesson plan", "lesson-plan.pdf"),
        ("../../etc/passwd", "etc-passwd.pdf"),
        ("Café à la crème", "cafe-a-la-creme.pdf"),
        ("نفرت", "file.pdf"),
        ("CON", "file-con.pdf"),
        ("Com1.txt", "file-com1-txt.pdf"),
        ("Concord", "concord.pdf"),
        ("a\\b:c*d?\0", "a-b-c-d.pdf"),
        ("x" * 300, "x" * 100 + ".pdf"),
    ],
)
def test_a_name_is_plain_letters_that_every_system_takes(words, name):
    assert safe_name(words, "pdf") == name


def test_names_are_told_apart():
    assert safe_name("Plan", "pdf", taken=["plan.pdf", "plan-2.pdf"]) == "plan-3.pdf"
