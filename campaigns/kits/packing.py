"""A kit as one ZIP file, in names that every system takes, and with a page to read it by."""

import shutil
from collections.abc import Iterator
from typing import IO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.template.loader import render_to_string

from campaigns.kits.contents import Contents
from campaigns.models import ArtworkFile

ALWAYS_THE_SAME = (1980, 1, 1, 0, 0, 0)  # so that the same contents make the same file


def archive_name(contents: Contents) -> str:
    """Return what the file is called where somebody keeps it."""
    of = contents.placement.code if contents.placement else "kit"
    return f"{contents.campaign.code.replace('_', '-').lower()}-{of}.zip"


def entries(contents: Contents) -> Iterator[tuple[str, ArtworkFile | str]]:
    """Go through what the ZIP holds: the name of each entry, and a file of artwork or a text."""
    yield "readme.txt", render_to_string("campaigns/kit/readme.txt", {"kit": contents})
    yield "readme.html", render_to_string("campaigns/kit/readme.html", {"kit": contents})
    for part in contents.parts:
        for post in part.posts:
            yield f"texts/{part.code}-{post.channel.key}.txt", f"{post.text}\n"
        for poster in part.posters:
            for _, file in poster.files:
                yield f"artwork/{part.code}/{file.name}", file


def pack(contents: Contents, to: IO[bytes]) -> None:
    """Write the ZIP into ``to``, one file after the other: never two of them in memory.

    Pictures and PDFs are as small as they get, so nothing is pressed once more.

    Raises:
        OSError: a file of artwork is missing from storage.
    """
    with ZipFile(to, "w", ZIP_STORED) as archive:
        for name, content in entries(contents):
            with archive.open(ZipInfo(name, date_time=ALWAYS_THE_SAME), "w", force_zip64=True) as entry:
                if isinstance(content, str):
                    entry.write(content.encode())
                    continue
                with content.file.open("rb") as source:
                    shutil.copyfileobj(source, entry)
