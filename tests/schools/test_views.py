"""Downloads: who gets a file, how it is sent, and what is counted."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from reach.enums import Metric
from reach.queries import total
from schools.models import LessonFile
from tests.factories.schools import PDF, make_file, make_pack, make_pack_page

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
FROM_THE_PAGE = {"user-agent": FIREFOX, "sec-fetch-site": "same-origin"}


class Bucket(Storage):
    """A storage without paths, as one behind a network is."""

    def __init__(self):
        self.kept = {}

    def _save(self, name, content):
        self.kept[name] = content.read()
        return name

    def _open(self, name, mode="rb"):
        if name not in self.kept:
            raise FileNotFoundError(name)
        return ContentFile(self.kept[name], name=name)

    def exists(self, name):
        return name in self.kept

    def delete(self, name):
        del self.kept[name]

    def size(self, name):
        return len(self.kept[name])


class Browser(Client):
    """A client that takes each answer to its end, as a browser does: a file that nobody reads stays open."""

    def request(self, **request):
        answer = super().request(**request)
        if answer.streaming:
            answer.streaming_content = [b"".join(answer)]
        return answer


@pytest.fixture
def client():
    return Browser()


@pytest.fixture
def pack_page():
    return make_pack_page(make_pack(title="Fair play"))


@pytest.fixture
def file(pack_page):
    return make_file(pack_page.pack, title="Lesson plan")


@pytest.fixture
def take(client, pack_page, file):
    def take(method="get", **headers):
        return getattr(client, method)(pack_page.download_address(file), headers=FROM_THE_PAGE | headers)

    return take


def taken(pack_page):
    return total(metric=Metric.DOWNLOADS, page_keys=[f"page-{pack_page.translation_key}"]).quantity


def test_a_file_of_a_live_pack_is_sent_as_an_attachment_with_safe_headers(take, file):
    response = take()
    assert response.status_code == 200
    assert b"".join(response) == PDF
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'attachment; filename="fair-play-lesson-plan.pdf"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["ETag"] == f'"{file.sha256}"'
    assert response.headers["Content-Length"] == str(len(PDF))
    assert not response.cookies


def test_a_file_on_storage_without_paths_is_streamed_and_counted(client, pack_page, monkeypatch):
    monkeypatch.setattr(LessonFile._meta.get_field("file"), "storage", Bucket())
    address = pack_page.download_address(make_file(pack_page.pack, title="Slides"))
    response = client.get(address, headers=FROM_THE_PAGE)
    assert response.streaming
    assert b"".join(response) == PDF
    assert response.headers["Content-Disposition"] == 'attachment; filename="fair-play-slides.pdf"'
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert taken(pack_page) == 1


def test_a_file_missing_from_storage_without_paths_is_404(client, pack_page, monkeypatch):
    monkeypatch.setattr(LessonFile._meta.get_field("file"), "storage", Bucket())
    file = make_file(pack_page.pack)
    file.file.storage.delete(file.file.name)
    assert client.get(pack_page.download_address(file)).status_code == 404


def unpublish(pack_page):
    pack_page.unpublish()


def expire(pack_page):
    pack_page.expire_at = timezone.now() - timedelta(minutes=1)
    pack_page.save()


def restrict(pack_page):
    PageViewRestriction.objects.create(page=pack_page, restriction_type="login")


def restrict_the_parent(pack_page):
    restrict(pack_page.get_parent())


def delete_the_page(pack_page):
    pack_page.delete()


@pytest.mark.parametrize("hide", [unpublish, expire, restrict, restrict_the_parent, delete_the_page])
def test_a_file_of_a_hidden_pack_has_no_address(client, pack_page, file, hide):
    stored, address = file.file.name, pack_page.download_address(file)
    assert client.get(address).status_code == 200
    hide(pack_page)
    assert client.get(address).status_code == 404
    for guess in (f"/media/{stored}", f"/private/{stored}", f"/documents/{file.pk}/plan.pdf", f"/static/{stored}"):
        assert client.get(guess).status_code == 404
    with pytest.raises(ValueError, match="has no address"):
        _ = file.file.url


def test_a_file_is_not_given_at_another_packs_address(client, pack_page, file):
    other = make_pack_page()
    address = reverse("schools:download", args=[other.slug, file.uuid])
    assert client.get(address).status_code == 404


def test_a_draft_page_beside_a_live_one_does_not_open_its_own_address(client, pack_page, file):
    draft = make_pack_page(pack_page.pack, slug="draft", live=False)
    assert client.get(draft.download_address(file)).status_code == 404
    assert client.get(pack_page.download_address(file)).status_code == 200


def test_an_unknown_file_is_404(client, pack_page):
    assert client.get(reverse("schools:download", args=[pack_page.slug, uuid.uuid4()])).status_code == 404


def test_a_file_missing_from_storage_is_404_and_not_counted(take, pack_page, file):
    file.file.storage.delete(file.file.name)
    assert take().status_code == 404
    assert taken(pack_page) == 0


def test_a_download_counts_once_under_its_page_and_a_double_click_no_second_time(take, pack_page):
    take()
    take()
    assert taken(pack_page) == 1


def test_another_file_of_the_pack_counts_too(client, take, pack_page):
    take()
    client.get(pack_page.download_address(make_file(pack_page.pack, title="Slides")), headers=FROM_THE_PAGE)
    assert taken(pack_page) == 2


@pytest.mark.parametrize(
    ("headers", "counted"),
    [
        ({"sec-fetch-site": "same-origin"}, 1),
        ({"sec-fetch-site": "cross-site"}, 0),
        ({"sec-fetch-site": "none"}, 0),
        ({"referer": "http://testserver/schools/fair-play/"}, 1),
        ({"referer": "https://mail.example.org/"}, 0),
        ({}, 0),
    ],
    ids=str,
)
def test_a_file_counts_where_it_is_taken_from_a_page_here_and_not_from_a_link_in_a_mail(
    client, pack_page, file, headers, counted
):
    client.get(pack_page.download_address(file), headers={"user-agent": FIREFOX} | headers)
    assert taken(pack_page) == counted


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("head", {}),
        ("get", {"range": "bytes=10-"}),
        ("get", {"range": "bytes=-10"}),
        ("get", {"sec-purpose": "prefetch"}),
        ("get", {"user-agent": "Googlebot/2.1 (+http://www.google.com/bot.html)"}),
        ("get", {"user-agent": ""}),
        ("get", {"sec-gpc": "1"}),
        ("get", {"dnt": "1"}),
    ],
)
def test_what_is_no_taking_by_a_person_counts_nothing(take, pack_page, method, headers):
    assert take(method, **headers).status_code in {200, 206}
    assert taken(pack_page) == 0


def test_a_counter_that_fails_gives_the_file_and_says_so_in_the_log(take, pack_page, monkeypatch, caplog):
    def broken(*_, **__):
        raise DatabaseError("the database is locked")

    monkeypatch.setattr("reach.actions.waiting.write", broken)
    response = take()

    assert (response.status_code, b"".join(response)) == (200, PDF)
    assert "visit not counted" in caplog.text


def test_a_rule_for_who_is_counted_that_fails_gives_the_file(take, pack_page, monkeypatch, caplog):
    def broken(*_, **__):
        raise DatabaseError("the database is locked")

    monkeypatch.setattr("reach.actions.counting.is_countable", broken)

    assert b"".join(take()) == PDF
    assert "visit not counted" in caplog.text


def test_the_first_bytes_of_a_file_count(take, pack_page):
    take(range="bytes=0-99")
    assert taken(pack_page) == 1


def test_a_file_that_the_caller_has_is_answered_304_and_not_counted(take, pack_page, file):
    response = take(**{"if-none-match": f'"{file.sha256}"'})
    assert response.status_code == 304
    assert response.headers["ETag"] == f'"{file.sha256}"'
    assert taken(pack_page) == 0


def test_a_download_by_staff_counts_nothing(client, make_user, take, pack_page):
    client.force_login(make_user("lead"))
    assert take().status_code == 200
    assert taken(pack_page) == 0


def test_a_post_is_refused(client, pack_page, file):
    assert client.post(pack_page.download_address(file)).status_code == 405


def test_a_file_with_a_long_title_or_one_in_another_script_has_a_name_that_every_system_takes(client):
    page = make_pack_page(make_pack(title="سبق"))
    for title, name in {"انصاف " * 20: "file.pdf", "Fair " * 29: f"{'-'.join(['fair'] * 20)}.pdf"}.items():
        response = client.get(page.download_address(make_file(page.pack, title=title.strip(), content=PDF)))
        assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
