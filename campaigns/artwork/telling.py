"""What a file says of itself inside, in the words that other programs look for: XMP with Dublin Core.

https://developer.adobe.com/xmp/docs/ and https://www.dublincore.org/specifications/dublin-core/dces/
"""

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from campaigns.artwork.compositions import Composition

XMP_IN_PNG = "XML:com.adobe.xmp"  # the keyword under which a PNG file holds it
META, RDF, DC = "adobe:ns:meta/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://purl.org/dc/elements/1.1/"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
PACKET = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>{}<?xpacket end="r"?>'
for _prefix, _space in {"x": META, "rdf": RDF, "dc": DC}.items():
    register_namespace(_prefix, _space)


def rights(about: Mapping[str, str]) -> str:
    """Return the credit and the licence of the picture that is shown, as one line; nothing where neither is known."""
    return ". ".join(about[name].rstrip(".") for name in ("Credit", "Licence") if about.get(name))


def identifier(about: Mapping[str, str]) -> str:
    """Return campaign, artwork, language and version, by which a file is traced; nothing where one is not known."""
    parts = [about.get(name, "") for name in ("Campaign", "Artwork", "Language", "Version")]
    return "/".join(parts) if all(parts) else ""


def described(composition: Composition, about: Mapping[str, str]) -> Element:
    """Return the description that a packet of XMP holds; the PDF's own has title, author and description already."""
    root = Element(f"{{{RDF}}}Description", {f"{{{RDF}}}about": ""})
    if said := rights(about):
        _listed(root, "rights", "Alt", said, {LANGUAGE: "x-default"})
    if traced := identifier(about):
        SubElement(root, f"{{{DC}}}identifier").text = traced
    _listed(root, "language", "Bag", composition.language, {})
    return root


def xmp(composition: Composition, about: Mapping[str, str]) -> str:
    """Return a whole packet of XMP, as a picture carries it."""
    root = described(composition, about)
    if title := about.get("Title"):
        _listed(root, "title", "Alt", title, {LANGUAGE: "x-default"})
    if composition.council:
        _listed(root, "creator", "Seq", composition.council, {})
    description = _listed(root, "description", "Alt", composition.alternative, {LANGUAGE: "x-default"})
    own = SubElement(description, f"{{{RDF}}}li", {LANGUAGE: composition.language})
    own.text = composition.alternative
    whole = Element(f"{{{META}}}xmpmeta")
    SubElement(whole, f"{{{RDF}}}RDF").append(root)
    return PACKET.format(tostring(whole, encoding="unicode"))


def _listed(root: Element, name: str, kind: str, said: str, attributes: dict[str, str]) -> Element:
    """Add a property whose value is a list of one, as XMP has most of them, and return the list."""
    values = SubElement(SubElement(root, f"{{{DC}}}{name}"), f"{{{RDF}}}{kind}")
    SubElement(values, f"{{{RDF}}}li", attributes).text = said
    return values
