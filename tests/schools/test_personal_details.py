"""Who wrote a file, where and with what is taken out of every corner of it that programs put it in."""

import io
import re
import zipfile

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from schools.files import archives
from schools.files.errors import RefusedFileError
from schools.files.looking import look
from tests.schools.hostile import OPEN, PACKAGE, RELATED, WORD, core_properties, docx, odt, pdf, pptx, relations

pytestmark = pytest.mark.alike

WHO = "Anna Ahmed"
PRINTER = "STAFFROOM-7"


@pytest.fixture
def kept(tmp_path):
    """Return a function that looks at a file, and gives what was found, and all that is kept, unpacked."""

    def kept(name, content):
        file = tmp_path / name
        file.write_bytes(content)
        found = look(file, name.rpartition(".")[2], tmp_path)
        clean = (tmp_path / "clean").read_bytes()
        return found, _unpacked(clean)

    return kept


def _unpacked(content):
    if content.startswith(b"%PDF"):
        whole = io.BytesIO()
        with pikepdf.open(io.BytesIO(content)) as opened:
            opened.save(whole, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
        return {"whole": whole.getvalue()}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def photograph(kind="JPEG", **cut):
    """Return a picture that says who took it, as cameras and telephones write it."""
    picture, whole = Image.new("RGB", (8, 8), "red"), io.BytesIO()
    exif = Image.Exif()
    exif[0x013B], exif[0x0110] = WHO, "Phone 7"
    picture.save(whole, kind, exif=exif)
    return whole.getvalue()


SHARED = (
    f'<p:properties xmlns:p="urn:p"><SharedWithUsers><DisplayName>{WHO}</DisplayName></SharedWithUsers></p:properties>'
)
CHANGES = f'<pc:chgInfo xmlns:pc="urn:pc"><pc:chgData name="{WHO}" userId="S::a.ahmed@school.example" /></pc:chgInfo>'
DRAWN_BY = (
    '<svg xmlns:inkscape="urn:i" xmlns:sodipodi="urn:s" inkscape:export-filename="D:\\Anna Ahmed\\a.png">'
    f"<metadata><a>{WHO}</a></metadata><sodipodi:namedview/><path d='M0 0'/></svg>"
)
PRINTED = (
    f'<office:document-settings xmlns:office="{OPEN}:office:1.0" xmlns:config="{OPEN}:config:1.0">'
    f'<config:config-item config:name="PrinterName" config:type="string">{PRINTER}</config:config-item>'
    f'<config:config-item config:name="PrinterSetup" config:type="base64Binary">{PRINTER}</config:config-item>'
    "</office:document-settings>"
)


CUSTOM = (
    f'<Properties xmlns="urn:custom-properties"><property name="Editor"><lpwstr>{WHO}</lpwstr></property></Properties>'
)
PEOPLE = (
    f'<w:people xmlns:w="{WORD}"><w:person w:author="{WHO}"><w:presenceInfo w:userId="{WHO}"/></w:person></w:people>'
)
AUTHORS = f'<p:cmAuthorLst xmlns:p="urn:p"><p:cmAuthor id="0" name="{WHO}" initials="AA"/></p:cmAuthorLst>'
NOTED = f'<c:creator xmlns:c="http://purl.org/dc/elements/1.1/">{WHO}</c:creator>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("elsewhere.docx", docx(("package/services/metadata/core-properties/1.psmdcp", core_properties(WHO)))),
        ("letters.docx", docx(("DocProps/Core.xml", core_properties(WHO)))),
        ("custom.docx", docx(("docProps/custom.xml", CUSTOM))),
        ("library.docx", docx(("customXml/item1.xml", SHARED))),
        ("label.docx", docx(("docMetadata/LabelInfo.xml", f"<labelList><label siteId='{WHO}'/></labelList>"))),
        ("spaced.docx", docx(body=f'<w:ins w:author = "{WHO}"><w:r><w:t>More.</w:t></w:r></w:ins>')),
        ("rows.docx", docx(body=f"<w:del\nw:author\n=\n'{WHO}'/>")),
        ("people.docx", docx(("word/people.xml", PEOPLE))),
        ("changes.pptx", pptx(("ppt/changesInfos/changesInfo1.xml", CHANGES))),
        ("authors.pptx", pptx(("ppt/commentAuthors.xml", AUTHORS))),
        ("drawn.pptx", pptx(("ppt/media/a.svg", DRAWN_BY))),
        ("photograph.docx", docx(("word/media/a.jpg", photograph()))),
        ("named-otherwise.docx", docx(("word/media/a.png", photograph()))),
        ("without-name.docx", docx(("word/media/a.jfif", photograph()))),
        ("png.docx", docx(("word/media/a.png", photograph("PNG")))),
        ("photograph.odt", odt(("Pictures/1", photograph("WEBP")))),
        ("printed.odt", odt(("settings.xml", PRINTED))),
        ("commented.odt", odt(body=f"<office:annotation>{NOTED}</office:annotation>")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_no_corner_of_an_office_file_says_who_wrote_it(kept, name, content):
    found, parts = kept(name, content)
    assert found.found
    for said in parts.values():
        assert not re.search(rb"Anna|a\.ahmed|Phone 7|STAFFROOM", said)
    assert "Fair play" in str(found.leaves)
    assert not look_again(kept, name, parts)


def look_again(kept, name, parts):
    """Return what is found in a file made of ``parts``: of what was taken out nothing is there."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for member, content in parts.items():
            archive.writestr(member, content)
    return kept(name, whole.getvalue())[0].found


def test_the_printer_and_the_small_picture_of_a_file_go_with_what_names_them(kept):
    thumbnail = (
        f'<Relationship Id="t" Type="{PACKAGE}/relationships/metadata/thumbnail" Target="docProps/thumbnail.jpeg"/>'
    )
    printer = ("printerSettings", "printerSettings/printerSettings1.bin", False)
    content = docx(
        ("ppt/_rels/presentation.xml.rels", relations(("theme", "theme/t.bin", False), printer)),
        ("ppt/printerSettings/printerSettings1.bin", PRINTER.encode("utf-16-le")),
        ("word/_rels/settings.xml.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{thumbnail}</Relationships>'),
        ("word/docProps/thumbnail.jpeg", photograph()),
        body='<w:sectPr><w:printerSettings xmlns:r="urn:r" r:id="r9"/></w:sectPr>',
    )
    found, parts = kept("plan.docx", content)
    assert ("Printer", "its name and settings") in found.found
    assert "ppt/printerSettings/printerSettings1.bin" not in parts
    assert "word/docProps/thumbnail.jpeg" not in parts
    assert b"printerSettings" not in b"".join(parts.values())
    assert f"{RELATED}/theme".encode() in parts["ppt/_rels/presentation.xml.rels"]
    assert b"thumbnail" not in parts["word/_rels/settings.xml.rels"]


def test_a_small_picture_of_an_opendocument_file_goes_too(kept):
    entry = '<manifest:file-entry manifest:full-path="Thumbnails/thumbnail.png" manifest:media-type="image/png"/>'
    _, parts = kept("plan.odt", odt(("Thumbnails/thumbnail.png", photograph("PNG")), manifest=entry))
    assert "Thumbnails/thumbnail.png" not in parts
    assert b"humbnail" not in parts["META-INF/manifest.xml"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("word/media/a.tiff", photograph("TIFF")), ("word/media/a.jpg", photograph()[:200])],
    ids=["of another kind", "cut off"],
)
def test_a_picture_that_cannot_be_freed_of_its_details_is_refused(kept, name, content):
    with pytest.raises(RefusedFileError, match=r"A picture in this file \(a\.\w+\)"):
        kept("plan.docx", docx((name, content)))


def _with_picture(made, content, filters, **more):
    picture = Stream(
        made, content, Type=Name.XObject, Subtype=Name.Image, Width=8, Height=8, ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8, Filter=filters, **more,
    )  # fmt: skip
    made.pages[0].obj.Resources.XObject = Dictionary(P=made.make_indirect(picture))


def _described(made, words):
    return made.make_indirect(Stream(made, words, Type=Name.Metadata, Subtype=Name.XML))


XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Anna Ahmed">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:x2="urn:x2"><dc:title><rdf:Alt>'
    '<rdf:li xml:lang="x-default">Fair play</rdf:li></rdf:Alt></dc:title><x2:history><rdf:Bag>'
    "<rdf:li>Anna Ahmed</rdf:li></rdf:Bag></x2:history></rdf:Description></rdf:RDF><!-- Anna Ahmed --></x:xmpmeta>"
)


def _by_illustrator(made):
    made.pages[0].obj.PieceInfo = Dictionary(Illustrator=Dictionary(Private=Dictionary(Path="D:/Anna")))
    made.pages[0].obj.Thumb = made.make_indirect(Stream(made, b"Anna", Width=1, Height=1))


def _on_a_picture(made):
    _with_picture(made, b"\0" * 192, Array([]), Metadata=_described(made, XMP.encode()))


def _described_whole(made):
    made.Root.Metadata = _described(made, XMP.encode())


def _changed_later(made):
    made.docinfo["/Author"] = WHO
    made.docinfo["/SourceModified"] = "D:2026 Anna"


@pytest.mark.parametrize(
    "change",
    [
        lambda made: _with_picture(made, photograph(), Name.DCTDecode),
        lambda made: _with_picture(made, photograph(), Array([Name.DCTDecode])),
        lambda made: _with_picture(
            made, photograph().hex().encode() + b">", Array([Name.ASCIIHexDecode, Name.DCTDecode])
        ),
        _by_illustrator,
        _on_a_picture,
        _described_whole,
        _changed_later,
    ],
    ids=[
        "a picture",
        "in a list",
        "packed twice",
        "a program's own",
        "of a picture",
        "of the whole",
        "by keys of its own",
    ],
)
def test_no_corner_of_a_pdf_says_who_wrote_it(kept, change):
    found, parts = kept("plan.pdf", pdf(change))
    assert found.found
    assert not re.search(rb"Anna|Phone 7", parts["whole"])
    assert found.leaves[0].pieces == [("text", "Fair play")]


def test_a_description_that_reads_from_the_disk_of_whoever_opens_it_reads_nothing(kept, tmp_path):
    (tmp_path / "secret").write_text("Anna Ahmed")
    hole = XMP.replace("Fair play", "&a;").replace("Anna Ahmed", "")
    said = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{tmp_path / "secret"}">]>{hole}'
    _, parts = kept("plan.pdf", pdf(lambda made: setattr(made.Root, "Metadata", _described(made, said.encode()))))
    assert b"Anna" not in parts["whole"]


def test_what_opens_with_a_pdf_or_a_page_of_it_is_taken_out_and_fonts_of_such_names_stay(kept):
    def change(made):
        made.Root.OpenAction = Dictionary(S=Name.URI, URI="https://x.example/seen")
        made.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.URI, URI="https://x.example/seen"))
        made.pages[0].obj.Resources.Font.AA = made.pages[0].obj.Resources.Font.F1

    _, parts = kept("plan.pdf", pdf(change))
    assert b"x.example" not in parts["whole"]
    with pikepdf.open(io.BytesIO(parts["whole"])) as clean:
        assert "/AA" in clean.pages[0].obj.Resources.Font


def test_who_looks_again_finds_nothing_that_a_simple_replacement_left(kept, monkeypatch):
    monkeypatch.setattr("schools.files.personal.unsigned", lambda words, stays: words)
    with pytest.raises(RefusedFileError, match=re.escape(archives.BROKEN)):
        kept("plan.docx", docx(body=f'<w:ins w:author="{WHO}"/>'))
