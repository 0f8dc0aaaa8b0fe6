"""Whether somebody with the whole database can tell who answered what, from the order in which people came."""

import hashlib
import random
import uuid

import pytest
from django.core.cache import caches
from django.test import Client

from surveys import actions
from surveys.actions import keeping
from surveys.enums import CollectorKind, Mark
from surveys.models import Draft, Response, SingleUseCode, Text
from surveys.views import flooding
from tests.factories.surveys import make_collector, make_questionnaire, make_survey_page, make_wave, make_wording
from tests.surveys.attacking import (
    TRANSACTION,
    Row,
    bound,
    broker_files,
    counted_tables,
    joins_found,
    orders_found,
    whole_database,
)
from tests.surveys.browsing import answer
from tests.surveys.test_coming_back import come_back, save

pytestmark = pytest.mark.django_db

START = "/surveys/local-voice/"
# What tells each person's answers, in the order in which they came. Sorted by it, they stand in no order.
PEOPLE = [hashlib.sha256(f"person {number}".encode()).hexdigest()[:12] for number in range(60)]


@pytest.fixture
def drawn(monkeypatch):
    """Let what is drawn at random be drawn alike in every run, so that chance fools nobody in one of them."""
    chance = random.Random(20_260_901)
    monkeypatch.setattr(keeping, "SystemRandom", lambda: chance)
    for model in (Response, Text):
        monkeypatch.setattr(
            model._meta.get_field("id"), "_get_default", lambda: uuid.UUID(int=chance.getrandbits(128), version=4)
        )
    caches["limits"].clear()


@pytest.fixture
def web_log():
    """Return the lines that the web server writes about the requests, as they come."""
    return []


@pytest.fixture
def asked(drawn):
    """Return an open wave that asks a choice and a text, by an open link and by codes from letters."""
    words = make_wording("OPN01", kind="text", options=())
    wave = make_wave(questionnaire=make_questionnaire((make_wording("CNF01"), True), (words, True)))
    make_collector(wave, "open-link", kind=CollectorKind.OPEN_LINK)
    make_collector(wave, "letters", kind=CollectorKind.CODES)
    wave = actions.open_wave(wave=wave)
    make_survey_page(wave.survey)
    return wave


@pytest.fixture
def letters(asked):
    """Return the codes of the letters that twenty of the sixty got."""
    return [letter.code for letter in actions.issue_codes(collector=asked.collectors.get(code="letters"), count=25)]


class Visitor(Client):
    """A browser at an address of its own, whose requests leave the lines that config/web.py writes."""

    def __init__(self, web_log):
        super().__init__(REMOTE_ADDR=f"10.0.{len(web_log) // 250}.{len(web_log) % 250}")
        self.web_log = web_log

    def request(self, **given):
        response = super().request(**given)
        line = {"path": given["PATH_INFO"], "status": response.status_code, "request": response["X-Request-ID"]}
        self.web_log.append(Row("web log", line))
        return response


def by_the_open_link(visitor, words, letters):
    answer(visitor, START, cnf01=choice_of(words), opn01=words)
    return visitor


def by_coming_back(visitor, words, letters):
    visitor.get(f"{START}start/")
    code = save(visitor, f"{START}cnf01/", answer=choice_of(words))
    elsewhere = Visitor(visitor.web_log)
    assert come_back(elsewhere, START, code).status_code == 302
    answer(elsewhere, START, opn01=words)
    return elsewhere


def by_a_code_from_a_letter(visitor, words, letters):
    visitor.get(f"{START}code/")
    assert visitor.post(f"{START}code/", {"code": letters.pop()}).status_code == 200
    answer(visitor, START, cnf01=choice_of(words), opn01=words)
    return visitor


def choice_of(words):
    return "agree" if int(words, 16) % 2 else "disagree"


WAYS = (by_the_open_link, by_a_code_from_a_letter, by_coming_back)
BY_CODE = PEOPLE[1 :: len(WAYS)]


def send(people, web_log, letters):
    """Let each of ``people`` answer in turn, by one way in or another, and send what they answered."""
    for number, words in enumerate(people):
        visitor = WAYS[number % len(WAYS)](Visitor(web_log), words, letters)
        assert f"{START}done/" in visitor.post(f"{START}check/").url


def telling(rows, people=PEOPLE):
    """Return the orders that tell more than chance would in which order ``people`` came."""
    orders = orders_found(rows, people)
    assert {"surveys_response", "surveys_text"} <= {table for table, _ in orders}
    return sorted(where for where, deviate in orders.items() if abs(deviate) > bound(len(orders)))


def test_nothing_that_is_kept_joins_sixty_people_to_their_answers_better_than_chance(asked, letters, web_log):
    send(PEOPLE[:30], web_log, letters)
    assert actions.rewrite_due() == 30
    send(PEOPLE[30:], web_log, letters)
    for _ in range(5):  # who are still answering
        answer(Visitor(web_log), START, cnf01="agree")

    assert ("surveys_response", "(place)") in telling(whole_database())  # It has something to find.
    assert actions.rewrite_due() == 60
    everything = [*whole_database(), *broker_files(), *web_log]
    assert telling(everything) == telling(everything, BY_CODE) == []
    assert joins_found(everything, PEOPLE) == []
    assert SingleUseCode.objects.filter(used=True).count() == len(BY_CODE) == 20
    assert Draft.objects.count() == 5

    actions.close_wave(wave=asked)
    everything = [*whole_database(), *broker_files(), *web_log]
    assert telling(everything) == telling(everything, BY_CODE) == []
    assert joins_found(everything, PEOPLE) == []
    assert Response.objects.readable().count() == 60
    assert counted_tables().isdisjoint({"surveys_response", "surveys_text"})


def test_marks_say_nothing_of_the_order_in_which_people_came(asked, monkeypatch):
    people = PEOPLE[:30]
    monkeypatch.setattr(flooding, "MOST", 15)
    monkeypatch.setattr(flooding, "wait", lambda *_: None)
    for words in people:
        by_the_open_link(Client(REMOTE_ADDR="10.0.0.1"), words, []).post(f"{START}check/")
    assert actions.rewrite_due() == 30

    assert all(Mark.BURST in marks for marks in Response.objects.values_list("marks", flat=True))
    assert telling(whole_database(), people) == []


def test_batches_that_were_shuffled_one_by_one_would_be_told_apart(asked, web_log, monkeypatch):
    shuffle = keeping._shuffle
    monkeypatch.setattr(keeping, "_shuffle", lambda rows, **changed: shuffle(only_new(rows), **changed))
    for people in (PEOPLE[:30], PEOPLE[30:]):
        for words in people:
            response(asked, words)
        assert actions.rewrite_due() == 30

    assert ("surveys_response", "(place)") in telling(whole_database())


def only_new(rows):
    return rows.filter(rewritten=False) if rows.model is Response else rows


def response(wave, words):
    answers = {"cnf01": choice_of(words), "opn01": words}
    return actions.record(wave=wave, collector=wave.collectors.get(code="open-link"), answers=answers, language="en")


def test_a_note_that_leads_to_one_persons_answers_would_be_found(asked):
    for words in PEOPLE[:3]:
        response(asked, words)
    actions.rewrite_shuffled(wave=asked)
    rows = whole_database()
    known = next(row for row in rows if row.table == "surveys_response").values["id"]

    assert joins_found(rows, PEOPLE) == []
    leading = [Row("note", {"says": f"Sent as {uuid.UUID(str(known))}"})]
    assert joins_found([*rows, *leading], PEOPLE) == [("surveys_response", "id", "note")]


@pytest.mark.services
def test_until_they_are_rewritten_the_last_answers_share_a_transaction_with_the_days_tally(asked):
    for words in PEOPLE[:3]:
        response(asked, words)

    assert ("surveys_response", TRANSACTION, "surveys_tally") in joins_found(whole_database(), PEOPLE)
    actions.rewrite_shuffled(wave=asked)
    assert joins_found(whole_database(), PEOPLE) == []
