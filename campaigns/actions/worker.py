"""What the worker makes next: files of artwork, then archives of kits, which hold those."""

from campaigns.actions.drawing import draw_version
from campaigns.actions.packing import ask_for_archives, pack_archive
from campaigns.models import ArtworkVersion, KitArchive
from core.making.claims import alone, due


def make_next() -> bool:
    """Make what waits first; tell whether there was something, and this process had time for it."""
    with alone() as is_free:
        if not is_free:
            return False
        if version := due(ArtworkVersion.objects.all()).first():
            draw_version(version)
            return True
        ask_for_archives()
        if archive := due(KitArchive.objects.all()).first():
            pack_archive(archive)
            return True
    return False
