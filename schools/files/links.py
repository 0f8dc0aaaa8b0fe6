"""Where the links of a file may lead: to an address, and to nothing on somebody's computer or network."""

import re
import unicodedata

FOLLOWED = {"http", "https", "mailto", "tel"}
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
OF_A_DISK = ("/", "\\", "../")

LEADS_ASTRAY = (
    "A link in this file leads to a file on somebody's computer or network ({}). Take the link out, save it and choose "
    "it again."
)


def scheme_of(target: str) -> str:
    """Return what ``target`` begins with, in small letters, as programs read it; empty where it begins with none."""
    found = SCHEME.match(plain(target))
    return found[1].lower() if found else ""


def leads_astray(target: str) -> bool:
    """Tell whether a link leads to a disk, or to a program that somebody has; one without a scheme is no harm."""
    return scheme_of(target) not in {*FOLLOWED, ""} or plain(target).startswith(OF_A_DISK)


def plain(target: str) -> str:
    """Return ``target`` without blanks and control characters, which programs pass over."""
    return "".join(sign for sign in target if not sign.isspace() and unicodedata.category(sign)[0] != "C")
