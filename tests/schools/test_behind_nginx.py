"""What nginx makes of our answers, in front of the product as docs/nginx.conf says."""

import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django_sendfile import utils

from core.models import Document
from reach.enums import Metric
from reach.queries import total
from schools.actions.checking import check_file
from schools.actions.worker import make_next
from schools.models import PackBuild
from tests.factories.schools import make_arrived, make_pack, make_pack_page
from tests.nginx import nginx
from tests.schools.hostile import pdf
from tests.schools.test_views import FIREFOX

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def front(live_server, settings, tmp_path):
    """Return a function that asks nginx, in front of a server that lets it send the files: status, headers, body."""
    root = Path(django_settings.STORAGES["private"]["OPTIONS"]["location"]).parent
    settings.SENDFILE_BACKEND = "django_sendfile.backends.nginx"
    settings.SENDFILE_ROOT, settings.SENDFILE_URL = root, "/private"
    utils._get_sendfile.cache_clear()
    with nginx(tmp_path / "nginx", behind=live_server.url.removeprefix("http://"), files=root) as address:

        def ask(path, method="GET", **headers):
            sent = {"User-Agent": FIREFOX, "Sec-Fetch-Site": "same-origin", "Host": "localhost"}
            sent |= {name.replace("_", "-"): value for name, value in headers.items()}
            request = urllib.request.Request(f"{address}{path}", headers=sent, method=method)
            try:
                with urllib.request.urlopen(request, timeout=20) as answer:
                    return answer.status, answer.headers, answer.read()
            except urllib.error.HTTPError as answer:
                with answer:
                    return answer.code, answer.headers, answer.read()

        ask.log = tmp_path / "nginx" / "access.log"
        yield ask
    utils._get_sendfile.cache_clear()


def downloads(page):
    return total(metric=Metric.DOWNLOADS, page_keys=[f"page-{page.translation_key}"]).quantity


def test_a_pack_is_sent_by_nginx_with_our_headers_and_a_part_of_it_too(front):
    page = make_pack_page(make_pack(title="Fair play"))
    file = make_arrived(page.pack, pdf(), title="Plan")
    check_file(file)
    while make_next():
        pass
    build = PackBuild.objects.get()
    whole = build.file.open("rb").read()
    build.file.close()
    path, etag = f"{page.url}download/", f'"{build.digest}"'

    status, headers, body = front(path)
    assert (status, body) == (200, whole)
    for name, value in {
        "ETag": etag,
        "Content-Type": "application/zip",
        "Content-Disposition": 'attachment; filename="fair-play.zip"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "SAMEORIGIN",
        "Cache-Control": "no-cache",
        "Accept-Ranges": "bytes",
    }.items():
        assert headers.get_all(name) == [value], name
    assert headers["X-Request-ID"]
    assert headers["Last-Modified"] is None
    assert downloads(page) == 1

    status, headers, body = front(path, Range="bytes=100-199", If_Range=etag)
    assert (status, headers["Content-Range"], body) == (206, f"bytes 100-199/{len(whole)}", whole[100:200])
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert front(path, Range="bytes=100-199", If_Range='"another"')[0] == 200
    assert front(path, Range="bytes=99999999-")[0] == 416
    assert front(path, If_None_Match=etag)[0] == 304
    status, headers, body = front(path, method="HEAD")
    assert (status, headers["Content-Length"], body) == (200, str(len(whole)), b"")
    assert downloads(page) == 1

    status, headers, body = front(page.download_address(file))
    assert (status, body[:4]) == (200, b"%PDF")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert front(f"{page.inside_address(file)}1.webp")[1]["Content-Type"] == "image/webp"


def test_what_lies_on_the_disk_has_no_address_of_its_own(front):
    page = make_pack_page()
    file = make_arrived(page.pack, pdf())
    check_file(file)
    file.refresh_from_db()
    document = Document(title="Plan")
    document.file.save("plan.pdf", ContentFile(pdf()))
    picture = Path(django_settings.MEDIA_ROOT) / "images" / "a.jpg"
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_bytes(b"picture")
    assert front("/media/images/a.jpg")[2] == b"picture"
    for path in (
        f"/media/{document.file.name}",
        f"/media/images/../{document.file.name}",
        f"/media/images/..%2f{document.file.name}",
        f"/media/images../{document.file.name}",
        f"/private/private/{file.file.name}",
        f"/private/media/{document.file.name}",
        "/media/",
        "/private/",
        "/db.sqlite3",
    ):
        assert front(path)[0] == 404, path
    page.unpublish()
    assert front(page.download_address(file))[0] == 404


def test_no_visitors_address_is_kept_where_people_look_for_help(front):
    for path in ("/schools/", "/support/x/?who=me", "/ur/surveys/x/", "/mailchimp/secret/", "/support/confirm/secret/"):
        front(path)
    lines = front.log.read_text().splitlines()
    assert [line.split()[0] for line in lines] == ["127.0.0.1", "-", "-"]
    assert "secret" not in "".join(lines)
    assert "who=me" not in "".join(lines)
