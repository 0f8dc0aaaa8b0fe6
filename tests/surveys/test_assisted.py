"""Answers that staff enter for somebody by telephone or face to face."""

import pytest
from django.urls import reverse

from core.models import User
from surveys import actions
from surveys.models import Draft, Response, Tally
from tests.factories.surveys import make_collector
from tests.surveys.browsing import text
from tests.surveys.test_paper import make_analyst


@pytest.fixture
def calls(wave):
    return make_collector(wave, "calls", kind="assisted", mode="telephone")


@pytest.fixture
def staff(client, db):
    client.force_login(make_analyst("caller"))
    return client


def begin(client, calls):
    return client.post(reverse("survey_assist", args=[calls.pk]))


def say(client, calls, key, **data):
    return client.post(reverse("survey_assist_ask", args=[calls.pk, key]), data)


def check(client, calls, **data):
    return client.post(reverse("survey_assist_check", args=[calls.pk]), data, follow=True)


def test_somebody_is_asked_for_consent_first_and_then_everything_in_order(staff, calls):
    page = text(staff.get(reverse("survey_assist", args=[calls.pk])))
    for said in ("You do not have to take part.", "In danger, call 999.", "Would you like to take part?"):
        assert said in page
    assert begin(staff, calls)["Location"] == reverse("survey_assist_ask", args=[calls.pk, "cnf01"])
    led = [
        say(staff, calls, key, answer=answer)["Location"].rsplit("/", 2)[1]
        for key, answer in (("cnf01", "agree"), ("hc08", ["fear"]), ("cnf06", "2"), ("opn01", "More lights"))
    ]
    assert led == ["hc08", "cnf06", "opn01", "check-main"]
    assert "Sent. Thank them." in text(check(staff, calls))
    sent = Response.objects.get()
    assert (sent.collector, sent.collector.mode, sent.language) == (calls, "telephone", "en")
    assert sent.answers == {"cnf01": "agree", "hc08": ["fear"], "cnf06": "2", "opn01": "More lights"}
    assert Tally.objects.values_list("collector__code", "count").get() == ("calls", 1)
    assert not Draft.objects.exists()


def test_nothing_says_who_asked(staff, calls):
    begin(staff, calls)
    say(staff, calls, "cnf01", answer="agree")
    kept = Draft.objects.values().get()
    assert "caller" not in str(kept)
    assert [field.name for field in Draft._meta.fields if field.related_model is User] == []


def test_anybody_may_leave_out_any_question_but_it_is_said(staff, calls):
    begin(staff, calls)
    page = text(staff.get(reverse("survey_assist_ask", args=[calls.pk, "cnf01"])))
    assert "I do not want to answer" in page
    refused = say(staff, calls, "cnf01")
    assert refused.status_code == 422
    assert "Choose what they said, or that they do not want to answer." in text(refused)
    for key, answer in (("cnf01", "-"), ("hc08", []), ("cnf06", "2"), ("opn01", "")):
        assert say(staff, calls, key, answer=answer).status_code == 302
    check(staff, calls)
    assert Response.objects.get().answers == {"cnf06": "2"}


def test_who_wants_to_stop_leaves_nothing(staff, calls):
    begin(staff, calls)
    say(staff, calls, "cnf01", answer="agree")
    page = staff.post(reverse("survey_assist_stop", args=[calls.pk]), follow=True)
    assert "Nothing of it is kept." in text(page)
    assert not Draft.objects.exists()
    assert "This form has ended" in text(check(staff, calls))
    assert not Response.objects.exists()


def test_a_wave_that_takes_no_answers_says_so_before_anybody_is_asked(staff, calls):
    actions.close_wave(wave=calls.wave)
    page = staff.get(reverse("survey_assist", args=[calls.pk]), follow=True)
    assert "takes no answers now." in text(page)


def test_the_cookie_of_the_form_goes_over_tls_alone(staff, calls):
    begun = staff.post(reverse("survey_assist", args=[calls.pk]), secure=True)
    assert begun.cookies["survey"]["secure"]
