"""Opening, watching and closing waves, and what stays secret meanwhile."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from indicators.registry import measures
from surveys import actions
from surveys.enums import Kind
from surveys.models import Draft, Instrument, Response, Section, SurveyPage, Wave
from surveys.queries import faults_of
from tests.factories.results import publish
from tests.factories.surveys import (
    make_draft,
    make_open_wave,
    make_questionnaire,
    make_response,
    make_survey,
    make_survey_page,
    make_wave,
    make_wording,
)

pytestmark = pytest.mark.django_db

SHARE = {"survey": "local-voice", "question": "CNF01", "answers": ["agree"]}


@pytest.fixture
def analyst(make_user):
    return make_user("analyst", "Survey analysts")


def test_opening_freezes_the_questionnaire(wave):
    assert wave.state == "open"
    items = wave.body["sections"][0]["items"]
    assert [item["wording"] for item in items] == ["CNF01.1", "HC08.1", "CNF06.1", "OPN01.1"]
    assert items[1]["options"][2] == {
        "code": "nothing",
        "label": "Nothing would stop me",
        "score": None,
        "exclusive": True,
    }


def test_changing_the_questionnaire_leaves_what_an_open_wave_asks_alone(wave, client):
    asked = wave.body
    wave.questionnaire.sections.all().delete()
    make_survey_page(wave.survey)

    assert Wave.objects.get().body == asked
    assert client.get("/surveys/local-voice/start/", follow=True).status_code == 200


def test_the_same_questions_give_the_same_instrument_and_others_another(wave):
    actions.close_wave(wave=wave)
    again = make_wave(survey=wave.survey, questionnaire=wave.questionnaire, number=2)
    actions.close_wave(wave=actions.open_wave(wave=again))
    section = Section.objects.get()
    section.items.all()[3].delete()
    third = actions.open_wave(wave=make_wave(survey=wave.survey, questionnaire=wave.questionnaire, number=3))

    assert Wave.objects.get(number=2).instrument == wave.instrument
    assert third.instrument != wave.instrument
    assert Instrument.objects.count() == 2


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (make_questionnaire, "The questionnaire has no questions. Add at least one."),
        (
            lambda: make_questionnaire((make_wording("CNF01", options=()), True)),
            "Section 1, item 1 (cnf01) has fewer than two options. Add them to its wording.",
        ),
        (
            lambda: make_questionnaire((make_wording("OPN01", kind=Kind.TEXT), True)),
            "Section 1, item 1 (opn01) is answered in words but has options. Take them out, or make it a choice.",
        ),
        (
            lambda: make_questionnaire((make_wording("DEM12", options=(("a", "[ward list]"), ("b", "None"))), True)),
            "DEM12 has an option still to be filled in: [ward list]. Make a new version of its wording.",
        ),
        (
            lambda: make_questionnaire((make_wording("DEM03", sensitive=True), True)),
            "DEM03 is sensitive, so people have to be able to leave it out. Untick Required.",
        ),
        (
            lambda: make_questionnaire((make_wording("CNF01"), True), (make_wording("CNF01", version=2), True)),
            "Section 1, item 2 (cnf01) is asked twice. Take one of them out.",
        ),
    ],
)
def test_questionnaire_with_a_fault_does_not_open_and_names_it(make, fault):
    wave = make_wave(questionnaire=make())

    with pytest.raises(ValidationError) as refused:
        actions.open_wave(wave=wave)
    assert fault in refused.value.messages
    assert not Instrument.objects.exists()
    assert Wave.objects.get().state == "draft"


def test_wave_opens_neither_before_its_first_day_nor_after_its_last_nor_beside_another(wave):
    early = make_wave(survey=make_survey("early"), questionnaire=wave.questionnaire, opens_in=3)
    late = make_wave(survey=make_survey("late"), questionnaire=wave.questionnaire, opens_in=-9, days=2)
    second = make_wave(survey=wave.survey, questionnaire=wave.questionnaire, number=2)

    today = timezone.localdate()
    assert ["first day" in fault for fault in faults_of(early, on=today)] == [True]
    assert ["has passed" in fault for fault in faults_of(late, on=today)] == [True]
    assert faults_of(second, on=today) == ["Another wave of this survey is open. Close that one first."]
    assert faults_of(wave, on=today) == ["This wave is open already."]


def test_closing_rewrites_every_response_under_a_new_id_and_forgets_drafts(wave):
    before = [make_response(wave, cnf01="agree", opn01=str(number)) for number in range(40)]
    make_draft(wave, answers={"cnf01": "agree"})
    actions.close_wave(wave=wave)

    after = list(Response.objects.all())
    assert not {response.pk for response in before} & {response.pk for response in after}
    assert sorted(response.answers["opn01"] for response in after) == sorted(map(str, range(40)))
    assert all(response.rewritten for response in after)
    assert {response.month for response in after} == {response.month for response in before}
    assert not Draft.objects.exists()


def test_closing_leaves_responses_in_another_order_in_the_table(wave):
    for number in range(40):
        make_response(wave, opn01=str(number))
    actions.close_wave(wave=wave)

    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT json_extract(answers, '$.opn01') FROM surveys_response ORDER BY rowid")
            stored = [row[0] for row in cursor.fetchall()]
    else:
        stored = [row["answers"]["opn01"] for row in Response.objects.values("answers")]
    assert sorted(stored, key=int) != stored
    assert sorted(map(int, stored)) == list(range(40))


def test_only_rewritten_responses_of_closed_waves_are_readable(wave):
    make_response(wave, cnf01="agree")
    make_response(wave, cnf01="agree", rewritten=True)
    assert Response.objects.readable().count() == 0

    actions.close_wave(wave=wave)
    assert Response.objects.readable().count() == 2
    make_response(wave, cnf01="agree")
    assert Response.objects.readable().count() == 2


def test_wave_that_fails_to_close_keeps_its_responses_as_they_were(wave, monkeypatch):
    before = make_response(wave, cnf01="agree").pk

    def fail(**_):
        raise RuntimeError

    monkeypatch.setattr("surveys.actions.waves.log", fail)
    with pytest.raises(RuntimeError):
        actions.close_wave(wave=wave)
    assert Wave.objects.get().state == "open"
    assert Response.objects.get().pk == before


def test_closing_early_moves_the_last_day_and_closing_late_does_not(wave):
    today = timezone.localdate()
    closed = actions.close_wave(wave=wave)
    assert (closed.closes, closed.closed_on) == (today, today)
    second = make_wave(survey=wave.survey, questionnaire=wave.questionnaire, number=2, opens_in=-9, days=3)
    actions.open_wave(wave=second, day=second.opens)
    closed = actions.close_wave(wave=second)
    assert (closed.closes, closed.closed_on) == (today - timedelta(days=6), today)


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_wave_that_is_not_open_cannot_be_closed(state):
    wave = make_wave()
    if state == "closed":
        actions.close_wave(wave=actions.open_wave(wave=wave))

    with pytest.raises(ValidationError, match=f"This wave is {state}, so it cannot be closed."):
        actions.close_wave(wave=wave)


def test_a_waves_own_page_leads_back_to_the_list(client, analyst, wave):
    client.force_login(analyst)
    for name in ("survey_wave", "survey_wave_close"):
        page = client.get(reverse(name, args=[wave.pk])).content.decode()
        assert f'href="{reverse("wagtailsnippets_surveys_wave:list")}"' in page.split("<main")[1]


def test_a_waves_page_names_its_planner_and_the_language_of_each_public_page(client, analyst, wave):
    analyst.first_name, analyst.last_name = "Anna", "Analyst"
    analyst.save()
    wave.planned_by = analyst
    wave.save()
    make_survey_page(wave.survey)
    client.force_login(analyst)
    page = client.get(reverse("survey_wave", args=[wave.pk])).content.decode()

    assert "<dt>Planned by</dt><dd>Anna Analyst</dd>" in page
    assert "The survey as people see it in English</a>" in page


def test_analyst_opens_watches_and_closes_a_wave_in_the_admin(client, analyst):
    wave = make_wave()
    client.force_login(analyst)
    address = reverse("survey_wave", args=[wave.pk])
    assert "Open for answers" in client.get(address).content.decode()

    assert "freezes" in client.get(reverse("survey_wave_open", args=[wave.pk])).content.decode()
    assert Wave.objects.get().state == "draft"
    assert client.post(reverse("survey_wave_open", args=[wave.pk])).url == address
    assert Wave.objects.get().state == "open"

    assert "shuffled" in client.get(reverse("survey_wave_close", args=[wave.pk])).content.decode()
    assert Wave.objects.get().state == "open"
    client.post(reverse("survey_wave_close", args=[wave.pk]))
    assert Wave.objects.get().state == "closed"
    actions_logged = ModelLogEntry.objects.filter(object_id=str(wave.pk)).values_list("action", "user")
    assert set(actions_logged) == {("surveys.open_wave", analyst.pk), ("surveys.close_wave", analyst.pk)}


def test_only_who_may_opens_and_closes(client, make_user):
    wave = make_open_wave()
    other = make_user("officer")
    other.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "change_wave"]))
    client.force_login(other)

    for name in ("survey_wave_open", "survey_wave_close"):
        client.post(reverse(name, args=[wave.pk]))
    assert Wave.objects.get().state == "open"
    assert "Close the wave" not in client.get(reverse("survey_wave", args=[wave.pk])).content.decode()
    client.logout()
    assert "/login/" in client.post(reverse("survey_wave_close", args=[wave.pk])).url


def test_faults_and_drafts_stand_in_the_admin_before_opening(client, analyst):
    drafted = make_wording("HC07", text="Taken seriously?", status="drafted", confirmed=False)
    wave = make_wave(questionnaire=make_questionnaire((drafted, True), (make_wording("CNF01", options=()), True)))
    client.force_login(analyst)
    page = client.get(reverse("survey_wave", args=[wave.pk])).content.decode()

    assert "(cnf01) has fewer than two options." in page
    assert "HC07.1 Taken seriously?" in page
    assert "draft: pilot first" in page
    assert "wording confirmed in its source" in page
    assert "Open for answers" not in page


def test_staff_see_how_many_answered_and_nothing_of_what(client, analyst):
    wave = make_open_wave()
    client.force_login(analyst)
    for _ in range(7):
        make_response(wave, cnf01="disagree", opn01="A sentence that nobody may read yet")

    page = client.get(reverse("survey_wave", args=[wave.pk])).content.decode()
    assert "<strong>7</strong> people have answered of 400 wanted." in page
    for address in (
        reverse("survey_wave", args=[wave.pk]),
        reverse("wagtailsnippets_surveys_wave:list"),
        reverse("wagtailsnippets_surveys_wave:edit", args=[wave.pk]),
        reverse("wagtailsnippets_surveys_survey:edit", args=[wave.survey_id]),
    ):
        shown = client.get(address).content.decode()
        assert "nobody may read yet" not in shown
        assert "disagree" not in shown.lower()


def test_nothing_is_measured_before_a_closed_wave_is_published(wave):
    for _ in range(50):
        make_response(wave, cnf01="agree")
    assert measures["surveys.share"].read(SHARE) == []

    closed = actions.close_wave(wave=wave)
    assert measures["surveys.share"].read(SHARE) == []
    publish(closed)
    assert [reading.value for reading in measures["surveys.share"].read(SHARE)] == [100.0]


def test_new_survey_makes_its_draft_page(client, analyst):
    make_survey_page(make_survey("another"), slug="another")
    client.force_login(analyst)
    form = {
        "title": "Feeling safe",
        "code": "feeling-safe",
        "purpose": "To learn.",
        "audience": "Analysts.",
        "minutes": "5",
        "sample_statement": "Anyone can answer.",
    }
    response = client.post(reverse("wagtailsnippets_surveys_survey:add"), form)

    page = SurveyPage.objects.get(slug="feeling-safe")
    assert (page.live, page.survey.code, page.owner) == (False, "feeling-safe", analyst)
    assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_new_survey_whose_code_is_the_address_of_another_page_makes_its_page_beside_it():
    make_survey_page(make_survey("another"), slug="feeling-safe")
    page = actions.make_draft_page(survey=make_survey("feeling-safe"))

    assert page.slug == "feeling-safe-1"


def test_survey_without_an_index_page_yet_is_made_without_its_page():
    assert actions.make_draft_page(survey=make_survey()) is None


@pytest.mark.parametrize("field", ["number", "opens", "closes", "population", "is_sample", "kind", "lawful_basis"])
def test_plan_of_an_open_wave_cannot_change(wave, field):
    changed = {"number": 9, "population": "others", "is_sample": True, "kind": "pilot", "lawful_basis": "Consent"}
    changed |= {"opens": wave.opens - timedelta(days=1), "closes": wave.closes + timedelta(days=1)}
    setattr(wave, field, changed[field])

    with pytest.raises(ValidationError, match="its plan stays as it was signed off"):
        wave.full_clean()


def test_purge_deletes_drafts_that_nobody_saved_for_twenty_hours(wave):
    make_draft(wave, day=date(2026, 6, 9))
    london = ZoneInfo("Europe/London")

    assert Draft.Privacy.purge(datetime(2026, 6, 10, 4, 0, tzinfo=london)) == 0
    assert Draft.Privacy.purge(datetime(2026, 6, 10, 19, 59, tzinfo=london)) == 0
    assert Draft.Privacy.purge(datetime(2026, 6, 11, 4, 0, tzinfo=london)) == 1
