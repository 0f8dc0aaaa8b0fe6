"""Documents reach whoever may have them, from the disk or by the web server in front."""

import pytest
from django.core.files.base import ContentFile
from django_sendfile import utils
from wagtail.models import Collection, CollectionViewRestriction

from core.models import Document
from tests.factories.schools import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> Document:
    document = Document(title="Our plan")
    document.file.save("plan.pdf", ContentFile(PDF))
    return document


@pytest.fixture
def _nginx(settings):
    """Send files as production does."""
    settings.SENDFILE_BACKEND, settings.SENDFILE_URL = "django_sendfile.backends.nginx", "/private"
    utils._get_sendfile.cache_clear()
    yield
    utils._get_sendfile.cache_clear()


def test_a_document_is_given_out_as_it_came(client, document):
    response = client.get(document.url)
    assert (response.status_code, response.getvalue()) == (200, PDF)
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'"


def test_a_film_is_given_out_as_one(client):
    film = Document(title="Signed")
    film.file.save("signed.mp4", ContentFile(b"\0\0\0\x18ftypisom"))
    response = client.get(film.url)
    assert (response.status_code, response["Content-Type"]) == (200, "video/mp4")


@pytest.mark.usefixtures("_nginx")
def test_the_web_server_in_front_sends_what_lies_on_its_disk(client, document):
    response = client.get(document.url)
    assert (response.status_code, response.content) == (200, b"")
    assert response["X-Accel-Redirect"] == f"/private/media/{document.file.name}"


def test_a_document_that_only_some_may_have_is_not_given_out(client, document):
    restriction = {"collection": Collection.get_first_root_node(), "restriction_type": "login"}
    CollectionViewRestriction.objects.create(**restriction)
    assert client.get(document.url).status_code == 302


def test_a_document_whose_file_is_gone_is_not_found(client, document):
    document.file.storage.delete(document.file.name)
    assert client.get(document.url).status_code == 404
