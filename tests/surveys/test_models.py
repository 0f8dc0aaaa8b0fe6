"""Rules that the database and the models hold, each with an attempt to break it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, ProtectedError
from django.urls import reverse

from surveys import actions
from surveys.models import (
    Collector,
    Instrument,
    Item,
    Option,
    Question,
    Questionnaire,
    Response,
    Revision,
    Section,
    SignOff,
    Survey,
    Wave,
    Wording,
)
from surveys.models.questions import strands_named
from tests.factories.surveys import (
    make_draft,
    make_questionnaire,
    make_response,
    make_survey,
    make_wave,
    make_wording,
    sign_off,
)

pytestmark = pytest.mark.django_db


def refuses(constraint, action):
    """Tell whether the database refuses ``action`` by the constraint named."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        action()
    # SQLite names the columns of a unique constraint, and every other constraint by its name.
    return constraint in str(refused.value) or "UNIQUE" in str(refused.value)


def test_question_code_is_unique():
    make_wording("CNF01")
    assert refuses("surveys_question_code", lambda: Question.objects.create(code="CNF01", theme="x"))


def test_wording_version_is_unique_and_from_one():
    wording = make_wording("CNF01")
    again = Wording(question=wording.question, version=1, text="Again?")
    assert refuses("wording_version_unique", again.save)
    assert refuses("wording_version_from_one", Wording(question=wording.question, version=0, text="None?").save)
    with pytest.raises(ValidationError, match="Give the next number"):
        again.full_clean()


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("option_code_unique", {"code": "agree", "order": 9}),
        ("option_order_unique", {"code": "other", "order": 0}),
        ("option_has_a_code", {"code": "", "order": 9}),
    ],
)
def test_option_has_a_code_and_a_place_of_its_own(constraint, fields):
    wording = make_wording("CNF01")
    assert refuses(constraint, Option(wording=wording, label="Other", **fields).save)


def test_section_item_and_wording_stand_once():
    wording = make_wording("CNF01")
    questionnaire = make_questionnaire((wording, True))
    section = Section.objects.get()
    other = make_wording("CNF02")
    assert refuses("section_order_unique", Section(questionnaire=questionnaire, title="Two", order=0).save)
    assert refuses("item_order_unique", Item(section=section, wording=other, order=0).save)
    assert refuses("item_wording_unique", Item(section=section, wording=wording, order=1).save)
    assert refuses("code", lambda: Questionnaire.objects.create(code="questions", title="Again"))


def test_survey_takes_at_least_a_minute():
    assert refuses("survey_takes_a_minute", lambda: Survey.objects.create(code="x", title="X", minutes=0))


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("wave_number_unique", {"number": 1}),
        ("wave_number_from_one", {"number": 0}),
        ("wave_closes_after_it_opens", {"number": 2, "closes": date(2020, 1, 1)}),
        ("wave_past_draft_has_an_instrument", {"number": 2, "state": "open"}),
        ("wave_past_draft_has_an_instrument", {"number": 2, "state": "closed", "closed_on": date(2026, 6, 1)}),
        ("wave_state_known", {"number": 2, "state": "ended"}),
        ("wave_kind_known", {"number": 2, "kind": "other"}),
        ("wave_closed_on_a_day", {"number": 2, "closed_on": date(2026, 6, 1)}),
        ("wave_wants_an_answer", {"number": 2, "target": 0}),
        ("wave_has_its_basis_and_condition", {"number": 2, "lawful_basis": ""}),
        ("wave_has_its_basis_and_condition", {"number": 2, "condition": ""}),
    ],
)
def test_wave_that_breaks_a_rule_is_refused(constraint, fields):
    wave = make_wave()
    given = {"survey": wave.survey, "questionnaire": wave.questionnaire, "opens": wave.opens, "closes": wave.closes}
    if fields.get("state") == "ended":
        given["instrument"] = actions.freeze(questionnaire=wave.questionnaire)
    assert refuses(constraint, lambda: Wave.objects.create(**(given | fields)))


def test_draft_wave_has_no_instrument(wave):
    draft = make_wave(survey=wave.survey, questionnaire=wave.questionnaire, number=2)
    assert refuses(
        "wave_past_draft_has_an_instrument",
        lambda: Wave.objects.filter(pk=draft.pk).update(instrument=wave.instrument),
    )


def test_closed_wave_says_when_it_was_closed(wave):
    assert refuses("wave_closed_on_a_day", lambda: Wave.objects.update(state="closed"))


@pytest.mark.parametrize("states", [("open", "open"), ("open", "paused"), ("paused", "open")])
def test_survey_has_one_running_wave_at_most(wave, states):
    Wave.objects.update(state=states[0])
    second = {"number": 2, "state": states[1], "instrument": wave.instrument}
    given = {"survey": wave.survey, "questionnaire": wave.questionnaire, "opens": wave.opens, "closes": wave.closes}
    assert refuses("wave_one_open_per_survey", lambda: Wave.objects.create(**given, **second))


def test_nobody_signs_off_what_they_planned_nor_without_a_name_nor_twice(make_user):
    wave, planner = make_wave(signed=False), make_user("planner")

    def record(**fields):
        return lambda: SignOff.objects.create(**{"wave": wave, "name": "A", "day": wave.opens, "digest": "0"} | fields)

    assert refuses("sign_off_not_by_the_planner", record(by=planner, planned_by=planner))
    assert refuses("sign_off_has_a_name", record(name=""))
    sign_off(wave)
    assert refuses("wave_id", record())


def test_collector_code_and_draft_token_are_unique(wave):
    assert refuses("collector_code_unique", lambda: Collector.objects.create(wave=wave, code="open-link"))
    make_draft(wave)
    assert refuses("token_digest", lambda: make_draft(wave))


def test_response_keeps_the_month_and_never_a_day(wave):
    came_by = {"wave": wave, "collector": wave.collectors.get(), "instrument": wave.instrument}
    day = came_by | {"answers": {}, "month": date(2026, 5, 2)}
    assert refuses("response_month_is_a_first_day", lambda: Response.objects.create(**day))


def test_wave_with_answers_cannot_be_deleted(wave):
    make_response(wave, cnf01="agree")
    with pytest.raises(ProtectedError):
        wave.delete()


def test_instrument_never_changes(wave):
    instrument = wave.instrument
    instrument.body = {"title": "Something else", "sections": []}

    with pytest.raises(ValidationError, match="never changes"):
        instrument.save()
    with pytest.raises(ValidationError, match="never changes"):
        Instrument.objects.update(body={})
    with pytest.raises(ProtectedError):
        instrument.delete()
    assert Instrument.objects.get().body["title"] == "Your area"


@pytest.mark.parametrize(("field", "value"), [("text", "Other?"), ("hint", "New"), ("kind", "scale"), ("version", 7)])
def test_wording_that_people_were_asked_cannot_change(wave, field, value):
    wording = Wording.objects.get(question__code="CNF01")
    setattr(wording, field, value)

    with pytest.raises(ValidationError, match="Make a new version of the wording"):
        wording.full_clean()
    with pytest.raises(ValidationError, match="Make a new version of the wording"):
        wording.save()
    assert getattr(Wording.objects.get(question__code="CNF01"), field) != value


def test_standing_of_a_wording_that_people_were_asked_can_change(wave):
    wording = Wording.objects.get(question__code="CNF01")
    wording.status, wording.source = "piloted", "Confirmed by hand."
    wording.full_clean()
    wording.save()

    assert Wording.objects.get(question__code="CNF01").status == "piloted"


def test_option_that_people_were_offered_cannot_change_go_or_get_company(wave):
    option = Option.objects.get(wording__question__code="CNF01", code="agree")
    option.label = "Agree strongly"
    newcomer = Option(wording=option.wording, code="maybe", label="Maybe", order=9)
    moved = Option.objects.get(pk=option.pk)
    moved.order = 7

    for attempt in (option.save, option.full_clean, option.delete, newcomer.save, moved.save):
        with pytest.raises(ValidationError, match="Make a new version of the wording"):
            attempt()
    assert Option.objects.filter(wording=option.wording).count() == 3


def test_words_that_people_were_asked_change_by_no_bulk_update_and_go_by_no_bulk_delete(wave):
    asked, options = (
        Wording.objects.filter(question__code="CNF01"),
        Option.objects.filter(wording__question__code="CNF01"),
    )
    changed = asked.get()
    changed.text = "Is it fair?"
    for attempt in (
        lambda: Wording.objects.update(text="Is it fair?"),
        lambda: Wording.objects.bulk_update([changed], ["text"]),
        lambda: options.update(label="Yes"),
        lambda: options.update(order=F("order") + 1),
        Wording.objects.all().delete,
        options.delete,
    ):
        with pytest.raises(ValidationError, match="Make a new version of the wording"), transaction.atomic():
            attempt()
    assert asked.get().text == "Are the police fair?"
    assert options.count() == 3

    assert asked.update(status="piloted") == 1
    make_wording("CNF01", version=2)
    assert asked.filter(version=2).update(text="Is it fair?") == 1
    asked.filter(version=2).delete()


def test_new_version_of_a_frozen_wording_is_free_to_differ(wave):
    new = make_wording("CNF01", version=2, text="Are the police fair to everyone?")
    new.text = "Are the police ever fair?"
    new.save()

    assert new.wording_id == "CNF01.2"


def test_wording_says_where_it_stands():
    standings = [
        make_wording("AAA01", status="in-use", confirmed=True).standing,
        make_wording("AAA02", status="drafted", confirmed=False).standing,
        make_wording("AAA03", status="piloted", confirmed=False).standing,
    ]
    assert standings == ["wording confirmed in its source", "draft: pilot first", "piloted here"]


@pytest.mark.parametrize("strands", ["race", ["race", "class"], {"race": 1}, [["race"]]])
def test_strands_are_a_list_of_known_ones(strands):
    wording = make_wording("CNF01")
    wording.strands = strands
    with pytest.raises(ValidationError, match="Name strands from this list"):
        wording.full_clean()


def test_wording_that_names_some_strands_says_which_it_leaves_out():
    asked = "People attacked because of their skin colour, ethnic origin, religion, disability or sexual orientation."
    assert make_wording("HC01", strands=strands_named(asked)).strands_omitted == ["transgender"]
    assert make_wording("HC02", strands=strands_named("How safe do you feel?")).strands_omitted == []


@pytest.mark.parametrize("code", ["cnf01", "CNF", "C1", "CNF01\n", "CHECK", "CNF 01"])
def test_question_code_has_one_shape(code):
    with pytest.raises(ValidationError):
        Question(code=code, theme="x").full_clean()


def test_children_swap_places_in_one_save_of_the_admin(admin_client):
    wording = make_wording("CNF01")
    options = list(wording.options.all())
    form = {
        "question": wording.question_id,
        "version": "1",
        "text": wording.text,
        "hint": "",
        "kind": "single",
        "strands": "[]",
        "status": "in-use",
        "source": "",
        "licence": "",
        "options-TOTAL_FORMS": "3",
        "options-INITIAL_FORMS": "3",
        "options-MIN_NUM_FORMS": "0",
        "options-MAX_NUM_FORMS": "1000",
    }
    for place, option in enumerate(options):
        form |= {
            f"options-{place}-id": option.pk,
            f"options-{place}-label": option.label,
            f"options-{place}-code": option.code,
            f"options-{place}-score": "",
            f"options-{place}-ORDER": str(len(options) - place),
        }
    response = admin_client.post(reverse("wagtailsnippets_surveys_wording:edit", args=[wording.pk]), form)

    assert response.status_code == 302, response.content.decode()
    assert [option.code for option in Option.objects.order_by("order")] == ["dont-know", "disagree", "agree"]


def test_frozen_wording_is_refused_in_the_admin_with_a_sentence(admin_client, wave):
    wording = Wording.objects.get(question__code="OPN01")
    form = {
        "question": wording.question_id,
        "version": "1",
        "text": "Something else?",
        "hint": "",
        "kind": "text",
        "strands": "[]",
        "status": "in-use",
        "source": "",
        "licence": "",
        "options-TOTAL_FORMS": "0",
        "options-INITIAL_FORMS": "0",
        "options-MIN_NUM_FORMS": "0",
        "options-MAX_NUM_FORMS": "1000",
    }
    response = admin_client.post(reverse("wagtailsnippets_surveys_wording:edit", args=[wording.pk]), form)

    assert response.status_code == 200
    page = response.content.decode()
    assert "Make a new version of the wording" in page
    assert "Something else?" in page
    assert Wording.objects.get(pk=wording.pk).text == "What would help?"


def frozen_choice(wave, **more):
    """Return a wording that ``wave`` asked, and what its form sends: its options as they stand, with ``more``."""
    wording = Wording.objects.get(question__code="CNF01")
    form = {"options-TOTAL_FORMS": str(wording.options.count()), "options-INITIAL_FORMS": str(wording.options.count())}
    form |= {"question": wording.question_id, "version": "1", "text": wording.text, "hint": wording.hint}
    form |= {"kind": wording.kind, "strands": "[]", "status": "in-use", "source": "A survey", "licence": ""}
    for place, option in enumerate(wording.options.all()):
        form |= {
            f"options-{place}-id": option.pk,
            f"options-{place}-label": option.label,
            f"options-{place}-code": option.code,
            f"options-{place}-score": "" if option.score is None else option.score,
            f"options-{place}-exclusive": "on" if option.exclusive else "",
            f"options-{place}-other": "on" if option.other else "",
            f"options-{place}-ORDER": str(place + 1),
        }
    return wording, form | {"options-MIN_NUM_FORMS": "0", "options-MAX_NUM_FORMS": "1000"} | more


@pytest.mark.parametrize(
    "change",
    [
        {
            "options-TOTAL_FORMS": "4",
            "options-3-label": "Perhaps",
            "options-3-code": "perhaps",
            "options-3-score": "",
            "options-3-ORDER": "4",
        },
        {"options-0-DELETE": "on"},
        {"options-0-ORDER": "2", "options-1-ORDER": "1"},
    ],
    ids=["added", "taken out", "moved"],
)
def test_an_option_of_a_frozen_wording_is_not_added_taken_out_or_moved_in_the_admin(admin_client, wave, change):
    wording, form = frozen_choice(wave, **change)
    before = list(wording.options.values_list("code", "order"))
    response = admin_client.post(reverse("wagtailsnippets_surveys_wording:edit", args=[wording.pk]), form)

    assert response.status_code == 200
    assert "Make a new version of the wording" in response.content.decode()
    assert list(wording.options.values_list("code", "order")) == before


def test_where_the_words_of_a_frozen_wording_come_from_can_be_written_later(admin_client, wave):
    wording, form = frozen_choice(wave)
    response = admin_client.post(reverse("wagtailsnippets_surveys_wording:edit", args=[wording.pk]), form)

    assert response.status_code == 302, response.content.decode()
    assert Wording.objects.get(pk=wording.pk).source == "A survey"


@pytest.mark.parametrize("model", ["survey", "wave", "questionnaire", "wording", "question"])
def test_every_list_and_form_of_the_admin_opens(admin_client, wave, model):
    pk = {
        "survey": wave.survey_id,
        "wave": wave.pk,
        "questionnaire": wave.questionnaire_id,
        "wording": Wording.objects.first().pk,
        "question": Question.objects.first().pk,
    }[model]
    for address in (
        reverse(f"wagtailsnippets_surveys_{model}:list"),
        reverse(f"wagtailsnippets_surveys_{model}:add"),
        reverse(f"wagtailsnippets_surveys_{model}:edit", args=[pk]),
    ):
        assert admin_client.get(address).status_code == 200


def test_wave_that_closes_before_it_opens_is_refused_in_a_sentence():
    wave = make_wave(survey=make_survey("other"))
    wave.closes = wave.opens - timedelta(days=1)
    with pytest.raises(ValidationError, match="Give a later closing day"):
        wave.full_clean()


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("revision_number_unique", {"number": 1}),
        ("revision_number_from_one", {"number": 0}),
        ("revision_has_a_reason", {"reason": ""}),
        ("revision_verdict_known", {"verdict": "perhaps"}),
    ],
)
def test_correction_that_breaks_a_rule_is_refused(wave, constraint, fields):
    others = [Instrument.objects.create(digest=str(number), body={"title": "A"}) for number in range(3)]
    given = {"wave": wave, "before": wave.instrument, "made_on": wave.opens, "reason": "A", "verdict": "comparable"}
    Revision.objects.create(number=1, instrument=others[0], **given)

    changed = given | {"number": 2, "instrument": others[1]} | fields
    assert refuses(constraint, lambda: Revision.objects.create(**changed))


def test_a_wave_asks_no_instrument_twice(wave):
    other = Instrument.objects.create(digest="1", body={"title": "A"})
    given = {"wave": wave, "made_on": wave.opens, "reason": "A", "verdict": "comparable", "before": wave.instrument}
    Revision.objects.create(number=1, instrument=other, **given)

    assert refuses("revision_instrument_once", lambda: Revision.objects.create(number=2, instrument=other, **given))
    assert refuses(
        "revision_changes_something", lambda: Revision.objects.create(number=2, instrument=wave.instrument, **given)
    )
