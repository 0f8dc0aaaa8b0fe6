"""A file that arrives is in nobody's reach until the worker has looked through it."""

import signal
import sys
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from config.roles import lay_roles
from core.making.apart import Limits
from core.making.claims import LOST_AFTER, claim
from core.privacy import purge_all
from core.waiting import for_user
from schools import tasks
from schools.actions.checking import check_file
from schools.actions.worker import make_next
from schools.files import apart
from schools.models import FileLeaf, LessonFile
from schools.obstacles import pack_stops as in_the_way
from tests.factories.schools import PDF, make_arrived, make_file, make_pack, make_pack_page, make_schools_index
from tests.schools.hostile import HOSTILE, docx, pdf
from tests.schools.hostile_disguised import DISGUISED
from tests.schools.test_admin import ADD, EDIT, form
from tests.schools.test_views import Browser

pytestmark = pytest.mark.django_db

BY_NAME = {name: (content, sentence) for name, content, sentence in HOSTILE}


@pytest.fixture
def client():
    return Browser()


@pytest.fixture
def pack():
    return make_pack_page(make_pack(title="Fair play")).pack


@pytest.fixture
def lead(client, make_user):
    make_schools_index()
    lay_roles()
    user = make_user("lead", "Schools leads")
    client.force_login(user)
    client.user = user
    return client


def checked(file):
    while make_next():
        pass
    file.refresh_from_db()
    return file


def stored():
    """Return the files that stand in storage under the lessons' folder."""
    storage = LessonFile._meta.get_field("file").storage
    return set(storage.listdir("lessons")[1]) if storage.exists("lessons") else set()


def addresses(pack, file):
    page = pack.pages.get()
    leaf = reverse("schools:leaf", args=[page.slug, file.uuid, 1])
    return [page.download_address(file), page.inside_address(file), leaf]


@pytest.mark.parametrize("name", ["macro-as-picture.docx", "slip.docx", "bomb.docx", "script.pdf"])
def test_a_hostile_file_is_refused_beside_it_and_leaves_nothing(
    lead, client, name, django_capture_on_commit_callbacks, settings
):
    content, sentence = BY_NAME[name]
    before = stored()
    with mock.patch("schools.tasks.make_files.delay") as nudge, django_capture_on_commit_callbacks(execute=True):
        lead.post(reverse(ADD), form([SimpleUploadedFile(name, content)]))
    nudge.assert_called()
    file = LessonFile.objects.get()
    assert file.state == "pending"
    assert len(stored() - before) == 1
    with django_capture_on_commit_callbacks(execute=True), mock.patch("schools.tasks.make_files.delay"):
        checked(file)
    assert (file.state, file.file.name, file.arrived.name) == ("refused", "", "")
    assert sentence in file.problem
    assert stored() == before
    editor = lead.get(reverse(EDIT, args=[file.pack_id])).content.decode()
    assert sentence in editor
    assert "Teachers do not get it." in editor
    assert "Lesson file: refused" in [thing.what for thing in for_user(lead.user)]
    assert "was refused" in " ".join(in_the_way(file.pack.pages.get()))


def test_no_hostile_file_leaves_anything_in_storage(pack, django_capture_on_commit_callbacks):
    before = stored()
    for name, content, sentence in HOSTILE + DISGUISED:
        file = make_arrived(pack, content, name)
        with django_capture_on_commit_callbacks(execute=True), mock.patch("schools.tasks.make_files.delay"):
            check_file(file, is_ours=True)  # in this process, as it is opened in its own in the test above
        file.refresh_from_db()
        assert (file.state, file.file.name, file.arrived.name) == ("refused", "", ""), name
        assert sentence in file.problem, name
        assert stored() == before, name
    assert not FileLeaf.objects.exists()


def test_a_file_is_in_nobodys_reach_until_it_was_looked_through(client, pack, django_capture_on_commit_callbacks):
    make_file(pack, title="Other")
    file = make_arrived(pack, pdf(pages=2), title="Plan")
    assert [client.get(address).status_code for address in addresses(pack, file)] == [404] * 3
    assert "Plan" not in client.get(pack.pages.get().url).content.decode()
    assert "still being checked" in next(iter(in_the_way(pack.pages.get())))
    with mock.patch("schools.tasks.make_files.delay") as again:
        tasks.make_files()
    again.assert_called_once_with()  # to come again for the next
    file.refresh_from_db()
    assert (file.state, file.pages, file.arrived.name, file.format) == ("clean", 2, "", "pdf")
    assert [client.get(address).status_code for address in addresses(pack, file)] == [200] * 3
    assert "cannot be read aloud" in next(iter(in_the_way(pack.pages.get())))
    assert "2 pages" in client.get(pack.pages.get().url).content.decode()


def test_a_replacement_takes_the_place_of_a_file_once_it_was_looked_through(
    lead, client, pack, django_capture_on_commit_callbacks
):
    file = checked(make_arrived(pack, docx(), "plan.docx", title="Plan"))
    address, *_ = addresses(pack, file)
    old = b"".join(client.get(address))
    sent = {
        "files-TOTAL_FORMS": "1", "files-INITIAL_FORMS": "1", "files-0-id": str(file.pk), "files-0-title": "Plan",
        "files-0-kind": "slides", "files-0-audience": "pupil", "files-0-language": "en", "files-0-ORDER": "1",
    }  # fmt: skip
    where = reverse(EDIT, args=[pack.pk])

    def replace(content, name):
        with django_capture_on_commit_callbacks(execute=True), mock.patch("schools.tasks.make_files.delay"):
            upload = SimpleUploadedFile(name, content)
            lead.post(where, form(title=pack.title, code=pack.code, **sent, **{"files-0-arrived": upload}))

    replace(*[BY_NAME["script.pdf"][0], "plan.pdf"])
    file.refresh_from_db()
    assert file.state == "pending"
    assert b"".join(client.get(address)) == old
    checked(file)
    assert (file.state, file.kind) == ("refused", "slides")
    assert b"".join(client.get(address)) == old
    assert "Until then teachers get the file that was here before." in lead.get(where).content.decode()
    replace(pdf(), "plan.pdf")
    with django_capture_on_commit_callbacks(execute=True):
        checked(file)
    assert (file.state, file.format, file.problem) == ("clean", "pdf", "")
    assert b"".join(client.get(address)).startswith(b"%PDF")
    assert not file.file.storage.exists(f"lessons/{file.uuid}.docx")
    assert FileLeaf.objects.count() == 1


def test_an_editor_that_was_open_meanwhile_takes_nothing_back(pack):
    file = make_arrived(pack, pdf(), title="Plan")
    open_in_an_editor = LessonFile.objects.get(pk=file.pk)
    checked(file)
    open_in_an_editor.title = "Lesson plan"
    open_in_an_editor.save()
    file.refresh_from_db()
    assert (file.title, file.state, file.arrived.name, bool(file.file)) == ("Lesson plan", "clean", "", True)


def test_a_new_row_without_a_file_is_told_to_choose_one(lead):
    response = lead.post(reverse(ADD), form([""]))
    assert "Choose a file." in response.content.decode()


def program(code):
    """Return the command of a process that ends in one way or another."""
    return (sys.executable, "-c", f"import os, pathlib, signal, sys, time\n{code}")


@pytest.mark.parametrize(
    ("code", "limits", "state", "sentence"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", {}, "unchecked", "was ended from outside (SIGKILL)"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", {}, "refused", "cannot be read"),
        ("x = bytearray(90_000_000); time.sleep(60)", {"memory": 80_000_000}, "unchecked", "megabytes of memory"),
        ("time.sleep(60)", {"seconds": 0.2}, "unchecked", "took longer than 2 minutes"),
        ("raise MemoryError", {}, "unchecked", "megabytes of memory"),
        ("raise RuntimeError('odd')", {}, "unchecked", "nobody foresaw (RuntimeError)"),
    ],
    ids=["killed", "fell", "memory", "time", "refused memory", "odd"],
)
def test_a_file_that_could_not_be_looked_through_is_given_to_nobody_and_can_be_tried_again(
    lead, client, pack, *, code, limits, state, sentence
):
    file = make_arrived(pack, pdf(), title="Plan")
    given = Limits(**{"memory": 600_000_000, "seconds": 120.0} | limits)
    with mock.patch.multiple(apart, COMMAND=program(code), LIMITS=given):
        checked(file)
    assert (file.state, file.file.name) == (state, "")
    assert sentence in file.problem
    assert client.get(addresses(pack, file)[0]).status_code == 404
    if state == "unchecked":
        again = reverse("schools_check_file_again", args=[file.pk])
        assert again in lead.get(reverse(EDIT, args=[pack.pk])).content.decode()
        with mock.patch("schools.tasks.make_files.delay"):
            assert lead.post(again).status_code == 302
        assert checked(file).state == "clean"


def test_the_process_that_opens_a_file_is_given_no_secret(pack, monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "not to be told")
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody@somewhere/")
    said = tmp_path / "said"
    with mock.patch.object(apart, "COMMAND", program(f"pathlib.Path({str(said)!r}).write_text(' '.join(os.environ))")):
        checked(make_arrived(pack, pdf()))
    assert "PATH" in said.read_text().split()
    assert not {"SECRET_KEY", "DATABASE_URL", "VAR_DIR", "DJANGO_SETTINGS_MODULE"} & set(said.read_text().split())


def test_nobody_else_has_a_file_checked_again(client, pack, make_user):
    file = make_arrived(pack, pdf())
    client.force_login(make_user("events", "Events leads"))
    assert client.post(reverse("schools_check_file_again", args=[file.pk])).status_code == 302
    assert client.get(reverse("schools_check_file_again", args=[file.pk])).status_code in {302, 405}


def test_a_worker_that_died_is_followed_by_another(pack):
    file = make_arrived(pack, pdf())
    assert claim(file, done=0, of=1)
    assert not LessonFile.objects.exclude(arrived="").filter(making="waiting").exists()
    assert checked(file).state == "pending"
    with time_machine.travel(timezone.now() + LOST_AFTER + timedelta(seconds=1)):
        assert checked(file).state == "clean"


def test_whoever_lost_the_claim_ends_the_process_and_changes_nothing(pack):
    file = make_arrived(pack, pdf())
    begun = []
    from core.making import apart as processes

    start = processes.psutil.Popen

    def taken(*args, **more):
        begun.append(start(*args, **more))
        LessonFile.objects.update(claim="00000000-0000-0000-0000-000000000001")
        return begun[-1]

    with (
        mock.patch.object(apart, "COMMAND", program("time.sleep(60)")),
        mock.patch.object(processes, "TELL", 0.1),
        mock.patch.object(processes.psutil, "Popen", taken),
    ):
        make_next()
    assert begun[0].returncode == -signal.SIGKILL
    assert not Path(begun[0].args[-1]).exists()
    file.refresh_from_db()
    assert (file.making, file.file.name) == ("making", "")


def test_what_arrived_and_is_missing_from_storage_is_told(pack):
    file = make_arrived(pack, PDF)
    file.arrived.storage.delete(file.arrived.name)
    assert "missing from storage" in checked(file).problem


def test_what_a_file_said_of_people_is_forgotten_after_thirty_days(pack):
    file = make_file(pack, taken_out=[["Author", "Anna Ahmed"]], touched=timezone.now() - timedelta(days=31))
    purge_all(timezone.now())
    file.refresh_from_db()
    assert file.taken_out == []


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"number": 0}, "file_leaf_number_from_1"),
        ({"number": 1, "picture": "leaves/x.webp"}, "file_leaf_picture_described"),
    ],
)
def test_the_database_refuses_a_wrong_leaf(pack, fields, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        FileLeaf.objects.create(file=make_file(pack), **fields)


def test_the_database_refuses_two_leaves_of_one_number(pack):
    file = make_file(pack)
    FileLeaf.objects.create(file=file, number=1)
    with pytest.raises(IntegrityError):
        FileLeaf.objects.create(file=file, number=1)
