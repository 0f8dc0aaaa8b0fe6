"""Pausing, resuming, extending, pilots, and what happens by date."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from config.roles import ANALYSTS
from indicators.registry import measures
from surveys import actions
from surveys.models import Draft, Response, Wave
from surveys.tasks import keep_days
from tests.factories.surveys import (
    make_draft,
    make_open_wave,
    make_response,
    make_survey,
    make_survey_page,
    make_wave,
)
from tests.surveys.browsing import ANSWERS, answer, text

pytestmark = pytest.mark.django_db

SHARE = {"survey": "local-voice", "question": "CNF01", "answers": ["agree"]}


@pytest.fixture
def analyst(make_user, client):
    user = make_user("analyst", ANALYSTS)
    client.force_login(user)
    return user


def state():
    return Wave.objects.get().state


def by_hand(client, wave, verb, **form):
    return client.post(reverse(f"survey_wave_{verb}", args=[wave.pk]), form)


def test_analyst_pauses_and_resumes_a_wave_with_the_reason_on_record(client, analyst, wave):
    assert "The forms that they have begun are kept" in text(client.get(reverse("survey_wave_pause", args=[wave.pk])))
    assert state() == "open"
    assert "Say why, in a few words." in text(by_hand(client, wave, "pause", reason=" "))
    assert state() == "open"

    by_hand(client, wave, "pause", reason="Flooded from one address")
    assert state() == "paused"
    page = text(client.get(reverse("survey_wave", args=[wave.pk])))
    assert "Flooded from one address" in page
    assert reverse("survey_wave_pause", args=[wave.pk]) not in page
    assert "Answers are taken again" in text(client.get(reverse("survey_wave_resume", args=[wave.pk])))
    by_hand(client, wave, "resume")
    assert state() == "open"
    logged = ModelLogEntry.objects.filter(user=analyst).order_by("pk").values_list("action", flat=True)
    assert list(logged) == ["surveys.pause_wave", "surveys.resume_wave"]


def test_a_paused_survey_says_so_and_the_form_goes_on_after_it(client, wave, start, make_user):
    answer(client, start, cnf01="agree")
    actions.pause_wave(wave=wave, reason="Flood", by=make_user("a"))

    assert "This survey is paused" in text(client.get(start))
    assert "If you were given a code, your answers wait under it." in text(client.get(start))
    assert "Start now" not in text(client.get(start))
    assert "Your voice" not in text(client.get("/surveys/"))
    page = client.post(f"{start}opn01/", {"answer": "More lights, please"})
    assert page.status_code == 403
    assert "nothing that you have answered so far is lost" in text(page)
    assert "More lights, please" in text(page)
    assert client.post(f"{start}check/").status_code == 403
    assert not Response.objects.exists()

    actions.resume_wave(wave=wave, by=make_user("b"))
    assert "checked" in text(client.get(f"{start}cnf01/"))
    answer(client, start, **{key: value for key, value in ANSWERS.items() if key != "cnf01"})
    client.post(f"{start}check/")
    assert Response.objects.get().answers["cnf01"] == "agree"


def test_forms_wait_while_a_survey_is_paused_and_have_their_whole_time_after_it(wave, make_user):
    form = make_draft(wave, day=timezone.localdate() - timedelta(days=9))
    actions.pause_wave(wave=wave, reason="Flood", by=make_user("a"))
    assert Draft.Privacy.purge(timezone.now()) == 0

    actions.resume_wave(wave=wave, by=make_user("b"))
    form.refresh_from_db()
    assert form.day == timezone.localdate()
    assert Draft.Privacy.purge(timezone.now()) == 0


def test_leaving_quickly_ends_the_form_of_a_paused_survey_too(client, wave, start, make_user):
    answer(client, start, cnf01="agree")
    actions.pause_wave(wave=wave, reason="Flood", by=make_user("a"))
    client.get(f"{start}exit/")
    assert not Draft.objects.exists()

    elsewhere = client.get("/exit/")
    assert any(cookie["path"] == start for cookie in elsewhere.cookies.values())


def test_a_last_day_moves_only_to_a_later_one_and_with_a_reason(client, analyst, wave):
    week = timedelta(days=7)
    for day, reason, said in (
        (wave.closes, "Snow", "Give a later one."),
        (wave.closes - week, "Snow", "Give a later one."),
        (wave.closes + week, "", "Say why, in a few words."),
        ("", "Snow", "Give the new last day."),
        ("soon", "Snow", "Give a day, such as 2026-12-31."),
    ):
        page = text(by_hand(client, wave, "extend", closes=day, reason=reason))
        assert said in page
        assert reason in page
        assert Wave.objects.get().closes == wave.closes


def test_analyst_extends_a_wave_and_the_page_says_until_when_and_why(client, analyst, wave):
    later = wave.closes + timedelta(days=14)
    by_hand(client, wave, "extend", closes=later, reason="Snow kept people at home")

    assert Wave.objects.get().closes == later
    page = text(client.get(reverse("survey_wave", args=[wave.pk])))
    assert f"to {later:%-d %B %Y}. Snow kept people at home" in page


def test_a_closed_wave_is_neither_extended_nor_paused_nor_resumed_nor_opened(client, analyst, wave):
    actions.close_wave(wave=wave)
    for verb, form in (("extend", {"closes": date(2099, 1, 1)}), ("pause", {}), ("resume", {}), ("open", {})):
        said = text(by_hand(client, wave, verb, reason="Let us go on", **form))
        assert "This wave is closed" in said
    assert (state(), Wave.objects.get().closes) == ("closed", timezone.localdate())


def test_a_paused_wave_is_not_resumed_after_its_last_day_but_closes(client, analyst, wave):
    by_hand(client, wave, "pause", reason="Flood")
    Wave.objects.update(opens=wave.opens - timedelta(days=9), closes=wave.opens - timedelta(days=1))

    assert "Its last day has passed. Extend it first, or close it." in text(by_hand(client, wave, "resume"))
    by_hand(client, wave, "close")
    assert state() == "closed"


def test_a_wave_marked_so_opens_by_itself_on_its_day_and_once():
    wave = make_wave(opens_in=2, opens_itself=True)
    actions.keep_days(on=wave.opens - timedelta(days=1))
    assert state() == "draft"

    actions.keep_days(on=wave.opens)
    actions.keep_days(on=wave.opens)
    assert state() == "open"
    assert list(ModelLogEntry.objects.values_list("action", "user")) == [("surveys.open_wave", None)]


@pytest.mark.parametrize("fields", [{"opens_itself": False}, {"opens_itself": True, "signed": False}])
def test_a_wave_that_is_not_marked_or_not_signed_off_waits(fields):
    wave = make_wave(**fields)
    actions.keep_days(on=wave.opens)

    assert state() == "draft"


def test_a_wave_that_cannot_open_keeps_no_other_waiting():
    first = make_open_wave(opens_itself=True)
    make_wave(survey=first.survey, questionnaire=first.questionnaire, number=2, opens_itself=True)
    make_wave(survey=make_survey("other"), questionnaire=first.questionnaire, opens_itself=True)
    actions.keep_days(on=first.opens)

    assert dict(Wave.objects.values_list("survey__code", "state").filter(number=1)) == {
        "local-voice": "open",
        "other": "open",
    }
    assert Wave.objects.get(number=2).state == "draft"


def test_a_wave_closes_by_itself_after_its_last_day_and_people_on_their_way_are_told(client, wave, start):
    answer(client, start, cnf01="agree")
    make_response(wave, cnf01="agree")
    actions.keep_days(on=wave.closes)
    assert state() == "open"

    Wave.objects.update(opens=wave.opens - timedelta(days=9), closes=wave.opens - timedelta(days=1))
    keep_days()
    keep_days()
    assert (state(), Wave.objects.get().closes) == ("closed", wave.opens - timedelta(days=1))
    assert Response.objects.get().rewritten
    page = client.post(f"{start}opn01/", {"answer": "More lights"})
    assert page.status_code == 410
    assert "More lights" in text(page)


def test_a_wave_extended_meanwhile_is_not_closed_by_the_sweeper(wave):
    stale = Wave.objects.get()

    with pytest.raises(ValidationError, match="Its last day has not passed"):
        actions.close_past_wave(wave=stale, on=wave.closes)
    assert state() == "open"


def test_a_pilot_feeds_no_indicator_and_says_so(client, analyst):
    make_survey_page(make_open_wave(kind="pilot").survey)
    wave = Wave.objects.get()
    for _ in range(40):
        make_response(wave, cnf01="agree")

    assert "This is a trial of the questions." in text(client.get("/surveys/local-voice/"))
    actions.close_wave(wave=wave)
    assert "its answers feed no indicator" in text(client.get(reverse("survey_wave", args=[wave.pk])))
    assert measures["surveys.share"].read(SHARE) == []
