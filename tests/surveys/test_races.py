"""What two people do to a survey at the same moment."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from core.models import User
from surveys import actions, runner
from surveys.actions.keeping import BATCH
from surveys.content import instrument_body
from surveys.models import Collector, Draft, Instrument, Item, Response, Revision, Section, SingleUseCode, Wave
from tests.factories.surveys import (
    make_draft,
    make_open_wave,
    make_response,
    make_survey,
    make_usual_questionnaire,
    make_wave,
    plan_of,
)
from tests.racing import race

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

ANSWERS = {"cnf01": "agree", "cnf06": "2"}


def submit(wave, draft):
    return lambda: actions.submit(wave=wave, token_digest=draft.token_digest, equality=False)


def close(wave):
    return lambda: actions.close_wave(wave=wave)


def outcomes(results):
    return sorted(type(result).__name__ for result in results)


def test_answers_sent_from_many_tabs_at_once_make_one_response():
    wave = make_open_wave()
    for number in range(5):
        draft = make_draft(wave, number=number, answers=ANSWERS)
        results = race(*[submit(wave, draft)] * 6)
        assert outcomes(results) == ["EndedError"] * 5 + ["Response"]
    assert Response.objects.count() == 5
    assert not Draft.objects.exists()


def test_answers_sent_while_the_wave_closes_are_shuffled_with_the_rest_or_refused():
    wave = make_open_wave()
    drafts = [make_draft(wave, number=number, answers=ANSWERS) for number in range(12)]
    senders = [submit(wave, draft) for draft in drafts]

    *sent, closed = race(*senders[:8], close(wave))
    late = race(*senders[8:])

    assert isinstance(closed, Wave)
    taken = [result for result in sent if isinstance(result, Response)]
    refused = [result for result in sent if not isinstance(result, Response)]
    assert outcomes(refused) == ["WaveClosedError"] * (8 - len(taken))
    assert outcomes(late) == ["WaveClosedError"] * 4
    assert Response.objects.filter(rewritten=True).count() == Response.objects.count() == len(taken)
    assert not Response.objects.filter(pk__in=[response.pk for response in taken]).exists()
    assert not Draft.objects.exists()


def test_answers_sent_while_several_sweepers_rewrite_are_neither_lost_nor_doubled():
    wave = make_open_wave()
    for number in range(BATCH):
        make_response(wave, opn01=f"Words {number}")
    late = [make_draft(wave, number=number, answers=ANSWERS | {"opn01": f"Late {number}"}) for number in range(5)]

    results = race(*[actions.rewrite_due] * 3, *[submit(wave, draft) for draft in late])

    assert outcomes(results[3:]) == ["Response"] * 5
    counts = sorted(results[:3])
    assert counts[:2] == [0, 0]
    assert BATCH <= counts[2] <= BATCH + 5
    words = [response.answers["opn01"] for response in Response.objects.all()]
    assert sorted(words) == sorted(
        [f"Words {number}" for number in range(BATCH)] + [f"Late {number}" for number in range(5)]
    )


def test_a_wave_closed_twice_at_once_is_closed_once():
    wave = make_open_wave()
    for number in range(3):
        submit(wave, make_draft(wave, number=number, answers=ANSWERS))()

    closed, refused = sorted(race(close(wave), close(wave)), key=lambda result: isinstance(result, Exception))

    assert isinstance(closed, Wave)
    assert isinstance(refused, ValidationError)
    assert refused.messages == ["This wave is closed, so it cannot be closed."]
    assert Response.objects.filter(rewritten=True).count() == Response.objects.count() == 3


def test_a_wave_opened_twice_at_once_is_opened_once():
    wave = make_wave()
    results = race(*[lambda: actions.open_wave(wave=wave)] * 3)

    assert outcomes(results) == ["ValidationError", "ValidationError", "Wave"]
    assert (Instrument.objects.count(), Collector.objects.count()) == (1, 1)


def test_a_plan_saved_while_its_wave_opens_is_either_what_opens_or_refused():
    questionnaire = make_usual_questionnaire()
    client = Client()
    client.force_login(User.objects.create_superuser("planner"))
    for number in range(5):
        wave = make_wave(survey=make_survey(f"survey-{number}"), questionnaire=questionnaire)
        address = reverse("wagtailsnippets_surveys_wave:edit", args=[wave.pk])
        plan = plan_of(wave) | {"population": "others"}

        opened, page = race(lambda: actions.open_wave(wave=wave), lambda: client.post(address, plan))  # noqa: B023

        stored = Wave.objects.get(pk=wave.pk)
        if isinstance(opened, Wave):
            assert (stored.state, stored.population) == ("open", "residents aged 16 and over")
            assert b"This wave has opened" in page.content
        else:
            assert (stored.state, stored.population, page.status_code) == ("draft", "others", 302)


def test_answers_saved_from_many_tabs_at_once_are_all_kept():
    wave = make_open_wave()

    def save(key, answer):
        return lambda: actions.save_answers(
            wave=wave, token_digest="0" * 64, answers={key: answer}, language="en", may_start=True
        )

    given = {"cnf01": "agree", "hc08": ["fear"], "cnf06": "2", "opn01": "More lights"}
    assert race(*[save(key, answer) for key, answer in given.items()]) == [None] * 4
    assert Draft.objects.get().answers == given


def test_a_wave_that_opens_by_hand_and_by_itself_at_once_opens_once():
    wave = make_wave(opens_itself=True)
    by_itself = lambda: actions.keep_days(on=wave.opens)  # noqa: E731  (one of two calls that race)
    race(by_itself, lambda: actions.open_wave(wave=wave), by_itself)

    assert Wave.objects.get().state == "open"
    assert (Instrument.objects.count(), Collector.objects.count()) == (1, 1)
    assert ModelLogEntry.objects.filter(action="surveys.open_wave").count() == 1


def test_a_wave_extended_while_it_closes_by_itself_is_either_extended_or_closed():
    wave = make_open_wave()
    after = wave.closes + timedelta(days=1)
    by = User.objects.create_user("analyst")

    def extend():
        return actions.extend_wave(wave=wave, closes=after, reason="Snow", by=by)

    extended, _ = race(extend, lambda: actions.keep_days(on=after))

    wave.refresh_from_db()
    if isinstance(extended, Wave):
        assert (wave.state, wave.closes) == ("open", after)
    else:
        assert wave.state == "closed"
        assert extended.messages == ["This wave is closed, so it cannot be extended."]


def test_answers_sent_while_a_wave_is_paused_are_taken_or_kept_for_later():
    wave = make_open_wave()
    by = User.objects.create_user("analyst")
    drafts = [make_draft(wave, number=number, answers=ANSWERS) for number in range(6)]

    *sent, _ = race(
        *[submit(wave, draft) for draft in drafts], lambda: actions.pause_wave(wave=wave, reason="Flood", by=by)
    )

    taken = [result for result in sent if isinstance(result, Response)]
    assert set(outcomes(sent)) <= {"Response", "WaveClosedError"}
    assert Response.objects.count() == len(taken)
    assert Draft.objects.count() == 6 - len(taken)


def test_answers_saved_and_sent_while_the_wave_is_corrected_are_all_kept_and_know_what_they_answered():
    wave = make_open_wave()
    by = User.objects.create_user("analyst")
    waiting = [make_draft(wave, number=number, answers=ANSWERS) for number in range(6)]
    writing = make_draft(wave, number=9, answers={"cnf01": "agree"})
    Section.objects.update(title="Mended")
    Item.objects.filter(wording__question__code="CNF01").update(reason="Because")
    looked_at = runner.digest(instrument_body(wave.questionnaire))

    def correct():
        return actions.correct_wave(wave=wave, reason="A slip", verdict="excluded", looked_at=looked_at, by=by)

    def save():
        return actions.save_answers(
            wave=wave,
            token_digest=writing.token_digest,
            answers={"cnf06": "1"},
            language="en",
            may_start=False,
            draft=Draft.objects.get(pk=writing.pk),
        )

    *sent, _, revision = race(*[submit(wave, draft) for draft in waiting], save, correct)

    taken = [result for result in sent if isinstance(result, Response)]
    assert set(outcomes(sent)) <= {"Response", "EndedError", "UnfinishedError"}
    assert Response.objects.count() == len(taken)
    assert Draft.objects.count() == 7 - len(taken)
    assert Draft.objects.get(pk=writing.pk).answers == {"cnf01": "agree", "cnf06": "1"}
    if isinstance(revision, Revision):
        assert {result.instrument_id for result in taken} <= {wave.instrument_id}
        assert all(draft.again for draft in Draft.objects.filter(answers__has_key="cnf01"))


def test_a_single_use_code_typed_on_many_devices_at_once_begins_one_form():
    wave = make_open_wave()
    letters = Collector.objects.create(wave=wave, code="letters", title="Letters", kind="codes")

    def begin(code, device):
        return lambda: actions.begin_with_code(wave=wave, code=code, token_digest=f"{device:064d}", language="en")

    for number, letter in enumerate(actions.issue_codes(collector=letters, count=5)):
        results = race(*[begin(letter.code, 10 * number + device) for device in range(8)])
        assert outcomes(results) == ["Draft"] + ["UsedCodeError"] * 7
    assert Draft.objects.count() == 5


def test_two_codes_typed_at_once_on_one_device_begin_one_form_and_leave_the_other_code_unused():
    wave = make_open_wave()
    letters = Collector.objects.create(wave=wave, code="letters", title="Letters", kind="codes")

    def begin(code, device):
        return lambda: actions.begin_with_code(wave=wave, code=code, token_digest=f"{device:064d}", language="en")

    for device in range(5):
        codes = [letter.code for letter in actions.issue_codes(collector=letters, count=2)]
        assert outcomes(race(*[begin(code, device) for code in codes])) == ["BegunError", "Draft"]
    assert (Draft.objects.count(), SingleUseCode.objects.filter(used=True).count()) == (5, 5)
