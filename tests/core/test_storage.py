"""Stored files go when nothing refers to them any more."""

import os
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.models import Document
from core.storage import sweep_orphans
from core.tasks import purge
from schools.models import LessonFile
from tests.factories.schools import make_file, make_pack

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def store(storage: str, name: str, *, age: timedelta) -> str:
    """Store a file that no row refers to, as old as ``age``."""
    kept = storages[storage]
    name = kept.save(name, ContentFile(b"left behind"))
    then = (timezone.now() - age).timestamp()
    os.utime(kept.path(name), (then, then))
    return name


@pytest.fixture
def lessons():
    """Yield the private storage, without the files that a test leaves in it."""
    kept = storages["private"]
    yield kept
    for name in kept.listdir("lessons")[1] if kept.exists("lessons") else ():
        kept.delete(f"lessons/{name}")


def make_old(file: LessonFile) -> None:
    then = (timezone.now() - 9 * DAY).timestamp()
    os.utime(file.file.path, (then, then))


def test_a_file_without_a_row_goes_after_a_day_and_one_with_a_row_stays(lessons):
    kept = make_file(make_pack())
    make_old(kept)
    old, new = (store("private", f"lessons/{name}.pdf", age=age) for name, age in (("old", 2 * DAY), ("new", DAY / 2)))

    assert sweep_orphans(timezone.now())[LessonFile] == 1

    assert [lessons.exists(name) for name in (kept.file.name, old, new)] == [True, False, True]


def test_documents_and_pictures_that_no_row_knows_go_too(settings):
    names = [store("default", f"{folder}/left.bin", age=2 * DAY) for folder in ("documents", "original_images")]
    other = store("default", "elsewhere/left.bin", age=2 * DAY)
    document = Document.objects.create(title="Kept", file=ContentFile(b"kept", name="kept.txt"))
    purge()
    media = storages["default"]
    assert [media.exists(name) for name in (*names, other, document.file.name)] == [False, False, True, True]
    media.delete(other)
    media.delete(document.file.name)


def test_purge_says_what_it_deleted_and_a_rehearsal_deletes_nothing(capsys, lessons):
    left = store("private", "lessons/old.pdf", age=2 * DAY)
    call_command("purge", dry_run=True)
    assert "LessonFile: 1 stored files without a row would be deleted" in capsys.readouterr().out
    assert lessons.exists(left)
    call_command("purge")
    assert "LessonFile: 1 stored files without a row deleted" in capsys.readouterr().out
    assert not lessons.exists(left)


def test_a_storage_that_fails_is_said_and_keeps_no_other_from_its_sweep(monkeypatch, lessons):
    left = store("private", "lessons/old.pdf", age=2 * DAY)

    def fail(*_):
        raise OSError("no storage")

    monkeypatch.setattr(Document._meta.get_field("file").storage, "listdir", fail)
    with pytest.raises(CommandError, match="Document"):
        call_command("purge")
    assert not lessons.exists(left)
