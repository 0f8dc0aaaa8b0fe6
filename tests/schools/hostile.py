"""Files made to harm, each the smallest of its kind, and ordinary ones to hold them against."""

import io
import warnings
import zipfile

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

OFFICE = "application/vnd.openxmlformats-officedocument"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OUTSIDE = ' TargetMode="External"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 a compound file"
OPEN = "urn:oasis:names:tc:opendocument:xmlns"


def zipped(members):
    """Return a ZIP of ``members``: pairs, since a name may stand in it twice."""
    whole = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore", UserWarning)  # two members of one name, on purpose
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def relations(*them):
    """Return a part with relations: (kind, target, external)."""
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{RELATED}/{kind}" Target="{target}"{OUTSIDE if out else ""}/>'
        for n, (kind, target, out) in enumerate(them)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def docx(*extra, types="", body="", main=f"{OFFICE}.wordprocessingml.document.main+xml", related=()):
    """Return a Word file of one paragraph."""
    content = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="{PACKAGE}.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>{types}</Types>'
    )
    words = (
        f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Fair play'
        f"</w:t></w:r></w:p><w:p><w:r><w:t>Say what is fair.</w:t></w:r></w:p>{body}</w:body></w:document>"
    )
    return zipped(
        [
            ("[Content_Types].xml", content),
            ("_rels/.rels", relations(("officeDocument", "word/document.xml", False))),
            ("word/document.xml", words),
            ("word/_rels/document.xml.rels", relations(*related)),
            *extra,
        ]
    )


def pptx(*extra, slide="", related=()):
    """Return a PowerPoint file of one slide."""
    presentation = f"{OFFICE}.presentationml.presentation.main+xml"
    content = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="{PACKAGE}.relationships+xml"/>'
        f'<Override PartName="/ppt/presentation.xml" ContentType="{presentation}"/></Types>'
    )
    shown = f'<p:presentation xmlns:p="urn:p" xmlns:r="{RELATED}"><p:sldId r:id="r0"/></p:presentation>'
    words = (
        '<p:sld xmlns:p="urn:p" xmlns:a="urn:a"><p:sp><p:ph type="title"/><a:p><a:t>Fair play</a:t></a:p></p:sp>'
        f"{slide}</p:sld>"
    )
    return zipped(
        [
            ("[Content_Types].xml", content),
            ("_rels/.rels", relations(("officeDocument", "ppt/presentation.xml", False))),
            ("ppt/presentation.xml", shown),
            ("ppt/_rels/presentation.xml.rels", relations(("slide", "slides/slide1.xml", False))),
            ("ppt/slides/slide1.xml", words),
            ("ppt/slides/_rels/slide1.xml.rels", relations(*related)),
            *extra,
        ]
    )


def core_properties(who):
    """Return the part in which an office file says who wrote it."""
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>Fair play</dc:title><dc:creator>{who}</dc:creator><cp:lastModifiedBy>{who}</cp:lastModifiedBy>"
        "</cp:coreProperties>"
    )


def odt(*extra, body="", manifest=""):
    """Return an OpenDocument text of one paragraph."""
    spaces = " ".join(f'xmlns:{name}="{OPEN}:{name}:1.0"' for name in ("office", "text", "draw", "script", "manifest"))
    words = (
        f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text>'
        f"<text:h>Fair play</text:h><text:p>Say what is fair.</text:p>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return zipped(
        [
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", words),
            ("META-INF/manifest.xml", f"<manifest:manifest {spaces}>{manifest}</manifest:manifest>"),
            *extra,
        ]
    )


def pdf(change=lambda made: None, *, pages=1, words="Fair play", **saved):
    """Return a PDF with words on each page, changed by ``change``."""
    made = pikepdf.new()
    font = made.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for _ in range(pages):
        page = made.add_blank_page(page_size=(300, 200))
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = Stream(made, f"BT /F1 18 Tf 20 150 Td ({words}) Tj ET".encode() if words else b"")
    change(made)
    whole = io.BytesIO()
    made.save(whole, deterministic_id=not {"encryption", "static_id"} & set(saved), **saved)
    return whole.getvalue()


def _open_with(action):
    def change(made):
        made.Root.OpenAction = action

    return change


def _attached(made):
    made.attachments["plan.exe"] = pikepdf.AttachedFileSpec(made, b"MZ")


def _at_a_click(made):
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.Launch, F="calc.exe"))
    made.pages[0].obj.Annots = Array([made.make_indirect(link)])


def _programmed_form(made):
    made.Root.AcroForm = Dictionary(Fields=Array([]), XFA=Stream(made, b"<xdp/>"))


def _deep(made):
    found = Array([])
    for _ in range(100):
        found = Array([found])
    made.Root.Deep = found


VBA = '<Override PartName="/word/x.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
BOMB = b"0" * (40 * 1024**2)
ENTITIES = f'<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w:p xmlns:w="{WORD}">&b;</w:p>'

# Name, content, and what the refusal says.
HOSTILE = [
    ("macro.docx", docx(("word/vbaProject.bin", b"x")), "holds a macro"),
    ("declared-macro.docx", docx(("word/x.bin", b"x"), types=VBA), "holds a macro"),
    ("renamed-docm.docx", docx(main=MACRO_MAIN), "holds a macro"),
    ("macro-as-picture.docx", docx(("word/media/image1.png", OLE)), "another file or a program inside (image1.png)"),
    ("active-x.docx", docx(("word/activeX/activeX1.xml", "<a/>")), "ActiveX control"),
    ("control.docx", docx(related=[("control", "c.xml", False)]), "ActiveX control"),
    ("embedded.docx", docx(("word/embeddings/sheet.xlsx", b"x")), "another file or a program inside (sheet.xlsx)"),
    ("object.docx", docx(related=[("oleObject", "media/a.bin", False)]), "another file or a program inside (a.bin)"),
    ("template.docx", docx(related=[("attachedTemplate", "http://x.example/t.dotm", True)]), "tied to a template"),
    ("ole.docx", docx(related=[("oleObject", "http://x.example/a", True)]), "fetches something from elsewhere"),
    ("frame.docx", docx(related=[("frame", "http://x.example/a", True)]), "fetches something from elsewhere"),
    ("picture.docx", docx(related=[("image", "http://x.example/p.png", True)]), "fetches something from elsewhere"),
    ("share.docx", docx(related=[("hyperlink", "file://server/share", True)]), "on somebody's computer or network"),
    ("dde.docx", docx(body="<w:p><w:r><w:instrText>DDEAUTO c cmd</w:instrText></w:r></w:p>"), "(DDEAUTO)"),
    ("entities.docx", docx(("word/x.xml", ENTITIES)), "cannot be read"),
    ("no-xml.docx", docx(("word/x.xml", "<a>")), "cannot be read"),
    ("slip.docx", docx(("../../evil.txt", "x")), "under names that no office program writes"),
    ("backslash.docx", docx(("..\\evil.txt", "x")), "under names that no office program writes"),
    ("absolute.docx", docx(("/etc/passwd", "x")), "under names that no office program writes"),
    ("same.docx", docx(("word/document.xml", "x")), "under names that no office program writes"),
    ("twice.docx", docx(("Word/Document.xml", "x")), "under names that no office program writes"),
    ("many.docx", docx(*((f"word/{n}", "") for n in range(5_100))), "unpacks to far more"),
    ("bomb.docx", docx(("word/zeros.txt", BOMB)), "unpacks to far more"),
    ("slides-as.docx", docx(main=f"{OFFICE}.presentationml.presentation.main+xml"), "another kind of office file"),
    ("basic.odt", odt(("Basic/Standard/Module1.xml", "<a/>")), "holds a macro"),
    ("listener.odt", odt(body='<script:event-listener xlink:href="vnd.sun.star.script:x"/>'), "holds a macro"),
    ("object.odt", odt(body='<draw:object xlink:href="./Object 1"/>'), "another file or a program inside (Object 1)"),
    ("fetched.odt", odt(body='<draw:image xlink:href="http://x.example/p.png"/>'), "fetches something from elsewhere"),
    ("linked.odt", odt(body='<text:a xlink:href="file:///C:/plan.doc">x</text:a>'), "on somebody's computer"),
    ("locked.odt", odt(manifest="<manifest:encryption-data/>"), "locked with a password"),
    ("script.pdf", pdf(_open_with(Dictionary(S=Name.JavaScript, JS="app.alert(1)"))), "holds JavaScript"),
    ("launch.pdf", pdf(_open_with(Dictionary(S=Name.Launch, F="calc.exe"))), "does something by itself or at a click"),
    ("click.pdf", pdf(_at_a_click), "does something by itself or at a click that a document does not do (Launch)"),
    ("attached.pdf", pdf(_attached), "another file attached"),
    ("form.pdf", pdf(_programmed_form), "made of programs (XFA)"),
    ("deep.pdf", pdf(_deep), "cannot be read"),
    ("locked.pdf", pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "locked with a password"),
    ("locked-for-changes.pdf", pdf(encryption=pikepdf.Encryption(owner="o", user="")), "locked with a password"),
    ("damaged.pdf", b"%PDF-1.7\nnothing", "cannot be read"),
]
