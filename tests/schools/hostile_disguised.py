"""The harms of :mod:`tests.schools.hostile` in disguise: as programs read them, and as a simple look passes over."""

import io
import stat
import zipfile

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from tests.schools.hostile import OPEN, OUTSIDE, PACKAGE, RELATED, WORD, docx, odt, pdf, pptx, relations

VML = "urn:schemas-microsoft-com:vml"
ADD_IN = "http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes"
HEADER = '<Override PartName="/word/header.bin" ContentType="application/x.header+xml"/>'


def field(*runs):
    """Return a field of Word whose instruction is cut into ``runs``."""
    cut = "".join(f"<w:instrText>{run}</w:instrText>" for run in runs)
    return f'<w:p><w:r><w:fldChar w:fldCharType="begin"/>{cut}<w:fldChar w:fldCharType="end"/></w:r></w:p>'


def relation(attributes):
    """Return a part with one relation, of ``attributes`` as they stand."""
    one = f'<Relationship Id="r1" {attributes}/>'
    return f'<Relationships xmlns="{PACKAGE}/relationships" xmlns:x="urn:x">{one}</Relationships>'


def _beside(content, name, change):
    """Return an archive with one member of ``name`` more, whose entry is changed by ``change``."""
    whole = io.BytesIO(content)
    entry = zipfile.ZipInfo(name)
    change(entry)
    with zipfile.ZipFile(whole, "a") as archive:
        archive.writestr(entry, "x", entry.compress_type)
    return whole.getvalue()


def _link_of_unix(entry):
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16


def _other_pressing(entry):
    entry.compress_type = zipfile.ZIP_LZMA


def _annotated(**annotation):
    def change(made):
        note = Dictionary(Type=Name.Annot, Rect=[0, 0, 9, 9], **annotation)
        made.pages[0].obj.Annots = Array([made.make_indirect(note)])

    return change


def _link(**action):
    return _annotated(Subtype=Name.Link, A=Dictionary(**action))


def _when_the_page_opens(made):
    made.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.Launch, F="calc.exe"))


def _one_after_the_other(made):
    later = made.make_indirect(Dictionary(S=Name.JavaScript, JS="app.alert(1)"))
    made.Root.Outlines = Dictionary(First=Dictionary(Title="x", A=Dictionary(S=Name.GoTo, Next=later)))


def _in_a_stream(made):
    script = Stream(made, b"app.alert(1)")
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=[String("x"), Dictionary(JS=script)]))


def _filled_from_elsewhere(made):
    made.Root.Kept = made.make_indirect(Stream(made, b"", F="picture.bin"))


def _page_of_another(made):
    form = Stream(made, b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9], Ref=Dictionary(F="a.pdf", Page=0))
    made.pages[0].obj.Resources.XObject = Dictionary(X=made.make_indirect(form))


def _signed(made):
    signature = Dictionary(Type=Name.Sig, Name="Anna Ahmed", Contents=b"0", ByteRange=[0, 1, 2, 3])
    signed = made.make_indirect(Dictionary(FT=Name.Sig, T="s", V=signature))
    made.Root.AcroForm = Dictionary(Fields=[signed], SigFlags=3)


def _added_later(content):
    """Return a PDF to whose end somebody added an object of a script, as programs add changes."""
    at = len(content)
    start = content.rindex(b"startxref") + len(b"startxref")
    before = int(content[start:].split()[0])
    script = b"<< /S /J#61vaScript /J#53 (app.alert\\(1\\)) >>"
    added = b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R /OpenAction " + script + b" >>\nendobj\n"
    table = f"xref\n1 1\n{at:010} 00000 n \ntrailer\n<< /Size 9 /Root 1 0 R /Prev {before} >>\n"
    return content + added + table.encode() + f"startxref\n{at + len(added)}\n%%EOF\n".encode()


MANY_WORDS = " ".join(map(str, range(200_000)))

DISGUISED = [
    # Word reads the names of fields in any letters, and what other fields make of them.
    ("small-letters.docx", docx(body=field("ddeauto c:\\cmd x")), "may fetch or start something"),
    ("cut.docx", docx(body=field("DD", "EAUTO c cmd")), "may fetch or start something"),
    ("quoted.docx", docx(body=field("QUOTE 68 68 69")), "may fetch or start something"),
    ("nested.docx", docx(body=field(field("QUOTE 68"), " c cmd")), "may fetch or start something"),
    ("whole.docx", docx(body='<w:fldSimple w:instr=" Link Excel.Sheet x"/>'), "may fetch or start something"),
    ("far.docx", docx(body=field('HYPERLINK "\\\\server\\share"')), "on somebody's computer or network"),
    ("far-file.docx", docx(body=field('hyperlink "file://server/x"')), "on somebody's computer or network"),
    # A part is XML by what it is declared, not by its name; names are alike in any letters.
    (
        "header.docx",
        docx(("word/header.bin", f'<w:hdr xmlns:w="{WORD}">{field("DDE c cmd")}</w:hdr>'), types=HEADER),
        "may fetch or start something",
    ),
    (
        "letters.docx",
        docx(("word/_rels/header1.xml.RELS", relations(("oleObject", "http://x.example/a", True)))),
        "fetches something from elsewhere",
    ),
    # The attribute that counts is the one without a namespace.
    (
        "two-modes.docx",
        docx(
            ("_rels/x.rels", relation(f'x:TargetMode="Internal" Type="{RELATED}/image" Target="http://x.e"{OUTSIDE}'))
        ),
        "fetches something from elsewhere",
    ),
    (
        "two-targets.docx",
        docx(("_rels/x.rels", relation(f'x:Target="#a" Type="{RELATED}/hyperlink" Target="file://s/a"{OUTSIDE}'))),
        "on somebody's computer or network",
    ),
    (
        "inner-address.docx",
        docx(("_rels/x.rels", relation(f'Type="{RELATED}/image" Target="http://x.example/p.png"'))),
        "fetches something from elsewhere",
    ),
    ("chunk.docx", docx(related=[("aFChunk", "chunk.mht", False)]), "another file or a program inside (chunk.mht)"),
    ("sub.docx", docx(related=[("subDocument", "other.docx", True)]), "fetches something from elsewhere"),
    ("add-in.docx", docx(("_rels/x.rels", relation(f'Type="{ADD_IN}" Target="t.xml"'))), "an add-in"),
    (
        "post.docx",
        docx(("word/settings.xml", f'<w:settings xmlns:w="{WORD}"><w:mailMerge/></w:settings>')),
        "mail merge",
    ),
    (
        "old-drawing.docx",
        docx(body=f'<v:imagedata xmlns:v="{VML}" src="http://x.example/p.png"/>'),
        "fetches something",
    ),
    ("old-link.docx", docx(body=f'<v:shape xmlns:v="{VML}" href="file://server/share"/>'), "on somebody's computer"),
    ("signed.docx", docx(("_xmlsignatures/sig1.xml", "<a/>")), "digital signature"),
    (
        "utf-16.docx",
        docx(("word/x.xml", '<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16"))),
        "cannot be read",
    ),
    (
        "latin.docx",
        docx(("word/x.xml", '<?xml version="1.0" encoding="latin-1"?><a>é</a>'.encode("latin-1"))),
        "cannot be read",
    ),
    ("drawn.pptx", pptx(("ppt/media/a.svg", "<svg><script>alert(1)</script></svg>")), "holds a program"),
    ("drawn-at-a-click.pptx", pptx(("ppt/media/a.svg", '<svg><g onclick="alert(1)"/></svg>')), "holds a program"),
    (
        "drawn-from-afar.pptx",
        pptx(("ppt/media/a.svg", '<svg><image href="https://x.example/p.png"/></svg>')),
        "fetches something from elsewhere",
    ),
    ("button.pptx", pptx(slide='<a:hlinkClick xmlns:a="urn:a" action="PPACTION://PROGRAM"/>'), "starts a program"),
    ("show.pptx", pptx(related=[("hyperlink", "other.pptx", True)]), "on somebody's computer or network"),
    ("film.pptx", pptx(related=[("video", "https://x.example/f", True)]), "fetches something from elsewhere"),
    # Names that say one thing and are another.
    ("turned.docx", docx(("word/\u202egpj.exe", "x")), "under names that no office program writes"),
    ("bell.docx", docx(("word/a\x07.xml", "<a/>")), "under names that no office program writes"),
    ("device.docx", docx(("word/con.xml", "<a/>")), "under names that no office program writes"),
    ("points.docx", docx(("word/a.xml.", "<a/>")), "under names that no office program writes"),
    ("link.docx", _beside(docx(), "word/a", _link_of_unix), "under names that no office program writes"),
    ("pressed.docx", _beside(docx(), "word/a", _other_pressing), "cannot be read"),
    ("program.docx", docx(("word/media/a.png", b"\x7fELF\x02")), "another file or a program inside (a.png)"),
    ("words.docx", docx(body=f"<w:p><w:r><w:t>{MANY_WORDS}</w:t></w:r></w:p>"), "more words"),
    ("space.odt", odt(body='<draw:image xlink:href=" http://x.example/p.png"/>'), "fetches something from elsewhere"),
    (
        "two.odt",
        odt(body='<draw:image xmlns:x="urn:x" x:href="a.png" xlink:href="http://x.example/p.png"/>'),
        "fetches something from elsewhere",
    ),
    ("out.odt", odt(body='<draw:image xlink:href="./Pictures/../../../p.png"/>'), "fetches something from elsewhere"),
    ("run.odt", odt(body='<text:execute-macro text:name="x"/>'), "holds a macro"),
    (
        "scripts.odt",
        odt(body='<office:scripts><office:script script:language="ooo:Basic"/></office:scripts>'),
        "a macro",
    ),
    (
        "data.odt",
        odt(body=f'<office:dde-source xmlns:office="{OPEN}:office:1.0"/>'),
        "fetches something from elsewhere",
    ),
    (
        "form.odt",
        odt(body='<f:instance xmlns:f="http://www.w3.org/2002/xforms" src="http://x.example/"/>'),
        "fetches something from elsewhere",
    ),
    ("signed.odt", odt(("META-INF/documentsignatures.xml", "<a/>")), "digital signature"),
    (
        "page.pdf",
        pdf(_when_the_page_opens),
        "does something by itself or at a click that a document does not do (Launch)",
    ),
    ("next.pdf", pdf(_one_after_the_other), "holds JavaScript"),
    ("stream.pdf", pdf(_in_a_stream), "holds JavaScript"),
    (
        "hidden.pdf",
        pdf(_in_a_stream, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        "holds JavaScript",
    ),
    ("later.pdf", _added_later(pdf(static_id=True)), "holds JavaScript"),
    ("send.pdf", pdf(_link(S=Name.SubmitForm, F="http://x.example/")), "(SubmitForm)"),
    ("other.pdf", pdf(_link(S=Name.GoToR, F="a.pdf")), "(GoToR)"),
    ("share.pdf", pdf(_link(S=Name.URI, URI="file://server/share")), "on somebody's computer or network"),
    ("script-link.pdf", pdf(_link(S=Name.URI, URI="java\tscript:alert(1)")), "on somebody's computer or network"),
    ("note.pdf", pdf(_annotated(Subtype=Name.FileAttachment, FS=Dictionary(F="a"))), "another file attached"),
    ("film.pdf", pdf(_annotated(Subtype=Name.RichMedia)), "holds a film"),
    ("filled.pdf", pdf(_filled_from_elsewhere), "fetches something from elsewhere"),
    ("page-of-another.pdf", pdf(_page_of_another), "fetches something from elsewhere"),
    ("signed.pdf", pdf(_signed), "digital signature"),
]
