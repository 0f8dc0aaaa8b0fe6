"""From a file of artwork back to its approval: by its digest, else by what it says of itself inside."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image, UnidentifiedImageError

from campaigns.models import ArtworkFile, ArtworkVersion


@dataclass(frozen=True)
class Traced:
    """What is known of a file: which one of ours it is, or only of which version it says it is.

    ``newest`` is the number of the newest version of that artwork.
    """

    sha256: str
    file: ArtworkFile | None = None
    version: ArtworkVersion | None = None
    newest: int = 0

    @property
    def is_superseded(self) -> bool:
        """Whether a later version was approved since."""
        return bool(self.version and self.version.number < self.newest)


def traced(file: Any, sha256: str) -> Traced:
    """Return where ``file``, something uploaded, or else the file with this digest comes from."""
    digest = hashlib.file_digest(file, "sha256").hexdigest() if file else sha256
    known = ArtworkFile.objects.select_related("version__artwork__campaign", "version__picture")
    row = known.filter(sha256=digest).first()
    version = row.version if row else _named_inside(file)
    newest = version.artwork.approved_versions.values_list("number", flat=True).order_by("-number")[0] if version else 0
    return Traced(digest, row, version, newest)


def _named_inside(file: Any) -> ArtworkVersion | None:
    """Return the version that a picture which was saved anew says it is of, if it still says so."""
    said = _said_inside(file) if file else {}
    number = said.get("Version", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 5):
        return None
    known = ArtworkVersion.objects.select_related("artwork__campaign", "picture")
    return known.filter(
        number=int(number),
        artwork__campaign__code=said.get("Campaign", ""),
        artwork__code=said.get("Artwork", ""),
        artwork__language=said.get("Language", ""),
    ).first()


def _said_inside(file: Any) -> Mapping[str, str]:
    file.seek(0)
    try:
        with Image.open(file, formats=["PNG"]) as picture:  # Reads the head alone, no pixels.
            return {str(name): value for name, value in picture.info.items() if isinstance(value, str)}
    except (Image.DecompressionBombError, UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return {}
