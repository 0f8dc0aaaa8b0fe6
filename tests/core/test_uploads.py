"""Documents that are not what their name says, sent to the admin: a sentence beside the field, never a 500.

Pictures: ``tests/core/pictures/test_arriving.py``.
"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import Document
from tests.factories.schools import PDF, office_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client, officer):
    """Sign in an officer, who adds documents."""
    client.force_login(officer)
    return client


DOCUMENTS = {
    "a text named .pdf": ("a.pdf", b"Hello"),
    "nothing": ("a.pdf", b""),
    "a page named .docx": ("a.docx", b"<html>"),
    "slides named .docx": ("a.docx", office_file()),
    "a page": ("a.html", b"<script>"),
    "a program named .csv": ("a.csv", b"MZ\0\0"),
    "an archive named .odt": ("a.odt", b"PK\x03\x04"),
    "a text named .mp4": ("a.mp4", b"Hello, this is no film."),
    "a film of the other kind": ("a.webm", b"\0\0\0\x18ftypisom"),
}


@pytest.mark.parametrize(("name", "content"), DOCUMENTS.values(), ids=list(DOCUMENTS))
def test_a_broken_document_is_refused_beside_its_field(staff, name, content):
    sent = {"title": "A document", "file": SimpleUploadedFile(name, content)}
    response = staff.post(reverse("wagtaildocs:add"), sent)
    assert (response.status_code, set(response.context["form"].errors)) == (200, {"file"})
    several = staff.post(
        reverse("wagtaildocs:add_multiple"),
        {"title": "A document", "files[]": SimpleUploadedFile(name, content)},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert (several.status_code, several.json()["success"]) == (200, False)
    assert not Document.objects.exists()


def test_whole_documents_are_taken(staff):
    for name, content in {
        "a.pdf": PDF,
        "a.pptx": office_file(),
        "a.csv": b"a,b\n",
        "a.txt": "é".encode("utf-16"),
        "a.mp4": b"\0\0\0\x18ftypisom\0\0\2\0isomiso2",
        "a.webm": b"\x1aE\xdf\xa3\x9fB\x86\x81\1B\xf7\x81\1",
    }.items():
        staff.post(reverse("wagtaildocs:add"), {"title": name, "file": SimpleUploadedFile(name, content)})
    taken = ["a.csv", "a.mp4", "a.pdf", "a.pptx", "a.txt", "a.webm"]
    assert sorted(Document.objects.values_list("title", flat=True)) == taken
    with Document.objects.get(title="a.pdf").file.open() as kept:
        assert kept.read() == PDF
