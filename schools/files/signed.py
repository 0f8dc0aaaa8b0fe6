"""Who commented or changed something, in the parts of an office file that are words: found, and written over.

The tags are changed where they stand: read and written by a library of XML, they would lose the names of their
namespaces, which office programs go by.
"""

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from schools.files.archives import all_said, local

NOBODY = "Author"
ACCOUNTS = ("author", "userId")
SIGNS = {*ACCOUNTS, "initials", "providerId", "lastEditedBy"}
NAMED = {"cmAuthor", "author", "chgData"}  # elements that say it by their attribute "name"
SIGNED_INSIDE = {"creator", "creator-initials", "sender-initials"}  # of OpenDocument, between two tags
ENTERED = {"printerSettings"}  # lead to what is left out

TAG = re.compile(r"""<(?P<end>/?)(?:[\w.-]+:)?(?P<name>[\w.-]+)(?:[^<>"']|"[^"]*"|'[^']*')*>""")
ATTRIBUTE = re.compile(r"""(?P<before>\s(?:[\w.-]+:)?(?P<name>[\w.-]+)\s*=\s*)(?P<said>"[^"]*"|'[^']*')""")
BETWEEN = re.compile(
    rf"(?P<before><(?P<tag>(?:[\w.-]+:)?(?:{'|'.join(sorted(SIGNED_INSIDE))}))(?:\s[^<>]*)?>)[^<]*(?=</(?P=tag)\s*>)"
)
OF_PRINTERS = re.compile(r"Printer(Name|Setup)$")
PRINTER = re.compile(r"""(<(?:[\w.-]+:)?config-item\b[^<>]*["']Printer(?:Name|Setup)["'][^<>]*>)[^<]*""")

Leaves = Callable[[str, dict[str, str]], bool]  # the name of a tag and its attributes: does it stay?


def names_in(root: Element) -> Iterator[str]:
    """Go through who is named in a part."""
    return (said for said, is_name in _signs(root) if is_name)


def is_signed(root: Element) -> bool:
    """Tell whether a part says anything of who commented or changed something."""
    return any(True for _ in _signs(root))


def names_a_printer(root: Element) -> bool:
    """Tell whether the settings of an OpenDocument file name the printer of whoever wrote it."""
    items = (item for item in root.iter() if local(item.tag) == "config-item")
    return any(item.text and OF_PRINTERS.search(name) for item in items for name in all_said(item, "name"))


def _signs(root: Element) -> Iterator[tuple[str, bool]]:
    for element in root.iter():
        tag = local(element.tag)
        found = [(said, local(key)) for key, said in element.attrib.items() if local(key) in SIGNS]
        if tag in NAMED:
            found += [(said, tag) for said in all_said(element, "name")]
        if tag in SIGNED_INSIDE and element.text:
            found.append((element.text.strip(), tag))
        for said, where in found:
            if said not in {"", NOBODY}:
                yield said, where in {*ACCOUNTS, *NAMED, "creator"}


def unsigned(words: str, stays: Leaves) -> str:
    """Return the text of a part that says no more who commented or changed something, of tags that ``stays`` keeps."""

    def change(found: re.Match[str]) -> str:
        tag, name = found[0], found["name"]
        if found["end"]:
            return "" if name in ENTERED else tag
        attributes = {part["name"]: part["said"][1:-1] for part in ATTRIBUTE.finditer(tag)}
        if name in ENTERED or not stays(name, attributes):
            return ""
        return ATTRIBUTE.sub(lambda part: _said_by_nobody(part, name), tag)

    return PRINTER.sub(r"\1", BETWEEN.sub(rf"\g<before>{NOBODY}", TAG.sub(change, words)))


def _said_by_nobody(part: re.Match[str], tag: str) -> str:
    signs = part["name"] in SIGNS or (tag in NAMED and part["name"] == "name")
    return f'{part["before"]}"{NOBODY}"' if signs else part[0]


OF_EDITORS = re.compile(r"""\s(?:inkscape|sodipodi):[\w.-]+\s*=\s*(?:"[^"]*"|'[^']*')""")
EDITORS_TAG = re.compile(r"""</?(?:inkscape|sodipodi):(?:[^<>"']|"[^"]*"|'[^']*')*>""")
DESCRIPTION = re.compile(r"<((?:\w+:)?metadata)\b.*?</\1\s*>", re.DOTALL)


def plain_drawing(words: str) -> str:
    """Return a drawing (SVG) without what the program that it was drawn with says of folders and people."""
    return OF_EDITORS.sub("", EDITORS_TAG.sub("", DESCRIPTION.sub("", words)))
