"""A colleague looks at a wave before it opens, and the record of it stands only for what was looked at."""

import json
import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail import hooks
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from config.roles import ANALYSTS, MANAGERS, OFFICERS
from surveys import actions
from surveys.content import questionnaire_document
from surveys.models import Section, SignOff, Wave
from surveys.queries import faults_of, signed_digest, why_not_sign_off
from tests.factories.surveys import make_questionnaire, make_survey, make_usual_questionnaire, make_wave, plan_of
from tests.factories.surveys import sign_off as sign
from tests.surveys.browsing import text

pytestmark = pytest.mark.django_db

LOOKED = {"basis": "on", "wording": "on", "notice": "on"}


@pytest.fixture
def planner(make_user):
    return make_user("petra", ANALYSTS)


@pytest.fixture
def colleague(make_user):
    return make_user("carl", ANALYSTS, first_name="Carl", last_name="Colleague")


@pytest.fixture
def planned(planner):
    """Return a wave that only wants its sign-off."""
    return make_wave(signed=False, planned_by=planner)


def faults(wave):
    return faults_of(Wave.objects.get(pk=wave.pk), on=wave.opens)


def look(client, user, wave, **changed):
    """Sign ``wave`` off through its page, as ``user``."""
    client.force_login(user)
    address = reverse("survey_wave_sign_off", args=[wave.pk])
    shown = client.get(address).context["form"].initial["looked_at"]
    return client.post(address, LOOKED | {"looked_at": shown} | changed)


def test_a_wave_that_nobody_signed_off_does_not_open(planned):
    with pytest.raises(ValidationError, match="Nobody has signed it off"):
        actions.open_wave(wave=planned)
    assert Wave.objects.get().state == "draft"


def test_a_colleague_is_shown_what_it_is_about_and_signs_it_off(client, planned, colleague):
    client.force_login(colleague)
    page = text(client.get(reverse("survey_wave_sign_off", args=[planned.pk])))
    for words in (
        "Public task, UK GDPR Article 6(1)(e)",
        "equality of opportunity: DPA 2018",
        "Are the police fair?",
        "Nothing would stop me",
        "To learn what people think.",
        "Analysts.",
    ):
        assert words in page

    assert look(client, colleague, planned).url == reverse("survey_wave", args=[planned.pk])
    signed = SignOff.objects.get()
    assert (signed.by, signed.name, signed.planned_by) == (colleague, "Carl Colleague", planned.planned_by)
    assert faults(planned) == []
    assert "By Carl Colleague on" in text(client.get(reverse("survey_wave", args=[planned.pk])))
    assert list(ModelLogEntry.objects.values_list("action", "user")) == [("surveys.sign_off", colleague.pk)]
    assert actions.open_wave(wave=planned).state == "open"


@pytest.mark.parametrize("left_out", LOOKED)
def test_what_was_not_looked_at_is_not_signed_off(client, planned, colleague, left_out):
    page = text(look(client, colleague, planned, **{left_out: ""}))

    assert page.count("Tick this once you have looked.") == 1
    assert not SignOff.objects.exists()


def test_who_planned_it_is_told_to_ask_a_colleague(client, planned, planner):
    client.force_login(planner)
    address = reverse("survey_wave_sign_off", args=[planned.pk])

    assert "Look at it and sign off" not in text(client.get(reverse("survey_wave", args=[planned.pk])))
    for response in (client.get(address, follow=True), client.post(address, LOOKED, follow=True)):
        assert "You planned this wave, so a colleague has to sign it off." in text(response)
    assert not SignOff.objects.exists()


def test_a_manager_signs_off_and_an_officer_may_not(client, planned, make_user):
    assert look(client, make_user("martha", MANAGERS), planned).status_code == 302
    assert SignOff.objects.get().name == "martha"
    client.force_login(make_user("olive", OFFICERS))
    assert client.get(reverse("survey_wave_sign_off", args=[planned.pk])).status_code == 302
    assert client.post(reverse("survey_wave_sign_off", args=[planned.pk]), LOOKED).url == reverse("wagtailadmin_home")


def test_what_changed_while_somebody_was_reading_is_not_signed_off(client, planned, colleague):
    client.force_login(colleague)
    address = reverse("survey_wave_sign_off", args=[planned.pk])
    shown = client.get(address).context["form"].initial["looked_at"]
    Section.objects.update(title="Another title")

    page = text(client.post(address, LOOKED | {"looked_at": shown}))
    assert "It has changed while you were reading. Look at it again." in page
    assert not SignOff.objects.exists()


def edit(client, wave, **changed):
    """Save the plan of ``wave`` through its form, with what is ``changed``."""
    return client.post(reverse("wagtailsnippets_surveys_wave:edit", args=[wave.pk]), plan_of(wave) | changed)


CHANGES = {
    "the plan": lambda wave: Wave.objects.filter(pk=wave.pk).update(closes=wave.closes + timedelta(days=1)),
    "the lawful basis": lambda wave: Wave.objects.filter(pk=wave.pk).update(lawful_basis="Consent"),
    "the questionnaire": lambda wave: wave.questionnaire.sections.update(title="Another title"),
    "what people are told": lambda wave: type(wave.survey).objects.update(audience="Everybody."),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_afterwards_takes_the_sign_off_away(client, planned, colleague, change):
    look(client, colleague, planned)
    change(planned)

    assert ["has changed since" in fault for fault in faults(planned)] == [True]
    with pytest.raises(ValidationError, match="Carl Colleague signed it off on"):
        actions.open_wave(wave=planned)
    actions.keep_days(on=planned.opens - timedelta(days=1))
    assert not SignOff.objects.exists()
    assert ModelLogEntry.objects.filter(action="surveys.withdraw_sign_off").count() == 1


def test_saving_the_plan_notes_who_did_and_takes_the_sign_off_away_at_once(client, planned, planner, colleague):
    look(client, colleague, planned)
    edited = edit(client, planned, population="others")

    assert edited.url == reverse("survey_wave", args=[planned.pk])
    assert not SignOff.objects.exists()
    assert Wave.objects.get().planned_by == colleague
    with pytest.raises(ValidationError, match="You planned this wave"):
        actions.sign_off(wave=planned, by=colleague, looked_at=signed_digest(Wave.objects.get()))
    look(client, planner, planned)
    assert SignOff.objects.get().by == planner


def test_a_plan_saved_in_the_moment_its_wave_opens_leaves_it_open_and_says_so(client, planned, planner):
    sign(planned)
    client.force_login(planner)

    def open_meanwhile(request, wave):
        actions.open_wave(wave=wave)

    with hooks.register_temporarily("before_edit_snippet", open_meanwhile):
        page = edit(client, planned)

    wave = Wave.objects.get()
    assert (wave.state, wave.instrument is None, wave.planned_by) == ("open", False, planner)
    assert "This wave has opened, so its plan stays as it was signed off." in text(page)


def made(wave):
    """Return what a sign-off of ``wave`` is about, each with how the refusal names it."""
    wording = wave.questionnaire.sections.get().items.first().wording
    return {"plan": wave, "questionnaire": wave.questionnaire, "people are told": wave.survey, "wordings": wording}


@pytest.mark.parametrize("action", ["wagtail.create", "wagtail.edit"])
@pytest.mark.parametrize("part", ["plan", "questionnaire", "people are told", "wordings"])
def test_whoever_made_or_changed_any_of_it_may_not_sign_it_off_though_another_planned_it_last(
    client, planned, colleague, part, action
):
    log(instance=made(planned)[part], action=action, user=colleague, content_changed=True)
    assert planned.planned_by != colleague

    client.force_login(colleague)
    page = text(client.get(reverse("survey_wave_sign_off", args=[planned.pk]), follow=True))
    assert re.search(
        f"You made or changed .*{part} since a colleague signed that off last, so a colleague has to sign it off", page
    )
    with pytest.raises(ValidationError, match=part):
        actions.sign_off(wave=planned, by=colleague, looked_at=signed_digest(Wave.objects.get()))
    assert not SignOff.objects.exists()


def test_whoever_brought_its_questionnaire_in_from_a_file_may_not_sign_it_off(colleague):
    document = json.dumps(questionnaire_document(make_usual_questionnaire()))
    brought_in = actions.import_questionnaire(text=document, code="again", by=colleague)
    wave = make_wave(signed=False, questionnaire=brought_in)

    assert "questionnaire" in why_not_sign_off(wave, colleague)


def test_what_a_colleague_signed_off_is_not_its_makers_any_more(client, planned, colleague, make_user):
    for part in made(planned).values():
        log(instance=part, action="wagtail.edit", user=colleague, content_changed=True)
    look(client, make_user("martha", MANAGERS), planned)
    log(instance=planned.survey, action="wagtail.edit", user=colleague, content_changed=False)
    assert why_not_sign_off(planned, colleague) == ""
    second = make_wave(signed=False, survey=planned.survey, questionnaire=planned.questionnaire, number=2)
    assert why_not_sign_off(second, colleague) == ""

    other = make_questionnaire(code="others")
    log(instance=other, action="wagtail.create", user=colleague, content_changed=True)
    actions.sign_off(wave=second, by=make_user("marc", MANAGERS), looked_at=signed_digest(second))
    Wave.objects.filter(pk=second.pk).update(questionnaire=other)
    second.refresh_from_db()
    assert "questionnaire" in why_not_sign_off(second, colleague)  # Marc looked at another one.


def test_a_new_plan_is_its_makers_and_needs_a_number_of_answers_wanted(client, planner):
    asked, survey = make_usual_questionnaire(), make_survey()
    client.force_login(planner)
    form = {
        "survey": survey.pk,
        "number": 1,
        "kind": "pilot",
        "questionnaire": asked.pk,
        "population": "residents",
        "opens": "2026-06-01",
        "closes": "2026-06-30",
        "lawful_basis": "Public task",
        "condition": "Equality",
        "years_kept": 3,
    }
    address = reverse("wagtailsnippets_surveys_wave:add")
    assert "Say how many answers the wave should bring: 1 or more." in text(client.post(address, form))
    assert "1 or more" in text(client.post(address, form | {"target": 0}))

    made = client.post(address, form | {"target": 50})
    wave = Wave.objects.get()
    assert made.url == reverse("survey_wave", args=[wave.pk])
    assert (wave.planned_by, wave.kind, wave.target) == (planner, "pilot", 50)


def test_an_opened_wave_keeps_its_sign_off_whatever_changes_later(planned, client, colleague):
    look(client, colleague, planned)
    actions.open_wave(wave=planned)
    planned.questionnaire.sections.update(title="Another title")
    actions.note_plan(wave=planned, by=colleague)
    actions.keep_days(on=planned.opens)

    assert SignOff.objects.get().by == colleague
    assert Wave.objects.get().planned_by == planned.planned_by
    with pytest.raises(ValidationError, match="nothing to sign off"):
        actions.sign_off(wave=planned, by=colleague, looked_at="")
