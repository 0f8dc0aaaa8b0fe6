"""The fields of Word, which show what they work out: only those that need nothing but the file itself."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from schools.files.archives import all_said, local
from schools.files.errors import RefusedFileError
from schools.files.links import LEADS_ASTRAY, leads_astray

# What is not here fetches (LINK, INCLUDETEXT, RD), starts (DDE, MACROBUTTON) or spells the name of another (QUOTE).
HARMLESS = set(
    """
    = ADDIN ADVANCE AUTHOR AUTONUM AUTONUMLGL AUTONUMOUT BIBLIOGRAPHY CITATION COMMENTS COMPARE CREATEDATE DATE
    DISPLAYBARCODE DOCPROPERTY DOCVARIABLE EDITTIME EQ FILENAME FILESIZE FORMCHECKBOX FORMDROPDOWN FORMTEXT HYPERLINK IF
    INDEX INFO KEYWORDS LASTSAVEDBY LISTNUM NOTEREF NUMCHARS NUMPAGES NUMWORDS PAGE PAGEREF PRINTDATE PRIVATE REF REVNUM
    SAVEDATE SECTION SECTIONPAGES SEQ SET SHAPE STYLEREF SUBJECT SYMBOL TA TC TEMPLATE TIME TITLE TOA TOC USERADDRESS
    USERINITIALS USERNAME XE
    """.split()  # noqa: SIM905  (sixty words are read more easily so)
)
NAME = re.compile(r"\s*(=|[A-Za-z]*)")
LINKED = re.compile(r'\s*HYPERLINK\s+(?:\\[a-z]\s+)*"?([^"]*)', re.IGNORECASE)

FIELD = (
    "A field in this file may fetch or start something ({}). Click on it in Word, press Ctrl+Shift+F9 to make it plain "
    "text, save the file and choose it again."
)


def check(root: Element) -> None:
    """Look through the fields of a part.

    Raises:
        RefusedFileError: one may fetch or start something, or leads to somebody's computer.
    """
    for instruction in _instructions(root):
        found = NAME.match(instruction)
        name = found[1].upper() if found else ""
        if name not in HARMLESS:
            raise RefusedFileError(FIELD.format(name or "a field that another one names"))
        if (link := LINKED.match(instruction)) and leads_astray(link[1].replace("\\\\", "\\")):
            raise RefusedFileError(LEADS_ASTRAY.format(link[1][:60]))


def _instructions(root: Element) -> Iterator[str]:
    """Go through what fields are told to show, each put together from the runs that it is cut into.

    A field within another stands for itself, and the other is known by the words before it.
    """
    begun: list[str] = []
    loose = ""  # words outside of any field: Word would not read them, another program may
    for element in root.iter():
        tag = local(element.tag)
        if tag == "fldSimple":
            yield from all_said(element, "instr")
        elif tag == "fldChar" and "begin" in all_said(element, "fldCharType"):
            begun.append("")
        elif tag == "fldChar" and "end" in all_said(element, "fldCharType") and begun:
            yield begun.pop()
        elif tag in {"instrText", "delInstrText"}:
            words = element.text or ""
            if begun:
                begun[-1] += words
            else:
                loose += words
    yield from begun
    if loose.strip():
        yield loose
