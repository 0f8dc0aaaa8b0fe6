"""Letters that many devices lack: Urdu's Nastaliq and Gujarati, from the installed npm packages.

The packages hold every weight and many ranges; pages take one file of each. The licence (OFL) goes along with it.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

FOLDER = "fonts"
PACKAGES = settings.REPOSITORY / "node_modules" / "@fontsource"
FONTS = {
    "noto-nastaliq-urdu": "files/noto-nastaliq-urdu-arabic-400-normal.woff2",
    "noto-sans-gujarati": "files/noto-sans-gujarati-gujarati-400-normal.woff2",
}
# What the stylesheet of a page in one of these languages holds as well.
SHEETS = {"ur": "css/script-ur.css", "gu": "css/script-gu.css"}


class ScriptFonts(BaseFinder):
    """Finds `fonts/<package>/...`: one weight of each font, and its licence."""

    def _files(self) -> Iterator[tuple[str, FileSystemStorage]]:
        for package, file in FONTS.items():
            storage = FileSystemStorage(PACKAGES / package)
            storage.prefix = f"{FOLDER}/{package}"  # type: ignore[attr-defined]  # where collectstatic puts it
            yield from ((name, storage) for name in (file, "LICENSE") if storage.exists(name))

    def find(self, path: str, find_all: bool = False, **_options: Any) -> Any:  # noqa: FBT001, FBT002  (Django's own)
        """Return where the file named ``path`` is; an empty list where it is none of these."""
        found = [files.path(name) for name, files in self._files() if f"{files.prefix}/{name}" == path]  # type: ignore[attr-defined]
        return found if find_all or not found else found[0]

    def list(self, _ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """Go through what collectstatic takes: names and where they are kept."""
        return self._files()
