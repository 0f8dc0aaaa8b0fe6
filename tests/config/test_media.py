"""Pictures are open, uploads are not."""

from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored():
    root = Path(settings.MEDIA_ROOT)

    def store(name: str) -> str:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"content")
        return f"/media/{name}"

    return store


@pytest.mark.parametrize("name", ["images/poster.width-400.jpg", "charts/abc.svg"])
def test_picture_made_by_us_is_served_and_may_be_kept(client, stored, name):
    response = client.get(stored(name))

    assert (response.status_code, response.getvalue()) == (200, b"content")
    assert "immutable" in response["Cache-Control"]


@pytest.mark.parametrize(
    "name", ["documents/secret.pdf", "original_images/photo.jpg", "other.txt", "images/../documents/secret.pdf"]
)
def test_uploaded_file_has_no_address_under_media(client, stored, name):
    stored("documents/secret.pdf")

    assert client.get(stored(name) if ".." not in name else f"/media/{name}").status_code == 404


def test_folder_of_pictures_is_not_listed(client, stored):
    stored("images/poster.jpg")

    assert client.get("/media/images/").status_code == 404


def test_picture_is_read_only(client, stored):
    assert client.post(stored("images/poster.jpg")).status_code == 405
