"""The demonstration's lesson packs."""

import shutil

import pytest
from django.core.files.base import ContentFile
from django.core.management.base import CommandError
from django.urls import reverse

from campaigns.actions.calendar import lay_awareness_dates
from core.enums import Strand
from schools import demo
from schools.checklist import stops
from schools.checks import check_lesson_file
from schools.models import FileLeaf, LessonFile, LessonPack, LessonPackPage, PackBuild
from tests.factories.schools import make_pack, make_pack_page, make_schools_index

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def index():
    return make_schools_index()


@pytest.fixture
def load(django_capture_on_commit_callbacks):
    """Return a function that loads the packs, commits, and returns what it told."""

    def loaded():
        steps = []
        with django_capture_on_commit_callbacks(execute=True):
            demo.load(steps.append)
        return steps

    return loaded


def test_three_packs_stand_live_with_files_that_can_be_taken(client, load):
    lay_awareness_dates()
    assert load() == ["What is prejudice?", "Being an upstander", "Words online"]
    assert [said for pack in LessonPack.objects.all() for said in stops(pack)] == []
    assert all(
        pack.topics and pack.strands == list(Strand) and pack.awareness_dates for pack in LessonPack.objects.all()
    )
    for name, content in demo.checked_files().items():
        check_lesson_file(ContentFile(content, name=name))
    for page in LessonPackPage.objects.all():
        assert client.get(page.url).status_code == 200
        files = list(page.pack.files.all())
        assert [file.format for file in files] == ["pdf", "pdf", "pptx", "pdf", "pdf"]
        for file in files:
            assert client.get(page.download_address(file)).getvalue()
            assert file.size < 200_000
            assert file.state == "clean"
            assert client.get(page.inside_address(file)).status_code == 200
        assert client.get(reverse("schools:download_pack", args=[page.slug])).getvalue()


def test_loading_twice_changes_nothing(load):
    load()
    before = list(LessonFile.objects.values("pk", "sha256"))
    load()
    assert list(LessonFile.objects.values("pk", "sha256")) == before


def test_removing_leaves_what_the_council_made(django_capture_on_commit_callbacks, load):
    own = make_pack_page(make_pack(code="demo-of-our-own"))
    load()
    stored = [file.file for file in LessonFile.objects.all()]
    stored += [leaf.picture for leaf in FileLeaf.objects.exclude(picture="")]
    stored += [build.file for build in PackBuild.objects.all()]
    assert all(file.storage.exists(file.name) for file in stored)
    with django_capture_on_commit_callbacks(execute=True):
        demo.remove()
    assert list(LessonPack.objects.all()) == [own.pack]
    assert not any(file.storage.exists(file.name) for file in stored)


@pytest.mark.parametrize("damage", ["missing", "changed", "no manifest", "[1]", "null", "{}"])
def test_a_missing_or_damaged_file_is_one_sentence_and_makes_nothing(tmp_path, monkeypatch, damage, load):
    folder = shutil.copytree(demo.FOLDER, tmp_path / "files")
    name = "words-online-slides.pptx" if damage in {"missing", "changed"} else "manifest.json"
    (folder / name).unlink()
    if damage not in {"missing", "no manifest"}:
        (folder / name).write_text(damage)
    monkeypatch.setattr(demo, "checked_files", lambda read=demo.checked_files: read(folder))
    with pytest.raises(CommandError, match="Fetch schools/demo_files again"):
        load()
    assert not LessonPack.objects.exists()
