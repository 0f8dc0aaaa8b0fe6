"""Every instrument of the gallery, walked as a browser without JavaScript walks it."""

import json
import re

import pytest

from surveys import actions
from surveys.models import Draft, Response
from tests.factories.surveys import make_survey_page, make_wave
from tests.surveys.browsing import text
from tests.surveys.instruments import GALLERY, WALK_NAMES, WALKS

pytestmark = pytest.mark.django_db

START = "/surveys/local-voice/"


def opened(name):
    """Open a wave that asks an instrument of the gallery."""
    file = json.dumps({"code": "tiny", "instrument": GALLERY[name]["instrument"]})
    wave = actions.open_wave(wave=make_wave(questionnaire=actions.import_questionnaire(text=file)))
    make_survey_page(wave.survey)
    return wave


def fill_in(response, answers):
    """Return what a browser sends from a page of questions: the answer to each field that stands on it."""
    key = response.request["PATH_INFO"].rstrip("/").rpartition("/")[2]
    page = response.content.decode().partition("<main")[2]
    names = set(re.findall(r'name="([\w-]+)"', page)) - {"csrfmiddlewaretoken"}
    named = {name: re.sub("^answer", key, name) for name in names}
    return {name: answers[item] for name, item in named.items() if item in answers}


def walk_on(client, response, answers):
    """Answer page after page until a page that asks for no answer; return the pages' keys and that page."""
    visited = []
    while "check/" not in response.request["PATH_INFO"] and "not-for-you" not in response.request["PATH_INFO"]:
        address = response.request["PATH_INFO"]
        visited.append(address.rstrip("/").rpartition("/")[2])
        response = client.post(address, fill_in(response, answers), follow=True)
        assert response.status_code == 200
        assert response.request["PATH_INFO"] != address, text(response)
    return visited, response


@pytest.mark.parametrize(("name", "walk"), WALKS, ids=WALK_NAMES)
def test_walk_by_the_server_alone(client, name, walk):
    opened(name)
    visited, last = walk_on(client, client.get(f"{START}start/", follow=True), walk["answers"])
    assert visited == walk["pages"]
    if walk.get("ends"):
        assert "Nothing that you answered has been kept." in text(last)
        assert (Draft.objects.count(), Response.objects.count()) == (0, 0)
        assert client.get(f"{START}{visited[0]}/").url == f"{START}?ended"
        return

    sent = client.post(f"{START}check/", follow=True)
    if "equality" in sent.request["PATH_INFO"]:
        sent = choose_equality(client, walk)
    assert "Your answers have been sent" in text(sent)
    assert Response.objects.get().answers == walk["sent"]
    assert not Draft.objects.exists()


def choose_equality(client, walk):
    """Answer the equality questions if the walk does, and send."""
    if "equality" not in walk:
        # Somebody answered one, went back, and then wants none of them sent.
        first = client.post(f"{START}equality/", {"wanted": "yes"}, follow=True)
        client.post(first.request["PATH_INFO"], fill_in(first, walk["answers"]))
        return client.post(f"{START}equality/", {"wanted": "no"}, follow=True)
    first = client.post(f"{START}equality/", {"wanted": "yes"}, follow=True)
    visited, _ = walk_on(client, first, walk["answers"])
    assert visited == walk["equality"]
    return client.post(f"{START}equality/check/", follow=True)
