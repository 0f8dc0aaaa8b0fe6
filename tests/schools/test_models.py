"""What the database holds about packs and files, and what an upload must be."""

import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from schools.enums import KeyStage
from schools.models import LessonFile, LessonPack, PackAwareness, PackKeyStage, PackStrand, PackSubject, PackTopic
from tests.factories.calendar import make_awareness_date
from tests.factories.schools import PDF, make_file, make_pack, office_file

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"duration": 0}, "lesson_pack_lasts_1_to_600_minutes"),
        ({"duration": 601}, "lesson_pack_lasts_1_to_600_minutes"),
        ({"version": 0}, "lesson_pack_version_from_1"),
        ({"licence": "mine"}, "lesson_pack_licence_known"),
        ({"supervision": "none"}, "lesson_pack_supervision_known"),
    ],
)
def test_the_database_refuses_a_wrong_pack(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        make_pack(**fields)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"size": 0}, "lesson_file_not_empty"),
        ({"format": "exe"}, "lesson_file_format_known"),
        ({"kind": "game"}, "lesson_file_kind_known"),
        ({"audience": "parent"}, "lesson_file_audience_known"),
        ({"sha256": "abc"}, "lesson_file_sha256_is_hex"),
        ({"licence": "mine"}, "lesson_file_licence_known"),
        ({"making": "magic"}, "lesson_file_making_known"),
        ({"making": "ready", "file": ""}, "lesson_file_ready_is_there"),
        ({"making": "refused"}, "lesson_file_refused_for_a_reason"),
    ],
)
def test_the_database_refuses_a_wrong_file(fields, constraint):
    file = make_file(make_pack())
    with pytest.raises(IntegrityError, match=constraint):
        LessonFile.objects.filter(pk=file.pk).update(**fields)


def test_the_database_refuses_two_files_of_one_title_in_a_pack():
    pack = make_pack()
    make_file(pack, title="Plan")
    make_file(make_pack(), title="Plan")
    with pytest.raises(IntegrityError):
        make_file(pack, title="Plan")


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (PackKeyStage, {"key_stage": "ks2"}),
        (PackKeyStage, {"key_stage": "ks9"}),
        (PackSubject, {"subject": "pshe"}),
        (PackSubject, {"subject": "magic"}),
        (PackTopic, {"topic": "law"}),
        (PackTopic, {"topic": "magic"}),
        (PackStrand, {"strand": "race"}),
        (PackStrand, {"strand": "magic"}),
    ],
)
def test_the_database_refuses_an_unknown_or_repeated_classification(model, fields):
    pack = make_pack(key_stages=["ks2"], subjects=["pshe"], topics=["law"], strands=["race"])
    with pytest.raises(IntegrityError):
        model.objects.create(pack=pack, **fields)


def test_the_database_refuses_an_awareness_date_twice_and_a_date_that_goes_leaves_its_pack():
    week = make_awareness_date("Refugee Week")
    pack = make_pack(awareness_dates=[week])
    with pytest.raises(IntegrityError), transaction.atomic():
        PackAwareness.objects.create(pack=pack, awareness=week)
    week.delete()
    assert LessonPack.objects.get().awareness_dates == []


def test_a_pack_with_pages_cannot_be_deleted():
    from django.db.models import ProtectedError

    from tests.factories.schools import make_pack_page

    page = make_pack_page()
    with pytest.raises(ProtectedError):
        LessonPack.objects.get(pk=page.pack.pk).delete()


def test_a_file_knows_its_format_size_and_digest_and_lies_under_its_own_key():
    file = make_file(make_pack(), content=b"%PDF-1.7\n", name="../My Plan.PDF")
    assert (file.format, file.size) == ("pdf", 9)
    assert file.sha256 == hashlib.sha256(b"%PDF-1.7\n").hexdigest()
    assert file.file.name == f"lessons/{file.uuid}.pdf"


def test_a_replaced_file_goes_once_the_new_one_is_committed(django_capture_on_commit_callbacks):
    file = make_file(make_pack())
    storage, old = file.file.storage, file.file.name
    with django_capture_on_commit_callbacks(execute=True):
        file.file = ContentFile(b"%PDF-1.7\n", name="newer.pdf")
        file.save()
        assert storage.exists(old)
    assert (storage.exists(old), storage.exists(file.file.name)) == (False, True)


def test_a_replacement_that_is_rolled_back_keeps_the_old_file(django_capture_on_commit_callbacks):
    file = make_file(make_pack())
    old = file.file.name
    file.file, file.kind = ContentFile(b"%PDF-1.7\n", name="newer.pdf"), "game"
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(IntegrityError), transaction.atomic():
        file.save()
    assert file.file.storage.exists(old)


def test_saving_other_fields_keeps_the_file(django_capture_on_commit_callbacks):
    file = make_file(make_pack())
    with django_capture_on_commit_callbacks(execute=True):
        file.title = "Better words"
        file.save()
    assert file.file.storage.exists(file.file.name)


@pytest.mark.parametrize("whole_pack", [True, False])
def test_a_deleted_file_leaves_storage_with_its_row(django_capture_on_commit_callbacks, whole_pack):
    file = make_file(make_pack())
    storage, name = file.file.storage, file.file.name
    with django_capture_on_commit_callbacks(execute=True):
        (file.pack if whole_pack else LessonFile.objects.filter(pk=file.pk)).delete()
        assert storage.exists(name)
    assert not storage.exists(name)


def test_key_stages_say_years_and_ages():
    assert KeyStage.KS2.in_full == "Key stage 2 (years 3 to 6, ages 7 to 11)"
    assert KeyStage.EYFS.in_full == "Early years (nursery and reception, ages 3 to 5)"


ODP = "application/vnd.oasis.opendocument.presentation"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.pdf", PDF),
        ("PLAN.PDF", PDF),
        ("slides.pptx", office_file("ppt/presentation.xml")),
        ("plan.docx", office_file("word/document.xml")),
        ("slides.odp", office_file("mimetype", ODP)),
    ],
)
def test_a_file_that_is_what_it_says_is_taken(name, content):
    LessonFile(
        pack=make_pack(), title="File", kind="slides", audience="pupil", arrived=ContentFile(content, name=name)
    ).full_clean(exclude=["touched"])


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("run.exe", b"MZ", "not of a kind we take"),
        ("plan", PDF, "not of a kind we take"),
        ("plan.pdf", b"<html>", "its content is not PDF"),
        ("plan.pdf", office_file(), "its content is not PDF"),
        ("slides.pptx", PDF, "its content is not PowerPoint"),
        ("slides.pptx", office_file("word/document.xml"), "its content is not PowerPoint"),
        ("slides.pptx", office_file()[:40], "its content is not PowerPoint"),
        ("slides.odp", office_file("mimetype", "text/plain"), "its content is not OpenDocument slides"),
        ("slides.odp", office_file(), "its content is not OpenDocument slides"),
        ("plan.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 EncryptedPackage", "locked with a password"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_in_a_sentence(name, content, sentence):
    file = LessonFile(
        pack=make_pack(), title="File", kind="slides", audience="pupil", arrived=ContentFile(content, name=name)
    )
    with pytest.raises(ValidationError) as refusal:
        file.full_clean(exclude=["touched"])
    (message,) = refusal.value.message_dict["arrived"]
    assert sentence in message


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("schools.checks.LARGEST", 10)
    with pytest.raises(ValidationError, match="larger than"):
        LessonFile(pack=make_pack(), title="File", arrived=ContentFile(PDF, name="a.pdf")).clean_fields(
            exclude=["kind", "audience", "touched"]
        )
