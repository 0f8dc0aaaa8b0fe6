"""A schools lead brings the register's files in the admin: compared first, brought in by the worker once told to."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.storage import sweep_orphans
from core.waiting import for_user
from schools.actions import register_files
from schools.models import RegisterImport, School, SchoolLink
from schools.models.register import register_storage
from schools.tasks import carry_register_file, sweep_register_files
from tests.factories.register import LINK, PEOPLE, ROW, make_school, register_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(make_user, client):
    user = make_user("scout", "Schools leads")
    client.force_login(user)
    return user


def send(client, content: bytes, **fields):
    file = SimpleUploadedFile("edubase.csv", content)
    return client.post(reverse("school_register"), {"file": file, **fields})


@pytest.fixture
def brought(lead, client) -> RegisterImport:
    """Return a file of one school that the worker has compared."""
    send(client, register_file(ROW))
    file = RegisterImport.objects.get()
    carry_register_file(file.pk)
    file.refresh_from_db()
    return file


def decide(client, file: RegisterImport, decision: str):
    return client.post(reverse("school_register_file", args=[file.pk]), {"decision": decision}, follow=True)


def stored() -> list[str]:
    try:
        return register_storage().listdir("register")[1]
    except FileNotFoundError:
        return []


def test_a_file_is_compared_then_brought_in_once_the_lead_says_so(
    lead, client, brought, django_capture_on_commit_callbacks
):
    address = reverse("school_register_file", args=[brought.pk])
    html = client.get(address).content.decode()
    assert "Schools: 1 added, 0 changed" in html
    assert "Compared: nothing is changed yet." in html
    assert not School.objects.exists()

    waiting = decide(client, brought, "confirm")
    assert "About to be brought in." in waiting.content.decode()
    assert waiting["Refresh"] == "2"
    with django_capture_on_commit_callbacks(execute=True):
        sweep_register_files()

    assert [school.name for school in School.objects.all()] == ["École Saint-Exupéry"]
    done = client.get(address)
    assert "Brought in." in done.content.decode()
    assert "Refresh" not in done
    brought.refresh_from_db()
    assert (brought.brought_by, brought.rows, bool(brought.file), bool(brought.ended_at)) == (lead, 1, False, True)
    assert "edubase.csv" in client.get(reverse("school_register")).content.decode()


def test_a_file_that_is_compared_waits_for_a_schools_lead_alone(lead, brought, make_user):
    assert [(one.what, one.title) for one in for_user(lead)] == [("School register to bring in", "edubase.csv")]
    assert for_user(make_user("olive", "Communications officers")) == []


def test_what_is_stored_of_a_file_holds_no_word_about_people(brought):
    with brought.file.open() as file:
        content = file.read().decode()
    assert "École Saint-Exupéry" in content
    assert [value for value in PEOPLE.values() if value in content] == []


def test_what_is_stored_goes_with_the_decision_and_is_kept_while_nobody_decided(
    client, brought, django_capture_on_commit_callbacks
):
    name = brought.file.name
    sweep_orphans(timezone.now() + timedelta(days=9))
    assert register_storage().exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        decide(client, brought, "drop")
    assert not register_storage().exists(name)
    assert not School.objects.exists()


def test_how_far_the_worker_is_stands_on_the_page(lead, client):
    send(client, register_file(ROW, {"URN": "100002"}))
    file = RegisterImport.objects.get()
    RegisterImport.objects.update(state="reading", touched=timezone.now())
    file.refresh_from_db()
    register_files._teller(file)(1)
    assert "1 of 2 rows." in client.get(reverse("school_register_file", args=[file.pk])).content.decode()
    cache.clear()


@pytest.mark.parametrize(
    ("content", "fields", "sentence"),
    [
        (register_file(ROW, encoding="utf-8"), {}, "edubase.csv is in UTF-8"),
        (b"", {}, "This file is empty."),
        (b"a,b\n1,2\n", {}, "edubase.csv is no file of the school register"),
        (register_file(ROW) + b"100002,cut off", {}, "Row 3 of edubase.csv has 2 cells"),
        (register_file(ROW), {"authorities": "382 Leeds"}, "“Leeds” is no number of a local authority."),
    ],
    ids=["UTF-8", "empty", "another table", "cut off", "a name"],
)
def test_a_file_that_is_wrong_is_refused_beside_its_field_and_nothing_is_kept(lead, client, content, fields, sentence):
    before = stored()
    response = send(client, content, **fields)
    assert response.status_code == 422
    assert sentence in str(response.context["form"].errors)
    assert not RegisterImport.objects.exists()
    assert stored() == before


def test_a_school_named_twice_is_told_and_nothing_can_be_brought_in(lead, client):
    send(client, register_file(ROW, ROW))
    file = RegisterImport.objects.get()
    carry_register_file(file.pk)
    file.refresh_from_db()
    html = client.get(reverse("school_register_file", args=[file.pk])).content.decode()

    assert (file.state, bool(file.file)) == ("failed", False)
    assert "100001 stands in row 2 and in row 3." in html
    assert 'value="confirm"' not in html


def test_only_the_authorities_named_come_in_and_links_after_them(lead, client):
    make_school(urn="100002")
    send(client, register_file(ROW, {"URN": "100003", "LA (code)": "383"}), authorities="382, 381")
    send(client, register_file(LINK))
    for file in RegisterImport.objects.order_by("pk"):
        carry_register_file(file.pk)
        decide(client, file, "confirm")
        carry_register_file(file.pk)
    assert set(School.objects.values_list("urn", flat=True)) == {"100001", "100002"}
    # Compared before the schools were there, and read anew when it was brought in.
    assert [(link.school.urn, link.successor.urn) for link in SchoolLink.objects.all()] == [("100001", "100002")]


def test_a_decision_counts_once_and_one_file_is_brought_in_at_a_time(lead, client, brought):
    send(client, register_file({"URN": "100002"}))
    other = RegisterImport.objects.order_by("pk").last()
    carry_register_file(other.pk)
    decide(client, brought, "confirm")

    assert "Another file is just being brought in." in decide(client, other, "confirm").content.decode()
    assert "Somebody has decided about this file already" in decide(client, brought, "drop").content.decode()
    assert "nothing was decided" in decide(client, other, "both").content.decode()
    assert set(RegisterImport.objects.values_list("state", flat=True)) == {"confirmed", "reported"}


def test_a_worker_that_died_is_followed_by_another_and_two_do_it_once(lead, client, brought):
    decide(client, brought, "confirm")
    RegisterImport.objects.update(state="applying", touched=timezone.now())
    sweep_register_files()
    assert not School.objects.exists()

    RegisterImport.objects.update(touched=timezone.now() - register_files.LOST_AFTER - timedelta(seconds=1))
    sweep_register_files()
    carry_register_file(brought.pk)
    assert School.objects.count() == 1


def test_what_nobody_foresaw_is_told_and_not_tried_for_ever(lead, client, brought, monkeypatch):
    decide(client, brought, "confirm")

    def fail(*_, **__):
        School.objects.create(urn="100009", name="Half", phase="none", status="open")
        raise RuntimeError

    monkeypatch.setattr(register_files, "bring_in", fail)
    carry_register_file(brought.pk)
    brought.refresh_from_db()
    assert (brought.state, School.objects.exists()) == ("failed", False)
    assert brought.problem.startswith("Something went wrong that nobody foresaw (RuntimeError).")


def test_a_file_that_nobody_decided_about_is_given_up_after_a_month(brought):
    RegisterImport.objects.update(brought_at=timezone.now() - register_files.GIVEN_UP_AFTER - timedelta(days=1))
    sweep_register_files()
    brought.refresh_from_db()
    assert (brought.state, bool(brought.file)) == ("dropped", False)


def test_the_list_of_schools_is_searched_and_narrowed_and_nobody_edits_it(lead, client):
    make_school(urn="100001", name="École Un", town="Dalton")
    make_school(urn="100002", name="Another", status="closed")
    index = reverse("register_schools:index")
    for query, names in {
        "": ["Another", "École Un"],
        "q=ecole": ["École Un"],
        "q=dalton": ["École Un"],
        "status=closed": ["Another"],
    }.items():
        assert [school.name for school in client.get(f"{index}?{query}").context["object_list"]] == names
    assert client.get(reverse("register_schools:inspect", args=[School.objects.first().pk])).status_code == 200
    assert client.get(reverse("register_schools:edit", args=[School.objects.first().pk])).status_code == 302


def test_others_neither_see_nor_bring_files(make_user, client):
    client.force_login(make_user("olive", "Communications officers"))
    assert client.get(reverse("school_register")).status_code == 302
    assert client.get(reverse("register_schools:index")).status_code == 302
