"""What a pack needs before its page can be approved, and what its versions say."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.urls import reverse

from config.roles import lay_roles
from core.approvals.models import PeerApprovalTask
from core.approvals.queries import faults_of_version
from schools.actions import classify
from schools.actions.worker import make_next
from schools.checklist import stops, warns
from schools.models import LessonPack, PackVersion
from schools.queries import contents_of
from tests.factories.schools import make_arrived, make_file, make_pack, make_pack_page, make_schools_index
from tests.schools.hostile import docx, pdf
from tests.schools.test_admin import EDIT, form

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack():
    """Return a pack that nothing keeps from approval."""
    pack = make_pack(title="Fair play")
    make_file(pack, title="Plan", kind="lesson-plan")
    make_file(pack, title="Notes", kind="notes")
    return pack


@pytest.fixture
def lead(client, make_user):
    make_schools_index()
    lay_roles()
    client.force_login(make_user("lead", "Schools leads"))
    return client


def nothing_said_of_warnings(pack):
    LessonPack.objects.update(nothing_to_warn_of=False)


def no_objectives(pack):
    LessonPack.objects.update(learning=" \n ")


def no_stage(pack):
    classify(pack=pack, key_stages=[], subjects=["pshe"])


def no_file(pack):
    pack.files.all().delete()


def nothing_for_teachers(pack):
    pack.files.update(audience="pupil")


def some_strands(pack):
    classify(pack=pack, key_stages=["ks2"], subjects=["pshe"], strands=["race", "religion"])


def untagged(pack):
    make_file(pack, title="Sheet", kind="worksheet", audience="pupil", is_tagged=False)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (nothing_said_of_warnings, "Nobody said whether teachers must be warned of anything."),
        (no_objectives, "The pack does not say what pupils will learn."),
        (no_stage, "The pack does not say for whom it is."),
        (no_file, "The pack has no files."),
        (nothing_for_teachers, "No file is for teachers."),
        (some_strands, "The pack names some strands of hate crime and not all five."),
        (untagged, "“Sheet” is a PDF that cannot be read aloud"),
    ],
)
def test_what_a_pack_lacks_keeps_its_page_from_approval_and_is_said_where_it_is_edited(lead, pack, spoil, sentence):
    page = make_pack_page(pack, live=False)
    revision = page.save_revision()
    assert faults_of_version(revision) == []
    spoil(pack)
    (said,) = faults_of_version(revision)
    assert said.startswith(sentence)
    for address in (reverse(EDIT, args=[pack.pk]), reverse("wagtailadmin_pages:edit", args=[page.pk])):
        assert sentence in lead.get(address).content.decode()


def test_the_approver_is_told_and_cannot_approve(client, make_user, pack):
    page = make_pack_page(pack, live=False)
    lay_roles()
    lead, manager = make_user("lead", "Schools leads"), make_user("manager", "Communications managers")
    page.save_revision(user=lead)
    page.get_workflow().start(page, lead)
    task = PeerApprovalTask.objects.get()
    assert "approve" in [name for name, *_ in task.get_actions(page, manager)]
    nothing_said_of_warnings(pack)
    page = page.specific_class.objects.get(pk=page.pk)
    client.force_login(manager)
    assert (
        "tick “Nothing to warn of”" in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    )
    with pytest.raises(PermissionDenied):
        task.on_action(page.current_workflow_task_state, manager, "approve")


@pytest.mark.parametrize(
    "alternative", [{"name": "sheet.docx", "content": docx()}, {"is_tagged": True}], ids=["another form", "tagged"]
)
def test_a_pdf_that_cannot_be_read_aloud_may_stand_beside_one_that_can(pack, alternative):
    untagged(pack)
    make_file(pack, title="Sheet again", kind="worksheet", audience="pupil", **alternative)
    assert list(stops(pack)) == []


def test_another_file_for_other_people_is_no_alternative_and_a_reason_is_enough(pack):
    untagged(pack)
    make_file(pack, title="Answers", kind="worksheet", audience="teacher", is_tagged=True)
    make_file(pack, title="In Urdu", kind="worksheet", audience="pupil", language="ur", is_tagged=True)
    assert "“Sheet”" in next(iter(stops(pack)))
    pack.files.filter(title="Sheet").update(why_no_alternative="A map: its words say nothing without it.")
    assert list(stops(pack)) == []


def test_the_worker_finds_out_whether_a_pdf_has_tags(pack):
    file = make_arrived(pack, pdf(), title="Sheet", kind="worksheet", audience="pupil")
    while make_next():
        pass
    file.refresh_from_db()
    assert file.is_tagged is False
    assert "“Sheet” is a PDF that cannot be read aloud" in next(iter(stops(pack)))


def test_what_only_warns_is_said_and_keeps_nobody_from_approving(lead, pack):
    pack.files.filter(kind="notes").delete()
    make_file(pack, title="Slides", kind="slides", name="x.pptx", content=docx(), noticed=["It has 3 comments in it."])
    page = make_pack_page(pack, live=False)
    assert faults_of_version(page.save_revision()) == []
    said = list(warns(pack))
    assert [words.split()[0] for words in said] == ["The", "“Slides”", "“Slides”:"]
    editor = lead.get(reverse(EDIT, args=[pack.pk])).content.decode()
    assert "Nothing is in the way of approval." in editor
    assert all(words in editor for words in said)
    assert said[0] in lead.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def save(lead, pack, **fields):
    return lead.post(reverse(EDIT, args=[pack.pk]), form(code=pack.code, **fields))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"version": "3"}, "Say what changed in version 3, or leave the version at 2."),
        ({"version": "2", "what_changed": "New sheet."}, "Raise the version to 3, or take these words out."),
        ({"version": "1", "what_changed": "New sheet."}, "Teachers have version 2 already. Give that, or 3."),
        (
            {"version": "2", "content_guidance": "Insults.", "nothing_to_warn_of": "on"},
            "There is content guidance above. Take this tick out, or take that away.",
        ),
    ],
    ids=["no words", "not raised", "lowered", "warns and does not"],
)
def test_a_version_and_its_words_come_together(lead, fields, sentence):
    pack = make_pack(version=2)
    make_pack_page(pack)
    html = save(lead, pack, **fields).content.decode()
    assert sentence in html
    assert fields.get("what_changed", "") in html
    pack.refresh_from_db()
    assert (pack.version, PackVersion.objects.count()) == (2, 0)


def test_a_first_version_changes_nothing(lead):
    html = lead.post(reverse("wagtailsnippets_schools_lessonpack:add"), form(what_changed="All.")).content.decode()
    assert "A first version changes nothing" in html


def test_the_page_and_the_read_me_say_what_changed_newest_first(lead, client, pack):
    page = make_pack_page(pack)
    address = page.url
    for number in range(2, 7):
        assert save(lead, pack, version=str(number), what_changed=f"Change {number}.").status_code == 302
        lead.post(reverse(EDIT, args=[pack.pk]), form(code=pack.code, version=str(number)))
    html = client.get(address).content.decode()
    assert page.get_url() == address
    found = [html.index(f"Change {number}.") for number in (6, 5, 4)]
    assert found == sorted(found)
    assert html.index("Change 4.") < html.index("<summary>Earlier versions</summary>") < html.index("Change 3.")
    read_me = contents_of(type(page).objects.get(pk=page.pk)).read_me
    assert "Version 6 of " in read_me
    assert "Change 6." in read_me
    assert "Change 5." not in read_me


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"number": 1, "what_changed": "All."}, "pack_version_from_2"),
        ({"number": 2, "what_changed": ""}, "pack_version_says_what_changed"),
    ],
)
def test_the_database_refuses_a_version_that_says_nothing(pack, fields, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        PackVersion.objects.create(pack=pack, day="2026-11-30", **fields)


def test_the_database_refuses_a_version_told_of_twice(pack):
    PackVersion.objects.create(pack=pack, number=2, day="2026-11-30", what_changed="One.")
    with pytest.raises(IntegrityError):
        PackVersion.objects.create(pack=pack, number=2, day="2026-11-30", what_changed="Two.")


def test_the_database_refuses_a_pack_that_warns_and_does_not(pack):
    with pytest.raises(IntegrityError, match="lesson_pack_warns_or_does_not"):
        LessonPack.objects.update(content_guidance="Insults.")
