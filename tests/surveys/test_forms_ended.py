"""Forms that have ended, surveys that are closed: nothing typed is shown, nobody is thanked for nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from surveys import actions
from surveys.models import Draft, Response, Wave
from tests.factories.surveys import make_survey_page, make_wave
from tests.surveys.browsing import ANSWERS, answer, make_other_survey, text

pytestmark = pytest.mark.django_db


def test_lost_cookie_leads_to_the_start_with_a_sentence(client, start):
    answer(client, start, cnf01="agree")

    for method, address in (("get", "hc08/"), ("post", "hc08/"), ("get", "check/"), ("post", "check/")):
        client.cookies.clear()
        assert getattr(client, method)(f"{start}{address}").url == f"{start}?ended"
    assert "This form has ended" in text(client.get(f"{start}?ended"))
    assert Draft.objects.get().answers == {"cnf01": "agree"}
    assert not Response.objects.exists()


def test_steps_show_nothing_typed_after_sending(client, start):
    answer(client, start, **ANSWERS)
    token = client.cookies["survey"].value
    client.post(f"{start}check/")

    assert client.get(f"{start}opn01/").url == f"{start}?ended"
    client.cookies["survey"] = token
    assert client.get(f"{start}opn01/").url == f"{start}?ended"


def test_confirmation_is_not_shown_for_a_form_that_is_not_sent(client, start):
    answer(client, start, cnf01="agree")

    assert client.get(f"{start}done/").url == f"{start}check/"


def test_form_whose_answers_are_gone_is_told_that_it_has_ended_not_that_it_was_sent(client, start):
    answer(client, start, **ANSWERS)
    Draft.objects.all().delete()

    assert client.post(f"{start}check/").url == f"{start}?ended"


@pytest.mark.parametrize("token", ["x" * 43, "20261122-" + "x" * 34])
def test_nobody_is_thanked_for_a_form_that_was_never_filled_in(client, start, token):
    client.cookies["survey"] = token
    assert client.post(f"{start}check/").url == f"{start}?ended"

    client.cookies.clear()
    client.get(f"{start}start/")  # A token of our own, and no answer.
    assert client.post(f"{start}check/").url == f"{start}?ended"
    assert not Response.objects.exists()


@pytest.mark.parametrize("proof", ["", "?sent", "?sent=", "?sent=yes", "?sent=%C3%A9", "?sent=" + "9" * 5000])
def test_nobody_is_thanked_who_only_opens_the_confirmation(client, start, proof):
    assert client.get(f"{start}done/{proof}").url == f"{start}?ended"


def test_the_confirmation_can_be_read_again_till_the_next_day_and_for_its_own_survey_alone(client, start, time_machine):
    make_survey_page(make_other_survey().survey, slug="other")
    answer(client, start, **ANSWERS)
    sent = client.post(f"{start}check/").url
    proof = sent.partition("?")[2]

    assert "Your answers have been sent" in text(client.get(sent))
    assert client.get(f"/surveys/other/done/?{proof}").url == "/surveys/other/?ended"
    time_machine.move_to(timezone.now() + timedelta(days=2))
    assert client.get(sent).url == f"{start}?ended"


@pytest.mark.parametrize("token", ["", "x", "é" * 43, "2" * 41, "junk" * 500])
def test_junk_in_the_cookie_is_no_form(client, start, token):
    client.cookies["survey"] = token

    for address in ("cnf01/", "hc08/", "check/"):
        assert client.get(f"{start}{address}").url == f"{start}?ended"
        assert client.post(f"{start}{address}", {"answer": "agree"}).url == f"{start}?ended"
    assert client.get(f"{start}start/", follow=True).status_code == 200


def test_closed_survey_refuses_answers_with_a_page(client, start, wave):
    answer(client, start, **ANSWERS)
    actions.close_wave(wave=wave)

    for response in (client.post(f"{start}cnf01/", {"answer": "agree"}), client.post(f"{start}check/")):
        assert response.status_code == 410
        assert "This survey has closed" in text(response)
    assert "It takes no more answers." in text(client.get(start))
    assert not Response.objects.exists()
    assert not Draft.objects.exists()


def test_wave_closed_while_the_answers_are_on_their_way_refuses_them(client, start, wave):
    answer(client, start, **ANSWERS)
    digest = Draft.objects.get().token_digest
    stale = Wave.objects.select_related("instrument").get(pk=wave.pk)
    actions.close_wave(wave=wave)

    with pytest.raises(actions.WaveClosedError):
        actions.submit(wave=stale, token_digest=digest, equality=False)


def test_survey_past_its_last_day_takes_no_answers_though_nobody_closed_it(client, start, wave):
    today = timezone.localdate()
    Wave.objects.filter(pk=wave.pk).update(opens=today - timedelta(days=9), closes=today - timedelta(days=1))

    assert client.post(f"{start}cnf01/", {"answer": "agree"}).status_code == 410


def test_survey_that_is_not_open_yet_refuses_answers_with_a_page(client):
    wave = make_wave(opens_in=5)
    make_survey_page(wave.survey)

    response = client.post("/surveys/local-voice/cnf01/", {"answer": "agree"})
    assert response.status_code == 403
    assert "This survey is not open yet" in text(response)
    assert "not open yet" in text(client.get("/surveys/local-voice/"))


def test_unpublished_page_takes_no_answers(client, wave):
    make_survey_page(wave.survey, live=False)

    assert client.post("/surveys/local-voice/cnf01/", {"answer": "agree"}).status_code == 404
