"""What the worker does next: looks through what arrived, then packs what changed."""

from core.making.apart import sweep_folders
from core.making.claims import alone, due
from schools.actions.building import ask_for_builds, build_pack
from schools.actions.checking import check_file
from schools.files.apart import FOLDERS
from schools.models import LessonFile, PackBuild
from schools.queries import published_pages


def make_next() -> bool:
    """Do what waits first; tell whether there was something, and this process had time for it."""
    with alone() as is_free:
        if not is_free:
            return False
        sweep_folders(FOLDERS)
        if file := due(LessonFile.objects.exclude(arrived="")).first():
            check_file(file)
            return True
        ask_for_builds()
        if build := due(PackBuild.objects.filter(pack__in=published_pages().values("pack"))).first():
            build_pack(build)
            return True
    return False
