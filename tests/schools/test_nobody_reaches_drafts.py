"""A file that is not published is in nobody's reach: whichever address, method, language and reader is tried."""

import io
import zipfile
from datetime import timedelta
from itertools import product
from unittest import mock

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from config.roles import lay_roles
from core.approvals.keeping import publish_laid
from core.languages.trees import lay_trees
from home.search.actions import refresh_search
from schools.actions.checking import check_file
from schools.actions.worker import make_next
from schools.models import FileLeaf, PackBuild
from tests.factories.schools import make_arrived, make_pack, make_pack_page
from tests.schools.hostile import HOSTILE, pdf
from tests.schools.test_views import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("laid_tree")]
WORDS = "Zanzibarplan"
SCRIPT = next(content for name, content, _ in HOSTILE if name == "script.pdf")
GETS = [
    ("get", {}),
    ("head", {}),
    ("get", {"range": "bytes=0-9"}),
    ("get", {"range": "bytes=-9"}),
    ("get", {"if-none-match": "*"}),
]


def made():
    while make_next():
        pass


@pytest.fixture
def pack_page():
    """Return a live page whose pack has a file with a picture and words, and is packed."""
    page = make_pack_page(make_pack(title="Fair play", code="fair"))
    publish_laid(page)
    file = make_arrived(page.pack, pdf(pages=1), title=WORDS)
    check_file(file, is_ours=True)
    made()
    lay_trees()
    return page


def addresses(page, file, *, slug=""):
    """Return every address that gives something of ``file``, in English and in Urdu."""
    slug = slug or page.slug
    plain = [
        reverse("schools:download", args=[slug, file.uuid]),
        reverse("schools:download_pack", args=[slug]),
        reverse("schools:leaf", args=[slug, file.uuid, 1]),
        reverse("lesson_packs:inside", args=[slug, file.uuid]),
    ]
    return [*plain, *(f"/ur{address}" for address in plain)]


def guesses(file):
    """Return addresses that somebody could make up from what lies in storage."""
    build, leaf = PackBuild.objects.first(), FileLeaf.objects.first()
    stored = [one.file.name for one in (file, build) if one and one.file]
    stored += [file.arrived.name] if file.arrived else []
    stored += [leaf.picture.name] if leaf else []
    places = ("/media/", "/private/", "/static/", "/protected/", "/documents/", "/images/")
    by_key = [f"/documents/{file.pk}/{WORDS}.pdf", f"/api/v1/files/{file.uuid}", f"/schools/files/{file.uuid}/"]
    return [*(place + name for place, name in product(places, stored)), *by_key]


def readers(client, make_user):
    """Go through a visitor, who asks in every way, and members of staff who may not read drafts of lesson packs."""
    yield "", GETS
    lay_roles()
    for group in ("Events leads", "Partners", "Survey analysts"):
        client.force_login(make_user(group.replace(" ", "-").lower(), group))
        yield group, GETS[:1]


def unpublished(page):
    page.unpublish()


def expired(page):
    """Let its time be over, and nobody have taken it down yet."""
    page.expire_at = timezone.now() - timedelta(minutes=1)
    page.save_revision().publish()


def scheduled(page):
    page.unpublish()
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision()
    type(page).objects.filter(pk=page.pk).update(go_live_at=page.go_live_at)


def private(page):
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def private_by_password(page):
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="secret")


def below_a_private_page(page):
    private(page.get_parent())


HIDE = [unpublished, expired, scheduled, private, private_by_password, below_a_private_page]


@pytest.mark.parametrize("hide", HIDE)
def test_a_pack_that_is_not_public_gives_nothing_by_any_address(pack_page, make_user, hide):
    file, client = pack_page.pack.files.get(), Browser()
    english = addresses(pack_page, file)[:4]
    assert [client.get(address).status_code for address in english] == [200] * 4
    hide(pack_page)
    for group, ways in readers(client, make_user):
        for address, (method, headers) in product(addresses(pack_page, file), ways):
            response = getattr(client, method)(address, headers=headers)
            assert response.status_code == 404, (group, address, method, headers)
            assert response.headers.get("Content-Type", "").startswith("text/html")
    for address in guesses(file):
        assert Browser().get(address).status_code == 404, address


@pytest.mark.parametrize("hide", HIDE)
def test_a_pack_that_is_not_public_is_named_nowhere(pack_page, hide):
    client = Browser()
    refresh_search()
    assert WORDS in client.get(pack_page.url).content.decode()
    hide(pack_page)
    for address in ("/sitemap.xml", "/schools/", "/ur/schools/", "/search/?q=fair+play", f"/search/?q={WORDS}", "/"):
        html = client.get(address).content.decode()
        assert "/schools/fair/" not in html, address
        assert str(pack_page.pack.files.get().uuid) not in html, address
    schema = client.get("/api/v1/openapi.json").content.decode()
    assert "lesson" not in schema.lower()


def draft_page(page):
    return make_pack_page(page.pack, slug="draft", live=False).slug


def page_of_another_pack(page):
    return make_pack_page(make_pack(code="other")).slug


@pytest.mark.parametrize("elsewhere", [draft_page, page_of_another_pack])
def test_a_file_is_not_given_at_the_address_of_another_page(pack_page, elsewhere):
    file, client, slug = pack_page.pack.files.get(), Browser(), elsewhere(pack_page)
    assert {client.get(address).status_code for address in addresses(pack_page, file, slug=slug)} == {404}
    assert client.get(addresses(pack_page, file)[0]).status_code == 200


def test_a_file_in_quarantine_or_refused_is_given_to_nobody_and_named_nowhere(pack_page, make_user):
    client = Browser()
    waiting = make_arrived(pack_page.pack, pdf(pages=1), title="Quarantined")
    refused = make_arrived(pack_page.pack, SCRIPT, title="Rejected")
    check_file(refused)
    for group, ways in readers(client, make_user):
        for file, (method, headers) in product((waiting, refused), ways):
            for address in (one for one in addresses(pack_page, file) if str(file.uuid) in one):
                assert getattr(client, method)(address, headers=headers).status_code == 404, (group, address)
        shown = client.get(pack_page.url).content.decode()
        assert "Quarantined" not in shown
        assert "Rejected" not in shown
    assert {Browser().get(address).status_code for address in guesses(waiting)} == {404}
    whole = client.get(reverse("schools:download_pack", args=[pack_page.slug]))
    with zipfile.ZipFile(io.BytesIO(b"".join(whole))) as archive:
        assert archive.namelist() == ["READ-ME.html", f"{WORDS.lower()}.pdf"]


def test_what_a_replacement_took_the_place_of_is_gone_from_every_address(pack_page, django_capture_on_commit_callbacks):
    client, file = Browser(), pack_page.pack.files.get()
    stored, drawn = file.file.name, file.leaves.get().picture
    old = b"".join(client.get(addresses(pack_page, file)[0]))
    with django_capture_on_commit_callbacks(execute=True), mock.patch("schools.tasks.make_files.delay"):
        file.arrived = ContentFile(pdf(pages=2), name="newer.pdf")
        file.save()
        check_file(file)
        made()
    assert b"".join(client.get(addresses(pack_page, file)[0])) != old
    file.refresh_from_db()
    assert not file.file.storage.exists(stored)
    assert not drawn.storage.exists(drawn.name)


def test_a_file_that_was_taken_out_of_the_pack_is_gone_with_its_pages_and_from_the_zip(pack_page):
    client, file = Browser(), pack_page.pack.files.get()
    tried = addresses(pack_page, file)
    file.delete()
    assert {client.get(address).status_code for address in tried} == {404}


def test_a_file_that_is_added_to_a_published_pack_is_given_once_it_is_checked(pack_page):
    """What the design decides: the check stands between a new file and teachers, the approval is of the page."""
    client, file = Browser(), make_arrived(pack_page.pack, pdf(pages=1), title="Added")
    address = reverse("schools:download", args=[pack_page.slug, file.uuid])
    assert client.get(address).status_code == 404
    check_file(file)
    assert client.get(address).status_code == 200


def test_an_address_that_a_page_had_gives_nothing_of_a_draft(pack_page):
    client, file = Browser(), pack_page.pack.files.get()
    pack_page.slug = "fairer"
    pack_page.save_revision().publish()
    pack_page.unpublish()
    assert {client.get(address).status_code for address in addresses(pack_page, file, slug="fair")} == {404}
