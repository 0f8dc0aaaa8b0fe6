"""A pack of 20 MB, packed against zipfile alone, and taken: from gunicorn, and through nginx, against nginx alone.

Everything is asked over one connection that stays open, from the same machine. What nginx sends alone is the same file.
"""

import http.client
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import TemporaryUploadedFile

from benchmarks.measure import compare
from core.approvals.keeping import publish_laid
from core.making.packing import write_archive
from schools.actions import start_pack
from schools.actions.building import ask_for_builds, build_pack
from schools.models import LessonFile, LessonPack, PackBuild
from schools.queries import contents_of, published_pages
from tests.installations import free_port, wait_until
from tests.nginx import find_nginx, nginx

FILES, SIZE = 4, 5 * 1024 * 1024
ROUND = 10
PIECE = 1024 * 1024  # bytes that both read at a time
PERSON = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


def measure() -> None:
    """Print the lines `zip`, `download` and `download-x-accel`."""
    build = _pack()
    _measure_packing(build)
    if find_nginx() is None:
        print("download | nginx is not installed, so nothing was measured")
        return
    pack = Path(build.file.path)
    alone = Path(settings.VAR_DIR) / "media" / "images" / "pack.zip"
    alone.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(pack, alone)
    path = f"/schools/{build.pack.pages.get(locale__language_code='en').slug}/download/"
    _measure_taking("download", path, pack.stat().st_size, through_nginx=False)
    _measure_taking("download-x-accel", path, pack.stat().st_size, through_nginx=True)


def _pack() -> PackBuild:
    noise = random.Random(1)  # noqa: S311  (bytes that do not press, the same each time)
    pack = LessonPack.objects.create(code="bench", title="Bench", duration=45, learning="Say what is fair.")
    for number in range(FILES):
        content = ContentFile(b"%PDF-1.7\n" + noise.randbytes(SIZE), name="plan.pdf")
        LessonFile.objects.create(
            pack=pack, title=f"Plan {number}", kind="lesson-plan", audience="teacher", making="ready", file=content
        )
    publish_laid(start_pack(pack=pack))
    ask_for_builds()
    build = PackBuild.objects.get(pack=pack)
    build_pack(build)
    build.refresh_from_db()
    return build


def _measure_packing(build: PackBuild) -> None:
    """Ours draws READ-ME, packs it with the files and lets the storage put the ZIP in its place.

    The peer makes a ZIP of the same files by zipfile alone: into a temporary file beside its place, read in the same
    pieces. With `ZipFile.write`, which reads 8 kB at a time, or over a file that is there already, it takes twice as
    long, which would be no praise of ours. What the worker's job asks of the database and notes there, some ten
    milliseconds whatever a pack's size, packs nothing: it is in neither.
    """
    page = published_pages().get(pack=build.pack)
    paths = [Path(file.file.path) for file in page.pack.offered_files]
    storage, name = build.file.storage, str(build.file.name)
    target = Path(settings.VAR_DIR) / "alone.zip"

    def ours() -> None:
        storage.delete(name)
        with TemporaryUploadedFile("pack.zip", "application/zip", 0, None) as made:
            write_archive(contents_of(page).entries, made.file)
            made.size = made.tell()
            storage.save(name, made)

    def peer() -> None:
        target.unlink(missing_ok=True)
        with tempfile.NamedTemporaryFile(delete=False) as whole, ZipFile(whole, "w", ZIP_STORED) as archive:
            for path in paths:
                with path.open("rb") as source, archive.open(path.name, "w") as member:
                    shutil.copyfileobj(source, member, PIECE)
        Path(whole.name).rename(target)

    compare("zip", ours=ours, peer=peer, times=ROUND, unit="packs/s")


def _measure_taking(name: str, path: str, size: int, *, through_nginx: bool) -> None:
    folder = Path(settings.VAR_DIR) / name
    with (
        _gunicorn(through_nginx=through_nginx) as behind,
        nginx(folder, behind=behind, files=settings.VAR_DIR) as front,
    ):
        address = front.removeprefix("http://")
        ours, peer = _taker(address if through_nginx else behind, path, size), _taker(address, ALONE, size)
        compare(name, ours=ours, peer=peer, times=ROUND, unit="packs/s")


ALONE = "/media/images/pack.zip"


def _taker(address: str, path: str, size: int) -> Callable[[], None]:
    """Return what takes the file at ``path`` once, to its last byte."""
    connection = http.client.HTTPConnection(address, timeout=60)

    def take() -> None:
        connection.request("GET", path, headers=PERSON | {"Host": "localhost"})
        answer = connection.getresponse()
        taken = 0
        while read := answer.read(1024 * 1024):
            taken += len(read)
        if (answer.status, taken) != (200, size):
            raise SystemExit(f"{path} answered {answer.status} with {taken} bytes, so nothing was measured")

    return take


@contextmanager
def _gunicorn(*, through_nginx: bool) -> Iterator[str]:
    port = free_port()
    module = "benchmarks.behind_nginx" if through_nginx else "config.settings.embedded"
    given = {"DJANGO_SETTINGS_MODULE": module, "VAR_DIR": str(settings.VAR_DIR), "PORT": str(port)}
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "python:config.web", "config.wsgi"],
        env=os.environ | given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_until(lambda: _answers(port), patience=60)
        time.sleep(1)  # both workers
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def _answers(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except OSError:
        return False
