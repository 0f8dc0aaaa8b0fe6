"""What the tests of publishing share: where the public looks, and what it gets there."""

import re

from django.core.files.storage import default_storage

from core.models import User
from surveys import actions
from surveys.actions.publishing import looked_at
from surveys.models import ResultSet
from tests.factories.results import make_people_wave

PAGE = "/surveys/local-voice/results/1/"
API = "/api/v1/surveys/local-voice/waves/1/results"
FILES = ("results.csv", "results.csv-metadata.json", "results.R")

ALIKE = (
    ("strongly-agree", "female", 60),
    ("tend-to-agree", "female", 70),
    ("strongly-agree", "male", 30),
    ("tend-to-agree", "male", 30),
    ("strongly-disagree", "female", 50),
    ("strongly-disagree", "male", 40),
    ("strongly-agree", "prefer-not-to-say", 10),
    ("strongly-disagree", "prefer-not-to-say", 10),
)


def words_of(page):
    """Return a page's words, and its marks for those who do not see pictures, without its tags."""
    words = re.sub(r"<(?!img)[^>]*>", " ", page.content.decode())
    return re.sub(r"\s+", " ", words)


def drawn_at(name):
    with default_storage.open(name) as file:
        return file.read().decode()


def addresses():
    return [PAGE, API, *(f"{PAGE}{name}" for name in FILES)]


def everywhere(client, wave):
    """Return all that the public gets of a wave, with its pictures."""
    places = [*(address.replace("/1/", f"/{wave}/") for address in addresses()), "/surveys/local-voice/results/"]
    shown = [words_of(client.get(place)) for place in places]
    for row in ResultSet.objects.approved():
        for names in row.public.get("charts", {}).values():
            # Where lines run is of no interest, what they are said to stand for is.
            shown += [
                re.sub(r' (d|transform|[xy][12]?|width|height)="[^"]*"', "", drawn_at(name)) for name in names.values()
            ]
    return "\n".join(shown)


def next_wave(wave, **fields):
    """Return another open wave of the same survey, with the same questions."""
    return make_people_wave(survey=wave.survey, questionnaire=wave.questionnaire, number=2, **fields)


def states():
    return list(ResultSet.objects.order_by("number").values_list("state", flat=True))


def publish(results):
    """Send ``results`` and have them approved by a second person."""
    petra, carl = User.objects.get(username="petra"), User.objects.get(username="carl")
    sent = actions.submit_results(results=results, findings="Most agree.", by=petra)
    return actions.approve_results(results=sent, by=carl, seen=looked_at(sent))
