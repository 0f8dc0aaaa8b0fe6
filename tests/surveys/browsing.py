"""What the tests of answering share: a browser without JavaScript, in a few words."""

import re

from surveys import actions
from tests.factories.surveys import make_questionnaire, make_survey, make_wave, make_wording

ANSWERS = {"cnf01": "agree", "hc08": ["fear", "language"], "cnf06": "2", "opn01": "More lights"}


def answer(client, start, **answers):
    """Send each of ``answers`` to its question, and return where the last one led."""
    if "survey" not in client.cookies:
        client.get(f"{start}start/")
    for key, value in answers.items():
        response = client.post(f"{start}{key}/", {"answer": value})
        assert response.status_code == 302, response.content.decode()
    return response


def text(response):
    """Return the page with each run of white space as one space."""
    return re.sub(r"\s+", " ", response.content.decode())


def make_other_survey():
    """Return the open wave of a second survey, with the question ``saf03``."""
    questionnaire = make_questionnaire((make_wording("SAF03"), True), code="other")
    return actions.open_wave(wave=make_wave(survey=make_survey("other"), questionnaire=questionnaire))
