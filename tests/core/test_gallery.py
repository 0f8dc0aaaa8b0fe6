"""The gallery shows staff every component there is, in every state."""

from pathlib import Path

import pytest
import wagtail_factories
from django.conf import settings

from core.look.samples import SAMPLES
from reach.models import Count

# Wagtail leaves the temporary file of a freshly drawn rendition to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
NOT_SEEN = {"components/sharing.html"}  # what stands in a page's head, for those who share it
TEMPLATES = Path(settings.REPOSITORY) / "templates"


def test_every_component_has_its_place():
    found = {
        f"{path.parent.name}/{path.name}"
        for part in ("components", "blocks")
        for path in (TEMPLATES / part).glob("*.html")
    }
    assert {sample.template for sample in SAMPLES} == found - NOT_SEEN
    assert found >= NOT_SEEN


def test_a_state_stands_once():
    names = [(sample.template, sample.state) for sample in SAMPLES]
    assert len(set(names)) == len(names)


def test_visitors_are_asked_to_sign_in(client, db):
    response = client.get("/components/")
    assert response.status_code == 302
    assert response["Location"] == "/admin/login/?next=/components/"


def test_an_account_without_the_admin_does_not_see_it(client, make_user):
    client.force_login(make_user("nobody"))
    assert client.get("/components/").status_code == 302


@pytest.mark.parametrize("pictures", [0, 1])
def test_staff_see_every_state_uncounted(client, officer, pictures):
    for _ in range(pictures):
        wagtail_factories.ImageFactory()
    client.force_login(officer)
    response = client.get("/components/")
    assert response.status_code == 200
    html = response.content.decode()
    assert html.count('<div class="gallery-state"') == len(SAMPLES)
    assert '<meta name="robots" content="noindex">' in html
    assert ("Add a picture to the library" in html) == (pictures == 0)
    assert not Count.objects.exists()


def test_samples_touch_nothing_stored(client, officer, django_assert_max_num_queries):
    client.force_login(officer)
    with django_assert_max_num_queries(20):
        client.get("/components/")
