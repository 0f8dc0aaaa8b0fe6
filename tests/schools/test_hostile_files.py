"""What is made to harm is refused, in a sentence; what is not is passed on without what it says of people."""

import io
import zipfile

import pikepdf
import pytest

from schools.demo import FOLDER
from schools.files.errors import RefusedFileError
from schools.files.looking import look
from tests.schools.hostile import HOSTILE, core_properties, docx, odt, pdf
from tests.schools.hostile_disguised import DISGUISED

pytestmark = pytest.mark.alike


@pytest.fixture
def looked(tmp_path):
    """Return a function that looks at a file: what was found, and what is kept of it."""

    def looked(name, content):
        file = tmp_path / name
        file.write_bytes(content)
        found = look(file, name.rpartition(".")[2], tmp_path)
        return found, (tmp_path / "clean").read_bytes()

    return looked


@pytest.mark.parametrize(
    ("name", "content", "sentence"), HOSTILE + DISGUISED, ids=[name for name, *_ in HOSTILE + DISGUISED]
)
def test_a_file_made_to_harm_is_refused_in_its_sentence(tmp_path, name, content, sentence):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(RefusedFileError) as refused:
        look(file, name.rpartition(".")[2], tmp_path)
    assert sentence in str(refused.value)
    assert "hoose" in str(refused.value) or "Split" in str(refused.value)  # how to mend it
    assert not (tmp_path / "clean").exists()


def at_its_first_page(made):
    made.Root.OpenAction = pikepdf.Array([made.pages[0].obj, pikepdf.Name.Fit])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "plan.docx",
            docx(related=[("hyperlink", "https://a.example/", True), ("hyperlink", "mailto:a@b.c", True)]),
        ),
        ("plan.odt", odt(body='<text:p><text:a xlink:href="https://a.example/"/></text:p>')),
        ("plan.pdf", pdf(at_its_first_page)),
    ],
)
def test_links_and_a_page_to_open_at_are_no_harm_and_the_words_can_be_read(looked, name, content):
    found, _ = looked(name, content)
    assert next(words for leaf in found.leaves for _, words in leaf.pieces) == "Fair play"
    assert found.found == []


def test_an_office_file_is_freed_of_who_wrote_it_and_of_nothing_else(looked):
    comment = '<w:comments xmlns:w="urn:w"><w:comment w:author="Anna Ahmed" w:initials="AA"/></w:comments>'
    app = "<Properties><Company>Anytown School</Company><Application>Word</Application></Properties>"
    parts = [
        ("docProps/core.xml", core_properties("Anna Ahmed")),
        ("docProps/app.xml", app),
        ("word/comments.xml", comment),
    ]
    content = docx(*parts, body='<w:ins w:author="Anna Ahmed"><w:r><w:t>More.</w:t></w:r></w:ins>')
    found, kept = looked("plan.docx", content)
    assert dict(found.found) == {
        "Author": "Anna Ahmed",
        "Last changed by": "Anna Ahmed",
        "Company": "Anytown School",
        "Commented or changed by": "Anna Ahmed",
    }
    assert found.noticed == ["It has 1 comments in it. Teachers read them: take out those that are not for teachers."]
    with zipfile.ZipFile(io.BytesIO(kept)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Anna" not in everything
    assert b"Anytown" not in everything
    assert b"<dc:title>Fair play</dc:title>" in everything
    assert b"Say what is fair." in everything
    assert looked("plan.docx", content)[1] == kept  # the same file gives the same bytes
    assert looked("plan.docx", kept)[0].found == []


def test_an_opendocument_file_is_freed_of_who_wrote_it(looked):
    meta = (
        '<office:document-meta xmlns:office="urn:o" xmlns:dc="urn:dc" xmlns:meta="urn:m"><office:meta>'
        "<dc:creator>Anna Ahmed</dc:creator><meta:initial-creator>Anna Ahmed</meta:initial-creator>"
        "</office:meta></office:document-meta>"
    )
    found, kept = looked("plan.odt", odt(("meta.xml", meta)))
    assert found.found == [("Author", "Anna Ahmed")]
    with zipfile.ZipFile(io.BytesIO(kept)) as archive:
        assert b"Anna" not in archive.read("meta.xml")
        assert archive.infolist()[0].filename == "mimetype"


def test_a_pdf_is_freed_of_who_wrote_it_and_keeps_its_title_and_that_it_can_be_read_aloud(looked):
    def describe(made):
        made.docinfo["/Title"], made.docinfo["/Author"] = "Fair play", "Anna Ahmed"
        with made.open_metadata(set_pikepdf_as_editor=False) as said:
            said["dc:title"], said["dc:creator"], said["pdfuaid:part"] = "Fair play", ["Anna Ahmed"], "1"
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Text,
            Rect=[0, 0, 9, 9],
            T="Anna Ahmed",
            Contents="Check this.",
        )
        made.pages[0].obj.Annots = pikepdf.Array([made.make_indirect(note)])

    found, kept = looked("plan.pdf", pdf(describe))
    assert ("Author", "Anna Ahmed") in found.found
    assert ("Commented by", "Anna Ahmed") in found.found
    assert len(found.noticed) == 1
    with pikepdf.open(io.BytesIO(kept)) as clean:
        assert dict(clean.docinfo) == {"/Title": "Fair play"}
        with clean.open_metadata() as said:
            assert (said["dc:title"], said["pdfuaid:part"], "dc:creator" in said) == ("Fair play", "1", False)
        assert "/T" not in clean.pages[0].obj.Annots[0]


def test_a_pdf_of_pictures_alone_is_taken_and_says_what_it_lacks(looked):
    found, _ = looked("scan.pdf", pdf(words="", pages=2))
    assert [leaf.pieces for leaf in found.leaves] == [[], []]
    assert "made of pictures" in found.noticed[0]


def test_a_long_pdf_is_read_to_its_end_and_drawn_as_far_as_that_helps(looked, monkeypatch):
    monkeypatch.setattr("schools.files.drawing.MOST_PICTURES", 2)
    found, _ = looked("plan.pdf", pdf(pages=3))
    assert [leaf.size for leaf in found.leaves] == [(900, 600), (900, 600), None]
    assert [words for leaf in found.leaves for _, words in leaf.pieces] == ["Fair play"] * 3


def test_a_pdf_that_was_made_to_be_read_aloud_is_read_by_its_tags(looked):
    found, kept = looked("plan.pdf", (FOLDER / "being-an-upstander-lesson-plan.pdf").read_bytes())
    pieces = [piece for leaf in found.leaves for piece in leaf.pieces]
    kinds = [kind for kind, _ in pieces]
    assert pieces[0] == ("heading", "Lesson plan: Being an upstander")
    assert kinds.count("heading") > 3
    assert kinds.count("item") > 3
    assert all(any(letter.isalpha() for letter in said) for _, said in pieces)  # no page numbers, no dots
    with pikepdf.open(io.BytesIO(kept)) as clean:
        assert "/StructTreeRoot" in clean.Root
        assert str(clean.Root.Lang).startswith("en")
