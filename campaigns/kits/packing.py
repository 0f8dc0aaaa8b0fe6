"""A kit as one ZIP file, in names that every system takes, and with a page to read it by."""

from collections.abc import Iterator
from typing import IO

from django.template.loader import render_to_string

from campaigns.kits.contents import Contents
from campaigns.models import ArtworkFile
from core.making.packing import write_archive


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
    """Write the ZIP into ``to``.

    Raises:
        OSError: a file of artwork is missing from storage.
    """
    write_archive(((name, entry if isinstance(entry, str) else entry.file) for name, entry in entries(contents)), to)
