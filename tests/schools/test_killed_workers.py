"""A worker that is killed, at whatever step, leaves nothing half done and nothing behind."""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from unittest import mock

import psutil
import pytest
import time_machine
from django.core.files.storage import FileSystemStorage
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from core.making import apart
from core.making.claims import LOST_AFTER
from core.storage import ORPHAN_AFTER, sweep_orphans
from schools.actions import building, checking
from schools.actions.worker import make_next
from schools.files.looking import look
from schools.models import FileLeaf, LessonFile, PackBuild
from tests.factories.schools import make_arrived, make_pack, make_pack_page
from tests.schools.hostile import HOSTILE, docx, pdf

BY_NAME = {name: content for name, content, _ in HOSTILE}


class Killed(BaseException):
    """What stands for SIGKILL: nothing in the product catches it, and the transaction that it falls into is undone."""


class Steps:
    """The steps of a worker, at one of which it is killed."""

    def __init__(self, last):
        self.done, self.last = 0, last

    def stop_at(self, really):
        """Return ``really`` as a step: it is killed before or after it."""

        def step(*args, **kwargs):
            self._count()
            answer = really(*args, **kwargs)
            self._count()
            return answer

        return step

    def _count(self):
        self.done += 1
        if self.done == self.last:
            raise Killed


PLACES = [
    (checking, "claim"), (checking, "tell"), (checking, "end"), (checking, "discard"), (checking, "_keep_leaf"),
    (building, "claim"), (building, "tell"), (building, "end"), (building, "discard"), (building, "write_archive"),
    (FileSystemStorage, "save"),
]  # fmt: skip


@contextmanager
def looked_at(write, kind, **_):
    """Look at a file in this process, which is what the steps are about, and some forty times as fast."""
    with apart.folder_apart("lesson-") as folder:
        write(folder / f"arrived.{kind}")
        yield look(folder / f"arrived.{kind}", kind, folder), folder


def work(last=0):
    """Let a worker do all that waits, killed at its step ``last``; return how many steps it came through."""
    steps = Steps(last)
    patches = [mock.patch.object(where, name, steps.stop_at(getattr(where, name))) for where, name in PLACES[:-1]]
    save = FileSystemStorage.save

    def saved(storage, *args, **kwargs):
        return steps.stop_at(save)(storage, *args, **kwargs)

    patches += [
        mock.patch.object(FileSystemStorage, "save", saved),
        mock.patch.object(checking, "looked_at", looked_at),
    ]
    for patch in patches:
        patch.start()
    try:
        while make_next():
            pass
    except Killed:
        pass
    finally:
        for patch in patches:
            patch.stop()
    return steps.done


def stored():
    """Return all that lies on private storage, without its folders."""
    storage = LessonFile._meta.get_field("file").storage
    return {path for path in Path(storage.location).rglob("*") if path.is_file()}


def named():
    """Return all that rows refer to there."""
    rows = [*LessonFile.objects.all(), *FileLeaf.objects.all(), *PackBuild.objects.all()]
    files = [getattr(row, name, None) for row in rows for name in ("arrived", "file", "picture")]
    return {Path(file.path) for file in files if isinstance(file, FieldFile) and file}


def sweep():
    """Let go of what no row refers to, as the night does a day later."""
    sweep_orphans(timezone.now() + ORPHAN_AFTER + timedelta(days=1))


@pytest.mark.django_db
@pytest.mark.parametrize("content", [pdf(), BY_NAME["script.pdf"]], ids=["passed on", "refused"])
def test_who_is_killed_at_any_step_is_followed_by_one_who_ends_the_work(content, django_capture_on_commit_callbacks):
    sweep()  # what other tests left
    before = stored()
    last, came_through = 0, 1
    while last <= came_through:
        last += 1
        page = make_pack_page(make_pack())
        make_arrived(page.pack, docx(), "other.docx", title="Other")
        file = make_arrived(page.pack, content, title="Plan")
        with mock.patch("schools.tasks.make_files.delay"):
            with django_capture_on_commit_callbacks(execute=True):
                came_through = work(last)
            with (
                time_machine.travel(timezone.now() + LOST_AFTER + timedelta(seconds=1)),
                django_capture_on_commit_callbacks(execute=True),
            ):
                work()
        file.refresh_from_db()
        refused = content == BY_NAME["script.pdf"]
        assert (file.making, bool(file.file), file.arrived.name) == ("refused" if refused else "ready", not refused, "")
        assert file.leaves.count() == (0 if refused else 1)
        build = PackBuild.objects.get(pack=page.pack)
        assert (build.making, len(build.holds)) == ("ready", 1 if refused else 2)
        assert named() <= stored()
        sweep()
        assert stored() - before == named()
        with django_capture_on_commit_callbacks(execute=True):
            page.delete()
            page.pack.delete()
    assert came_through > 10  # it was killed at each step that there is
    assert stored() == before


LOOKS = (
    "import sys, time; from pathlib import Path; from core.making.apart import started, folder_apart\n"
    "with folder_apart('lesson-') as folder, started((sys.executable, '-c', sys.argv[1]), folder) as process:\n"
    "    while not (folder / 'there').exists(): time.sleep(0.02)\n"
    "    print(process.pid, folder, flush=True); time.sleep(60)"
)
IS_LOOKED_AT = (
    "import sys, time; from pathlib import Path; from core.making.apart import end_with_starter\n"
    "end_with_starter(); (Path(sys.argv[-1]) / 'there').touch(); time.sleep(60)"
)


@pytest.mark.alike
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with whoever started it")
def test_a_process_ends_with_the_worker_that_was_killed_and_its_folder_is_swept(settings):
    worker = subprocess.Popen([sys.executable, "-c", LOOKS, IS_LOOKED_AT], stdout=subprocess.PIPE, text=True)
    with worker:
        pid, folder = worker.stdout.readline().split()
        worker.kill()
    psutil.wait_procs([psutil.Process(int(pid))] if psutil.pid_exists(int(pid)) else [], timeout=5)
    assert not psutil.pid_exists(int(pid))
    left = Path(folder)
    assert left.is_dir()
    with mock.patch.object(tempfile, "gettempdir", return_value=str(left.parent)):
        apart.sweep_folders("lesson-")
        assert left.is_dir()  # somebody may be at it
        long_ago = time.time() - apart.LEFT_AFTER - 1
        os.utime(left, (long_ago, long_ago))
        apart.sweep_folders("lesson-")
    assert not left.exists()
