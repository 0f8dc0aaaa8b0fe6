"""Files that are broken, or not what their name says, sent to the admin: a sentence beside the field, never a 500."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Picture

from core.models import Document, Image
from tests.factories.schools import PDF, office_file

pytestmark = pytest.mark.django_db

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def png() -> bytes:
    whole = io.BytesIO()
    Picture.new("RGB", (4, 4), "red").save(whole, "PNG")
    return whole.getvalue()


def bomb(side: int) -> bytes:
    """Return a PNG that claims ``side`` times ``side`` pixels in a few bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 1_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.fixture
def staff(client, officer):
    """Sign in an officer, who adds pictures and documents."""
    client.force_login(officer)
    return client


PICTURES = {
    "an SVG named .png": ("a.png", SVG),
    "an SVG": ("a.svg", SVG),
    "nothing": ("a.png", b""),
    "half a picture": ("a.png", png()[:30]),
    "40 megapixels and more": ("a.png", bomb(7_000)),
    "a bomb": ("a.png", bomb(60_000)),
    "a text": ("a.jpg", b"Hello"),
    "a PNG named .jpg": ("a.jpg", png()),
}
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


@pytest.mark.parametrize(("name", "content"), PICTURES.values(), ids=list(PICTURES))
def test_a_broken_picture_is_refused_beside_its_field(staff, name, content):
    sent = {"title": "A picture", "file": SimpleUploadedFile(name, content)}
    response = staff.post(reverse("wagtailimages:add"), sent)
    assert (response.status_code, set(response.context["form"].errors)) == (200, {"file"})
    several = staff.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "A picture", "files[]": SimpleUploadedFile(name, content)},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert (several.status_code, several.json()["success"]) == (200, False)
    assert not Image.objects.exists()


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


def test_a_whole_picture_and_whole_documents_are_taken(staff):
    staff.post(reverse("wagtailimages:add"), {"title": "A", "file": SimpleUploadedFile("a.png", png())})
    for name, content in {
        "a.pdf": PDF,
        "a.pptx": office_file(),
        "a.csv": b"a,b\n",
        "a.txt": "é".encode("utf-16"),
        "a.mp4": b"\0\0\0\x18ftypisom\0\0\2\0isomiso2",
        "a.webm": b"\x1aE\xdf\xa3\x9fB\x86\x81\1B\xf7\x81\1",
    }.items():
        staff.post(reverse("wagtaildocs:add"), {"title": name, "file": SimpleUploadedFile(name, content)})
    assert Image.objects.count() == 1
    taken = ["a.csv", "a.mp4", "a.pdf", "a.pptx", "a.txt", "a.webm"]
    assert sorted(Document.objects.values_list("title", flat=True)) == taken
    with Document.objects.get(title="a.pdf").file.open() as kept:
        assert kept.read() == PDF
