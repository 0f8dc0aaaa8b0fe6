"""Taking a whole pack as one file, and looking inside before."""

import io
import zipfile
from unittest import mock

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError
from django.urls import reverse
from wagtail.models import PageViewRestriction

from reach.enums import Metric
from reach.queries import total
from schools.actions.checking import check_file
from schools.actions.worker import make_next
from schools.models import FileLeaf, LessonFile, PackBuild
from tests.factories.schools import make_arrived, make_file, make_pack, make_pack_page
from tests.schools.hostile import docx, pdf
from tests.schools.test_views import FROM_THE_PAGE, Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return Browser()


@pytest.fixture
def pack_page():
    pack = make_pack(title="Fair play", content_guidance="Talks about insults.", version=3)
    pack_page = make_pack_page(pack)
    make_file(pack, title="Lesson plan", content=pdf(), sort_order=1)
    make_file(pack, title="../Con", content=docx(), name="x.docx", licence="cc-by-4.0", audience="pupil", sort_order=2)
    make_file(pack, title="con", content=docx(), name="y.docx", language="ur", sort_order=3)
    return pack_page


def built(pack_page):
    while make_next():
        pass
    return PackBuild.objects.get(pack=pack_page.pack)


def address(pack_page):
    return reverse("schools:download_pack", args=[pack_page.slug])


def opened(response):
    return zipfile.ZipFile(io.BytesIO(b"".join(response)))


def downloads(pack_page):
    return total(metric=Metric.DOWNLOADS, page_keys=[f"page-{pack_page.translation_key}"]).quantity


def test_a_whole_pack_is_taken_by_one_click(client, pack_page):
    assert client.get(address(pack_page)).status_code == 404
    assert "Download the whole pack" not in client.get(pack_page.url).content.decode()
    build = built(pack_page)
    shown = client.get(pack_page.url).content.decode()
    assert f'href="{address(pack_page)}"' in shown
    response = client.get(address(pack_page), headers=FROM_THE_PAGE)
    assert response.headers["Content-Type"] == "application/zip"
    assert response.headers["Content-Disposition"] == 'attachment; filename="fair-play.zip"'
    assert response.headers["Content-Length"] == str(build.size)
    assert response.headers["ETag"] == f'"{build.digest}"'
    archive = opened(response)
    assert archive.testzip() is None
    assert archive.namelist() == ["READ-ME.html", "lesson-plan.pdf", "file-con.docx", "file-con-2.docx"]
    assert {member.compress_type for member in archive.infolist()} == {zipfile.ZIP_STORED}
    assert archive.read("lesson-plan.pdf") == pdf()
    read_me = archive.read("READ-ME.html").decode()
    for words in (
        "Version 3.", "Talks about insults.", f"http://testserver{pack_page.url}", "Open Government Licence v3.0",
        "Creative Commons Attribution 4.0", "For pupils", "Urdu", 'href="file-con-2.docx"',
    ):  # fmt: skip
        assert words in read_me
    assert downloads(pack_page) == 1
    assert build.file.name == f"packs/{build.digest}.zip"


def test_the_same_pack_makes_the_same_bytes_and_is_not_packed_twice(pack_page):
    first = built(pack_page)
    assert not make_next()
    PackBuild.objects.update(making="waiting")
    again = built(pack_page)
    assert (again.digest, again.file.name) == (first.digest, first.file.name)
    assert again.file.storage.exists(again.file.name)


def test_what_was_packed_is_given_until_what_follows_is_ready(client, pack_page, django_capture_on_commit_callbacks):
    old = built(pack_page)
    make_file(pack_page.pack, title="Slides", content=pdf(pages=2))
    assert "slides.pdf" not in opened(client.get(address(pack_page))).namelist()
    with django_capture_on_commit_callbacks(execute=True):
        new = built(pack_page)
    assert "slides.pdf" in opened(client.get(address(pack_page))).namelist()
    assert new.digest != old.digest
    assert not new.file.storage.exists(old.file.name)


def test_a_file_that_the_pack_has_no_more_is_in_no_pack_that_is_given_out(client, pack_page):
    built(pack_page)
    LessonFile.objects.get(title="Lesson plan").delete()
    assert client.get(address(pack_page)).status_code == 404
    assert "Download the whole pack" not in client.get(pack_page.url).content.decode()
    built(pack_page)
    assert "lesson-plan.pdf" not in opened(client.get(address(pack_page))).namelist()


def test_what_was_not_looked_through_is_in_no_pack(client, pack_page):
    make_arrived(pack_page.pack, pdf(), title="Waiting")
    with mock.patch("schools.actions.worker.check_file"), mock.patch("schools.actions.worker.due") as due:
        due.side_effect = lambda rows: rows.none() if rows.model is LessonFile else rows
        make_next()
    assert "waiting.pdf" not in opened(client.get(address(pack_page))).namelist()


def test_a_missing_file_is_told_and_the_pack_is_not_half_packed(client, pack_page):
    file = LessonFile.objects.get(title="Lesson plan")
    file.file.storage.delete(file.file.name)
    build = built(pack_page)
    assert (build.making, build.file.name) == ("refused", "")
    assert "missing from storage" in build.problem
    assert client.get(address(pack_page)).status_code == 404


@pytest.mark.parametrize("hide", ["unpublish", "restrict", "draft beside it"])
def test_a_pack_that_nobody_may_see_has_no_address_at_all(client, hide):
    pack_page = make_pack_page(make_pack(title="Fair play"))
    file = make_arrived(pack_page.pack, pdf(), title="Plan")
    check_file(file)
    build = built(pack_page)
    leaf = FileLeaf.objects.get()
    addresses = [
        address(pack_page),
        pack_page.download_address(file),
        pack_page.inside_address(file),
        reverse("schools:leaf", args=[pack_page.slug, file.uuid, 1]),
    ]
    assert [client.get(where).status_code for where in addresses] == [200] * 4
    if hide == "unpublish":
        pack_page.unpublish()
    elif hide == "restrict":
        PageViewRestriction.objects.create(page=pack_page, restriction_type="login")
    else:
        draft = make_pack_page(pack_page.pack, slug="draft", live=False)
        addresses = [where.replace(pack_page.slug, draft.slug) for where in addresses]
    file.refresh_from_db()
    stored = [file.file.name, build.file.name, leaf.picture.name]
    for guess in (*addresses, *(f"/{folder}/{name}" for folder in ("media", "private", "static") for name in stored)):
        assert client.get(guess).status_code == 404


def test_a_pack_that_was_taken_down_is_not_packed_over_and_over(pack_page):
    built(pack_page)
    make_file(pack_page.pack, title="Slides")
    pack_page.unpublish()
    PackBuild.objects.update(making="waiting")
    assert not make_next()


@pytest.mark.parametrize(
    ("headers", "status", "part"),
    [
        ({"range": "bytes=0-99"}, 206, (0, 100)),
        ({"range": "bytes=100-"}, 206, (100, None)),
        ({"range": "bytes=-50"}, 206, (-50, None)),
        ({"range": "bytes=0-0,5-6"}, 200, (0, None)),
        ({"range": "bytes=9-3"}, 200, (0, None)),
        ({"range": "lines=1-2"}, 200, (0, None)),
        ({"range": "bytes=-"}, 200, (0, None)),
        ({"range": f"bytes={'9' * 5000}-"}, 200, (0, None)),
        ({"range": "bytes=99999999-"}, 416, (0, 0)),
        ({"range": "bytes=100-", "if-range": '"another"'}, 200, (0, None)),
        ({"range": "bytes=100-", "if-range": "own"}, 206, (100, None)),
        ({"if-none-match": "own"}, 304, (0, 0)),
    ],
    ids=str,
)
def test_a_download_that_broke_off_goes_on_where_it_stopped(client, pack_page, headers, status, part):
    build = built(pack_page)
    whole = build.file.open("rb").read()
    build.file.close()
    sent = {name: f'"{build.digest}"' if value == "own" else value for name, value in headers.items()}
    response = client.get(address(pack_page), headers=FROM_THE_PAGE | sent)
    assert response.status_code == status
    got, expected = b"".join(response), whole[slice(*part)]
    assert got == expected
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    if status == 206:
        start = whole.index(expected)
        assert response.headers["Content-Range"] == f"bytes {start}-{start + len(expected) - 1}/{len(whole)}"
        assert response.headers["Content-Length"] == str(len(expected))
    elif status == 416:
        assert response.headers["Content-Range"] == f"bytes */{len(whole)}"


def test_asking_about_a_pack_sends_none_of_it(client, pack_page):
    build = built(pack_page)
    response = client.head(address(pack_page), headers=FROM_THE_PAGE)
    assert (response.headers["Content-Length"], response.headers["Accept-Ranges"]) == (str(build.size), "bytes")
    assert b"".join(response) == b""
    assert downloads(pack_page) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"range": "bytes=10-"},
        {"sec-purpose": "prefetch"},
        {"user-agent": "Googlebot/2.1 (+http://www.google.com/bot.html)"},
        {"if-none-match": "own"},
        {"sec-fetch-site": "cross-site"},
    ],
    ids=str,
)
def test_what_is_no_taking_of_a_pack_counts_nothing_and_a_double_click_once(client, pack_page, headers):
    build = built(pack_page)
    sent = {name: f'"{build.digest}"' if value == "own" else value for name, value in headers.items()}
    client.get(address(pack_page), headers=FROM_THE_PAGE | sent)
    assert downloads(pack_page) == 0
    for _ in range(2):
        client.get(address(pack_page), headers=FROM_THE_PAGE)
    assert downloads(pack_page) == 1


def test_looking_inside_shows_pages_and_words_after_what_to_be_careful_about(client):
    pack_page = make_pack_page(make_pack(content_guidance="Talks about insults."))
    file = make_arrived(pack_page.pack, pdf(pages=2), title="Plan", language="ur")
    built(pack_page)
    shown = client.get(pack_page.inside_address(file)).content.decode()
    assert shown.index("Talks about insults.") < shown.index("Page 1 of 2")
    assert 'alt="Page 2 of 2; its text is below"' in shown
    assert 'loading="lazy"' in shown
    assert '<div lang="ur" dir="rtl">' in shown
    assert "<p>Fair play</p>" in shown
    picture = client.get(reverse("schools:leaf", args=[pack_page.slug, file.uuid, 2]), headers=FROM_THE_PAGE)
    assert (picture.headers["Content-Type"], b"".join(picture)[8:12]) == ("image/webp", b"WEBP")
    assert picture.headers["Content-Disposition"].startswith("inline")
    assert client.get(reverse("schools:leaf", args=[pack_page.slug, file.uuid, 3])).status_code == 404
    assert downloads(pack_page) == 0
    assert f'href="{pack_page.inside_address(file)}"' in client.get(pack_page.url).content.decode()


def test_the_text_of_a_document_has_headings_and_no_pictures(client):
    pack_page = make_pack_page()
    file = make_arrived(pack_page.pack, docx(), "plan.docx")
    built(pack_page)
    shown = client.get(pack_page.inside_address(file)).content.decode()
    assert "Its text</h2>" in shown
    assert "<h3>Fair play</h3>" in shown
    assert "<p>Say what is fair.</p>" in shown
    assert "/1.webp" not in shown


def test_a_file_without_words_says_so(client):
    pack_page = make_pack_page()
    file = make_arrived(pack_page.pack, pdf(words=""))
    built(pack_page)
    shown = client.get(pack_page.inside_address(file)).content.decode()
    assert "has no words that can be read aloud" in shown
    assert 'alt="Page 1 of 1, a picture without text"' in shown


def test_a_licence_of_its_own_stands_beside_a_file(client, pack_page):
    shown = client.get(pack_page.url).content.decode()
    assert shown.count("Creative Commons Attribution 4.0") == 1
    assert '"license":"https://creativecommons.org/licenses/by/4.0/"' in shown


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"making": "magic"}, "pack_build_making_known"),
        ({"making": "refused"}, "pack_build_refused_for_a_reason"),
        ({"file": "packs/x.zip"}, "pack_build_described"),
    ],
)
def test_the_database_refuses_a_wrong_build(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        PackBuild.objects.create(pack=make_pack(), **fields)


def test_a_pack_has_one_build(pack_page):
    PackBuild.objects.create(pack=pack_page.pack)
    with pytest.raises(IntegrityError):
        PackBuild.objects.create(pack=pack_page.pack)


def test_a_build_goes_with_its_pack(django_capture_on_commit_callbacks):
    build = PackBuild(pack=make_pack(), digest="a" * 64, size=1)
    build.file.save("x.zip", ContentFile(b"x"))
    with django_capture_on_commit_callbacks(execute=True):
        build.pack.delete()
    assert not build.file.storage.exists(build.file.name)
