"""A correction inside a wave: what is asked from then on, what becomes of forms in progress, and what counts."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from config.roles import ANALYSTS
from indicators.registry import measures
from surveys import actions, runner
from surveys.content import instrument_body
from surveys.models import Draft, Item, Response, Revision, Wave, Wording
from tests.factories.results import publish
from tests.factories.surveys import (
    AGREE,
    make_draft,
    make_open_wave,
    make_response,
    make_survey_page,
    make_wave,
    make_wording,
)
from tests.surveys.browsing import ANSWERS, answer, text

pytestmark = pytest.mark.django_db

FAIR = (("agree", "Agree"), ("neither", "Neither"), ("disagree", "Disagree"), ("dont-know", "Don't know"))
SHARE = {"survey": "local-voice", "question": "CNF01", "answers": ["agree"]}


@pytest.fixture
def analyst(make_user, client):
    user = make_user("analyst", ANALYSTS)
    client.force_login(user)
    return user


def reword(wave, *, options=FAIR, said="Are the police here fair?"):
    """Let the questionnaire of ``wave`` ask a second version of CNF01."""
    version = Wording.objects.filter(question__code="CNF01").count() + 1
    wording = make_wording("CNF01", version=version, text=said, options=options)
    item = Item.objects.get(section__questionnaire=wave.questionnaire, wording__question__code="CNF01")
    item.wording = wording
    item.save()


def correct(wave, by, *, verdict="excluded", **fields):
    looked_at = runner.digest(instrument_body(wave.questionnaire))
    given = {"reason": "“Fair” to whom was unclear", "looked_at": looked_at} | fields
    return actions.correct_wave(wave=Wave.objects.get(pk=wave.pk), verdict=verdict, by=by, **given)


def test_analyst_looks_at_a_correction_and_makes_it(client, analyst, wave):
    address = reverse("survey_wave_correct", args=[wave.pk])
    assert "says what the wave asks already. Edit it first." in text(client.get(address))
    reword(wave)
    page = client.get(address)
    assert "CNF01 has the new option “Neither”." in text(page)
    assert "Asked alike: HC08, CNF06, OPN01." in text(page)

    form = {"looked_at": page.context["form"].initial["looked_at"], "reason": "It was unclear", "verdict": "excluded"}
    assert "Say whether the answers before" in text(client.post(address, form | {"verdict": ""}))
    assert "Say why, in a few words." in text(client.post(address, form | {"reason": ""}))
    assert not Revision.objects.exists()
    assert client.post(address, form).url == reverse("survey_wave", args=[wave.pk])

    made = Revision.objects.get()
    assert (made.number, made.before, made.by, made.verdict) == (1, wave.instrument, analyst, "excluded")
    assert Wave.objects.get().instrument == made.instrument != wave.instrument
    today = f"{timezone.localdate():%-d %B %Y}"
    shown = text(client.get(reverse("survey_wave", args=[wave.pk])))
    assert f"The questions were corrected on {today} by analyst: It was unclear" in shown
    assert ModelLogEntry.objects.get(action="surveys.correct_wave").data["reason"].endswith("It was unclear")


def test_the_first_page_says_that_the_questions_were_corrected(client, wave, start, make_user):
    assert "We corrected the questions" not in text(client.get(start))
    reword(wave)
    correct(wave, make_user("a"))

    assert "We corrected the questions on" in text(client.get(start))


def test_what_changed_while_the_analyst_was_reading_is_not_asked(client, analyst, wave):
    reword(wave)
    form = {"looked_at": "0" * 64, "reason": "It was unclear", "verdict": "comparable"}
    page = client.post(reverse("survey_wave_correct", args=[wave.pk]), form)

    assert "has changed while you were reading" in text(page)
    assert "It was unclear" in text(page)
    assert not Revision.objects.exists()
    again = form | {"looked_at": page.context["form"].data["looked_at"]}
    assert client.post(reverse("survey_wave_correct", args=[wave.pk]), again).status_code == 302


def test_a_correction_with_a_fault_or_back_to_earlier_words_is_refused(wave, make_user):
    by = make_user("a")
    first = Item.objects.get(wording__question__code="CNF01").wording
    reword(wave, options=AGREE[:1])
    with pytest.raises(ValidationError, match="fewer than two options"):
        correct(wave, by)
    reword(wave)
    correct(wave, by)
    Item.objects.filter(wording__question__code="CNF01").update(wording=first)

    with pytest.raises(ValidationError, match="nobody could tell the answers apart"):
        correct(wave, by)
    actions.close_wave(wave=wave)
    with pytest.raises(ValidationError, match="closed, so it cannot be corrected"):
        correct(wave, by)


@pytest.mark.parametrize(
    ("verdict", "given", "after"),
    [
        ("comparable", "agree", ("agree", [])),
        ("comparable", "dont-know", ("", ["cnf01"])),
        ("excluded", "agree", ("agree", ["cnf01"])),
        ("excluded", "", ("", ["cnf01"])),
    ],
)
def test_an_answer_on_its_way_stands_if_its_option_does_and_the_verdict_lets_it(wave, make_user, verdict, given, after):
    make_draft(wave, answers={"cnf01": given, "opn01": "More lights"})
    untouched = make_draft(wave, number=2, answers={"cnf06": "2"})
    reword(wave, options=FAIR[:3])
    correct(wave, make_user("a"), verdict=verdict)

    form = Draft.objects.exclude(pk=untouched.pk).get()
    kept, again = after
    assert (form.answers, form.again) == ({"cnf01": kept, "opn01": "More lights"}, again)
    assert Draft.objects.get(pk=untouched.pk).saves == untouched.saves


def test_somebody_in_the_middle_is_asked_again_with_a_word_why_and_loses_nothing(client, wave, start, make_user):
    answer(client, start, **ANSWERS)
    reword(wave)
    made = correct(wave, make_user("a"))

    refused = text(client.post(f"{start}check/"))
    assert refused.count("We corrected this question after you had answered it.") == 2  # in the summary and beside it
    assert not Response.objects.exists()
    asked = text(client.get(f"{start}cnf01/"))
    assert "We have corrected this question. Please look at your answer again." in asked
    assert "Are the police here fair?" in asked
    assert "checked" in asked
    client.post(f"{start}cnf01/", {"answer": "neither"})
    assert "We have corrected" not in text(client.get(f"{start}cnf01/"))
    client.post(f"{start}check/")

    sent = Response.objects.get()
    assert sent.instrument == made.instrument
    assert sent.answers == ANSWERS | {"cnf01": "neither"}


def test_an_answer_to_the_old_words_that_arrives_after_them_is_asked_again(client, wave, start, make_user):
    old = client.get(f"{start}cnf01/").context["asked"]
    reword(wave)
    correct(wave, make_user("a"))

    page = client.post(f"{start}cnf01/", {"answer": "agree", "asked": old})
    assert page.status_code == 200
    assert "We have corrected this question." in text(page)
    assert "checked" in text(page)
    assert not Draft.objects.exists()
    assert client.post(f"{start}cnf01/", {"answer": "agree", "asked": page.context["asked"]}).status_code == 302


def test_a_question_taken_out_while_somebody_writes_gives_the_words_back(client, wave, start, make_user):
    answer(client, start, cnf01="agree")
    Item.objects.get(wording__question__code="OPN01").delete()
    correct(wave, make_user("a"), verdict="comparable")

    page = client.post(f"{start}opn01/", {"answer": "More lights on the path"})
    assert page.status_code == 409
    assert "this question was taken out" in text(page)
    assert "More lights on the path" in text(page)
    assert client.get(f"{start}never-asked/").status_code == 404
    assert Draft.objects.get().answers == {"cnf01": "agree"}


def answered(wave, **counts):
    wave = Wave.objects.get(pk=wave.pk)
    for code, times in counts.items():
        for _ in range(times):
            make_response(wave, cnf01=code, cnf06="2")


def read(**changed):
    return measures["surveys.share"].read(SHARE | changed)


def test_answers_before_a_correction_that_is_not_comparable_are_left_out_for_the_changed_question_alone(
    wave, make_user
):
    answered(wave, agree=30, disagree=10)
    reword(wave)
    later = wave.opens + timedelta(days=2)
    correct(wave, make_user("a"), day=later)
    answered(wave, agree=10, disagree=30)
    publish(actions.close_wave(wave=wave, day=wave.closes))

    (changed,) = read()
    assert (changed.value, changed.n, changed.wording_id, changed.period_start) == (25.0, 40, "CNF01.2", later)
    assert changed.source == f"Your voice, wave 1, answers since its correction on {later:%-d %B %Y}"
    (same,) = read(question="CNF06", answers=["2"])
    assert (same.n, same.wording_id, same.period_start) == (80, "CNF06.1", wave.opens)


def test_answers_before_a_comparable_correction_count_on_under_the_later_wording(wave, make_user):
    answered(wave, agree=30, disagree=10)
    reword(wave)
    correct(wave, make_user("a"), verdict="comparable")
    answered(wave, agree=10, disagree=30)
    publish(wave)

    (both,) = read()
    assert (both.value, both.n, both.wording_id, both.period_start) == (50.0, 80, "CNF01.2", wave.opens)
    assert both.source == "Your voice, wave 1, CNF01.1 and CNF01.2 together"


def test_of_several_corrections_the_last_that_is_not_comparable_cuts_off(wave, make_user):
    by = make_user("a")
    for verdict, count in (("comparable", 20), ("excluded", 40), ("comparable", 80)):
        answered(wave, agree=count)
        reword(wave, said=f"Is it fair, now that {count} answered?")
        correct(wave, by, verdict=verdict)
    answered(wave, agree=100)
    publish(wave)

    assert [reading.n for reading in read()] == [180]
    assert [revision.number for revision in Revision.objects.order_by("pk")] == [1, 2, 3]


@pytest.mark.parametrize(("verdict", "bases"), [("comparable", [40]), ("excluded", [])])
def test_a_question_taken_out_counts_if_its_answers_are_said_to(wave, make_user, verdict, bases):
    answered(wave, agree=40)
    Item.objects.get(wording__question__code="CNF01").delete()
    correct(wave, make_user("a"), verdict=verdict)
    publish(wave)

    assert [reading.n for reading in read()] == bases


def test_two_waves_are_compared_in_words_in_the_admin(client, analyst, wave):
    actions.close_wave(wave=wave)
    second = make_wave(survey=wave.survey, questionnaire=wave.questionnaire, number=2)
    Wave.objects.filter(pk=second.pk).update(population="pupils")
    reword(wave)
    address = reverse("survey_waves_compare", args=[wave.pk, second.pk])

    assert address in text(client.get(reverse("survey_wave", args=[wave.pk])))
    for places in ((wave.pk, second.pk), (second.pk, wave.pk)):
        page = text(client.get(reverse("survey_waves_compare", args=places)))
        assert "The population was “residents aged 16 and over” and is “pupils”." in page
        assert "CNF01 has the new option “Neither”." in page
        assert "Asked alike: HC08, CNF06, OPN01." in page


def test_a_closed_pilot_sets_its_drafts_to_piloted(client, analyst):
    make_survey_page(make_open_wave(kind="pilot").survey)
    wave = Wave.objects.get()
    Wording.objects.filter(question__code="CNF01").update(status="drafted")
    address = reverse("survey_wave_piloted", args=[wave.pk])
    assert "Only a closed pilot" in text(client.post(address, follow=True))

    actions.close_wave(wave=wave)
    assert "Set to piloted" in text(client.get(reverse("survey_wave", args=[wave.pk])))
    assert "Piloted now: CNF01.1." in text(client.post(address, follow=True))
    assert Wording.objects.get(question__code="CNF01").status == "piloted"
    assert "Set to piloted" not in text(client.get(reverse("survey_wave", args=[wave.pk])))


def test_a_wave_that_was_no_pilot_sets_nothing_to_piloted(client, analyst, wave):
    Wording.objects.update(status="drafted")
    actions.close_wave(wave=wave)

    client.post(reverse("survey_wave_piloted", args=[wave.pk]))
    assert not Wording.objects.filter(status="piloted").exists()
