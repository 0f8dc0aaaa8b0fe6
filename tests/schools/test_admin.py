"""The schools lead at work in the admin."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from config.roles import lay_roles
from core.enums import Strand
from schools.checks import format_of
from schools.models import LessonFile, LessonPack, LessonPackPage
from tests.factories.calendar import make_awareness_date
from tests.factories.schools import PDF, make_file, make_pack, make_pack_page, make_schools_index

pytestmark = pytest.mark.django_db

ADD = "wagtailsnippets_schools_lessonpack:add"
EDIT = "wagtailsnippets_schools_lessonpack:edit"
LIST = "wagtailsnippets_schools_lessonpack:list"


def form(files=(), **fields):
    data = {
        "title": "Fair play",
        "code": "fair-play",
        "key_stages": ["ks2", "ks3"],
        "subjects": ["pshe"],
        "duration": "45",
        "learning": "Say what is fair.",
        "content_guidance": "",
        "supervision": "led",
        "licence": "ogl-3.0",
        "version": "1",
        "campaign": "",
        "objective": "",
        "files-TOTAL_FORMS": str(len(files)),
        "files-INITIAL_FORMS": "0",
        "files-MIN_NUM_FORMS": "0",
        "files-MAX_NUM_FORMS": "1000",
    }
    for number, file in enumerate(files):
        part = {"title": f"File {number}", "kind": "slides", "audience": "pupil", "language": "en", "licence": ""}
        part |= {"arrived": file, "ORDER": number + 1}
        data |= {f"files-{number}-{name}": value for name, value in part.items()}
    return data | fields


def upload(content=PDF, name="plan.pdf"):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def lead(client, make_user):
    make_schools_index()
    lay_roles()
    client.force_login(make_user("lead", "Schools leads"))
    return client


def test_adding_a_pack_makes_its_draft_page_and_opens_it(lead):
    response = lead.post(reverse(ADD), form([upload()]))
    page = LessonPackPage.objects.get()
    assert response.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.live, page.title, page.pack.code, page.slug) == (False, "Fair play", "fair-play", "fair-play")
    assert page.pack.key_stages == ["ks2", "ks3"]
    assert page.pack.subjects == ["pshe"]
    assert page.pack.files.get().arrived.size == len(PDF)
    editor = lead.get(response.headers["Location"])
    assert editor.status_code == 200
    assert "action-publish" not in editor.content.decode()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"code": "demo-fair-play"}, "“demo-” is kept for the demonstration. Begin with another word."),
        ({"key_stages": []}, "Tick at least one key stage."),
        ({"subjects": []}, "Tick at least one subject."),
        ({"key_stages": ["ks9"]}, "ks9 is not one of the available choices"),
        ({"strands": ["race"]}, "Say which it leaves out, and why."),
        ({"strands": [], "strands_left_out": "Disability: it has a lesson of its own."}, "Nothing is left out where"),
        ({"strands": list(Strand), "strands_left_out": "Disability."}, "Nothing is left out where all five"),
        ({"topics": ["magic"]}, "magic is not one of the available choices"),
        ({"awareness_dates": ["99"]}, "99 is not one of the available choices"),
        ({"duration": "0"}, "Give the length in minutes: 1 or more."),
        ({"duration": "601"}, "Give the length in minutes: 600 or fewer."),
    ],
)
def test_a_wrong_answer_is_a_sentence_and_loses_nothing(lead, fields, sentence):
    response = lead.post(reverse(ADD), form(**fields))
    assert sentence in response.content.decode()
    assert 'value="Fair play"' in response.content.decode()
    assert not LessonPack.objects.exists()


def test_what_a_pack_is_about_is_ticked_shown_again_and_taken_out(lead):
    week, month = make_awareness_date("Refugee Week"), make_awareness_date("Black History Month")
    about = {"topics": ["law", "belonging"], "strands": ["race"], "awareness_dates": [week.pk, month.pk]}
    lead.post(reverse(ADD), form(strands_left_out="The others: each has its own lesson.", **about))
    pack = LessonPack.objects.get()
    assert (pack.topics, pack.strands, pack.awareness_dates) == (["belonging", "law"], ["race"], [month, week])
    edited = lead.get(reverse(EDIT, args=[pack.pk])).context["form"]
    assert [edited[name].value() for name in about] == [["belonging", "law"], ["race"], [month.pk, week.pk]]
    lead.post(reverse(EDIT, args=[pack.pk]), form())
    pack = LessonPack.objects.get()
    assert (pack.topics, pack.strands, pack.awareness_dates) == ([], [], [])


def test_a_hostile_file_is_refused_in_a_sentence_and_not_kept(lead):
    response = lead.post(reverse(ADD), form([upload(b"<script>", "plan.pdf")]))
    assert "its content is not PDF" in response.content.decode()
    assert not LessonFile.objects.exists()


def test_saving_a_pack_again_keeps_its_page_and_files(lead):
    pack = make_pack(title="Old")
    make_pack_page(pack)
    file = make_file(pack)
    address = reverse(EDIT, args=[pack.pk])
    shown = lead.get(address).content.decode()
    assert file.file.name not in shown
    kept = {
        "files-TOTAL_FORMS": "1",
        "files-INITIAL_FORMS": "1",
        "files-0-id": str(file.pk),
        "files-0-title": "New title",
        "files-0-kind": "worksheet",
        "files-0-audience": "pupil",
        "files-0-language": "ur",
        "files-0-licence": "cc-by-4.0",
        "files-0-ORDER": "1",
    }
    response = lead.post(address, form(title="New", code=pack.code, **kept))
    assert response.headers["Location"] == reverse(LIST)
    file.refresh_from_db()
    assert (file.title, file.size, file.state, file.known_licence) == ("New title", len(PDF), "clean", "cc-by-4.0")
    assert LessonPackPage.objects.count() == 1


def test_a_pack_whose_page_was_deleted_gets_one_when_it_is_saved(lead):
    pack = make_pack()
    response = lead.post(reverse(EDIT, args=[pack.pk]), form(code=pack.code))
    assert response.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[LessonPackPage.objects.get().pk])


def test_without_a_schools_page_a_pack_is_refused_in_a_sentence(lead):
    make_schools_index().delete()
    response = lead.post(reverse(ADD), form())
    assert "This site has no schools page yet" in response.content.decode()
    assert not LessonPack.objects.exists()


def test_the_list_is_searched_and_says_where_each_page_stands(lead):
    make_pack_page(make_pack(title="Fair play"))
    make_pack(title="Words")
    found = lead.get(reverse(LIST), {"q": "Fair"}).content.decode()
    assert "Published" in found
    assert "Words" not in found


def test_others_may_not_add_packs(client, make_user):
    lay_roles()
    client.force_login(make_user("events", "Events leads"))
    assert client.post(reverse(ADD), form()).status_code == 302
    assert not LessonPack.objects.exists()


def test_a_file_that_no_form_takes_fills_no_disk_and_loses_nothing_typed(lead, monkeypatch, settings, tmp_path):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE, settings.FILE_UPLOAD_TEMP_DIR = 1000, str(tmp_path)
    monkeypatch.setattr("core.uploads.LARGEST_KEPT", 100_000)
    monkeypatch.setattr("schools.checks.LARGEST", 100_000)
    kept = []
    monkeypatch.setattr(
        "schools.checks.format_of", lambda name, real=format_of: kept.append(sizes(tmp_path)) or real(name)
    )
    response = lead.post(reverse(ADD), form([upload(PDF + bytes(2_000_000))]))
    assert "This file is larger than" in response.content.decode()
    assert 'value="Fair play"' in response.content.decode()
    assert 0 < max(kept) <= 200_000  # a last piece of 64 kB lies over the limit
    assert not LessonFile.objects.exists()


def sizes(folder):
    """Return the bytes that lie in ``folder``."""
    return sum(file.stat().st_size for file in folder.iterdir())
