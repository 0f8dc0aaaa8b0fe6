"""What published results know of a campaign: who came across it, what changed since, and how the two go together."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from campaigns.actions import close_campaign
from campaigns.actions.evaluating import approve_evaluation, begin_evaluation, submit_evaluation
from campaigns.enums import LessonKind, Level
from campaigns.evaluation import digest_of
from campaigns.evaluation.printing import evaluation_html
from campaigns.models import Evaluation
from campaigns.queries import evidence_of
from campaigns.queries.evaluations import is_intact, said_by
from surveys import actions
from surveys.actions.publishing import public_of
from surveys.enums import Kind, ResultState
from surveys.models import Recall, ResultSet, Wave
from surveys.publishing.method import NOT_PROOF
from tests.factories.campaigns import unsaved_campaign
from tests.factories.results import BARRIERS, answer, close, make_campaign_wave, make_results
from tests.factories.surveys import make_survey_page, make_wording

pytestmark = pytest.mark.django_db

STARTS, ENDS = date(2026, 3, 2), date(2026, 3, 15)
BEFORE, AFTER = (date(2026, 1, 5), date(2026, 2, 1)), (date(2026, 3, 20), date(2026, 4, 20))
DURING = (date(2026, 3, 5), date(2026, 3, 30))


@pytest.fixture
def campaign(db):
    found = unsaved_campaign("autumn", starts=STARTS, ends=ENDS)
    found.save()
    return found


def publish(wave, days, *, yes=(250, 50), no=(180, 120), unsure=30, publish=True):
    """Let people answer ``wave`` on the days of ``days``: of those who came across it so many agree and disagree."""
    for recall, (agree, disagree) in (("yes", yes), ("no", no), ("not-sure", (unsure, unsure))):
        answer(wave, agree, cnf03="strongly-agree", cmp01=recall, dem04="female")
        answer(wave, disagree, cnf03="strongly-disagree", cmp01=recall, dem04="male")
    close(wave)
    Wave.objects.filter(pk=wave.pk).update(opens=days[0], closes=days[1])
    results = make_results(Wave.objects.get(pk=wave.pk))
    if publish:
        results.public, results.state = public_of(results), ResultState.APPROVED
        results.approved_on, results.approved_by_name = timezone.localdate(), "A colleague"
        results.save()
    return results


def following(wave, number, **fields):
    return make_campaign_wave(None, survey=wave.survey, questionnaire=wave.questionnaire, number=number, **fields)


@pytest.fixture
def around(campaign):
    """Publish a wave before the campaign, in which 60 of 100 agree, and one after it, in which 70 do."""
    wave = make_campaign_wave(campaign)
    publish(wave, BEFORE, yes=(30, 20), no=(330, 220))
    return publish(following(wave, 2), AFTER)


def outcomes(campaign):
    return [one for one in evidence_of(campaign) if one.level == Level.OUTCOME]


def test_recall_change_and_contrast_are_told_as_published(campaign, around):
    recall, change, contrast = evidence_of(campaign)

    assert (recall.level, recall.label) == ("outtake", "Came across it: said “Yes” when asked: Have you seen anything?")
    assert (recall.value, recall.lower, recall.upper, recall.unit, recall.n) == (50, 46, 54, "%", 600)
    assert (change.level, change.value, change.n) == ("outcome", 70, 660)
    assert change.sentence == "Wave 1, before the campaign: 59% (55% to 63%). Since then: indicative: higher."
    assert (contrast.value, contrast.lower, contrast.upper, contrast.unit) == (23, 16, 30, "points")
    assert contrast.sentence == (
        f"83% of those who came across it, 60% of the others. Difference: indicative: higher. {NOT_PROOF}"
    )
    assert recall.method == "Open survey, not representative: of those who answered; range from chance alone"
    assert {one.source for one in (recall, change, contrast)} == {"Your voice, wave 2"}


def test_every_line_leads_to_its_question_on_the_page(campaign, around, root_page):
    make_survey_page(around.wave.survey)

    assert [one.url for one in evidence_of(campaign)] == [
        "/surveys/local-voice/results/2/#cmp01",
        "/surveys/local-voice/results/2/#cnf03",
        "/surveys/local-voice/results/2/#cnf03",
    ]


@pytest.mark.parametrize("state", [ResultState.READY, ResultState.SUBMITTED, ResultState.WITHDRAWN])
def test_nothing_is_told_of_results_that_are_not_published(campaign, around, state):
    ResultSet.objects.filter(pk=around.pk).update(state=state, withdrawn_on=timezone.localdate())

    assert evidence_of(campaign) == []


def test_a_wave_that_began_in_the_campaign_and_ran_on_says_so(campaign):
    publish(make_campaign_wave(campaign), DURING)

    assert all("before the campaign had ended" in one.sentence for one in evidence_of(campaign)[:1])
    assert "before the campaign" not in outcomes(campaign)[0].sentence


def test_the_first_wave_after_the_campaign_counts_and_not_the_one_that_ran_on_nor_a_later_one(campaign):
    wave = make_campaign_wave(campaign)
    publish(wave, DURING)
    publish(following(wave, 2), AFTER)
    publish(following(wave, 3), tuple(day + timedelta(days=60) for day in AFTER))

    assert {one.source for one in evidence_of(campaign)} == {"Your voice, wave 2"}


def test_a_change_between_waves_that_the_results_do_not_compare_follows_the_same_rules(campaign):
    """Wave 4 is compared with waves 3 and 1; before the campaign stands wave 2."""
    wave = make_campaign_wave(campaign)
    publish(wave, (BEFORE[0] - timedelta(days=90), BEFORE[1] - timedelta(days=90)), yes=(30, 20), no=(300, 250))
    publish(following(wave, 2), BEFORE, yes=(30, 20), no=(330, 220))
    publish(following(wave, 3), DURING)
    publish(following(wave, 4), AFTER)

    assert outcomes(campaign)[0].sentence.endswith(
        "Wave 2, before the campaign: 59% (55% to 63%). Since then: indicative: higher."
    )


def test_what_may_not_be_compared_says_so(campaign):
    wave = make_campaign_wave(campaign)
    publish(wave, BEFORE, yes=(30, 20), no=(330, 220))
    later = following(wave, 2)
    Wave.objects.filter(pk=later.pk).update(population="everybody who came to the town hall")
    later.refresh_from_db()
    publish(later, AFTER)

    assert outcomes(campaign)[0].sentence.endswith("Not compared: a break in the series [b].")


def test_a_small_side_keeps_its_share_and_the_difference(campaign):
    publish(make_campaign_wave(campaign), AFTER, yes=(15, 12))

    (contrast,) = outcomes(campaign)
    assert (contrast.value, contrast.marker, contrast.n) == (None, "[c]", None)
    assert contrast.sentence.startswith("[c] of those who came across it, 60% of the others. This is no proof")


def test_a_share_of_several_answers_is_told_where_they_are_published_together(campaign):
    options = (("yes", "Yes, surely"), ("think-so", "I think so"), ("no", "No"))
    wave = make_campaign_wave(campaign, options=options, answers=("yes", "think-so"))
    answer(wave, 60, cnf03="strongly-agree", cmp01="think-so")
    publish(wave, AFTER, unsure=0)

    recall = evidence_of(campaign)[0]
    assert (recall.value, recall.n) == (55, 660)
    assert recall.label.startswith("Came across it: said “Yes, surely or I think so”")


def test_a_survey_of_the_campaign_without_such_a_question_tells_its_change_alone(campaign, around):
    Recall.objects.all().delete()
    assert evidence_of(campaign) == []

    survey = around.wave.survey
    survey.campaign = campaign
    survey.save()
    (change,) = evidence_of(campaign)
    assert change.value == 70


def test_sample_data_says_so(campaign):
    wave = make_campaign_wave(campaign)
    Wave.objects.filter(pk=wave.pk).update(is_sample=True)
    wave.refresh_from_db()
    publish(wave, AFTER)

    assert all(one.is_sample and one.source.startswith("Sample data. ") for one in evidence_of(campaign))


def test_another_campaign_hears_nothing(campaign, around):
    other = unsaved_campaign("winter", starts=STARTS, ends=ENDS)
    other.save()

    assert evidence_of(other) == []
    assert actions.mark_recall(
        survey=around.wave.survey, campaign=other, question=Recall.objects.get().question, answers=["yes"]
    )
    assert len(evidence_of(other)) == 3


def test_of_a_question_with_many_answers_the_one_that_most_gave_is_told(campaign):
    barriers = make_wording("HC08", text="What stops you?", kind=Kind.MULTIPLE, options=BARRIERS)
    wave = make_campaign_wave(campaign, also=[barriers])
    for recall, (fear, time) in (("yes", (90, 60)), ("no", (100, 20))):
        answer(wave, fear, cnf03="strongly-agree", cmp01=recall, hc08=["fear"])
        answer(wave, time, cnf03="strongly-agree", cmp01=recall, hc08=["time", "nothing"])
    results = publish(wave, AFTER)
    item = next(one for one in results.public["items"] if one["question"] == "HC08")
    assert len(item["contrasts"][0]["differences"]) == 3

    (told,) = [one for one in outcomes(campaign) if one.label.endswith("What stops you?")]
    assert told.label == "Those who came across it less those who did not: Fear: What stops you?"
    assert told.value == -23


@pytest.fixture
def sent_in(campaign, around, officer):
    """Return the evaluation of the campaign, sent in with what the surveys know of it."""
    evaluation = begin_evaluation(campaign=close_campaign(campaign=campaign, by=officer), by=officer)
    for kind in LessonKind:
        evaluation.lessons.create(kind=kind, text="A lesson")
    return submit_evaluation(evaluation=evaluation, by=officer)


@pytest.fixture
def evaluation(sent_in, manager):
    return approve_evaluation(evaluation=sent_in, by=manager, seen=digest_of(sent_in.frozen))


@pytest.mark.parametrize(("wave", "left"), [(1, ["50%", "Withdrawn", "23 points"]), (2, ["Withdrawn"] * 3)])
def test_withdrawn_results_leave_no_number_in_an_evaluation(client, evaluation, manager, wave, left):
    actions.withdraw_results(results=ResultSet.objects.get(wave__number=wave), by=manager)

    evaluation.refresh_from_db()
    lines = [line for line in evaluation.frozen["lines"] if line["level"] in {"outtake", "outcome"}]
    gone = [line for line in lines if line["shown"] == "Withdrawn"]
    assert [line["shown"] for line in lines] == left
    assert all(line["value"] is None and not line["interval"] and "withdrawn" in line["about"] for line in gone)
    assert is_intact(evaluation)
    client.force_login(manager)
    page = client.get(reverse("campaigns:evaluation", args=[evaluation.campaign_id])).content.decode()
    assert page.count("<td>Withdrawn</td>") == len(gone)
    assert "not as it was approved" not in page


def test_what_was_corrected_since_is_marked_on_page_pdf_and_spreadsheet_and_nothing_kept_is_changed(
    client, evaluation, around, manager
):
    make_survey_page(around.wave.survey, slug="voice")
    kept = evaluation.frozen
    client.force_login(manager)
    report = said_by(evaluation.campaign, evaluation)
    assert not [line.corrected for line in report.lines if line.corrected]

    ResultSet.objects.filter(pk=around.pk).update(state=ResultState.REPLACED)
    fields = {field: getattr(around, field) for field in ("public", "figures", "record", "choices", "approved_by_name")}
    ResultSet.objects.create(
        wave=around.wave, number=around.number + 1, state=ResultState.APPROVED, approved_on=date(2027, 6, 12), **fields
    )

    with CaptureQueriesContext(connection) as asked:
        report = said_by(evaluation.campaign, evaluation)
    assert len(asked) == 3
    sentence = (
        "Corrected since, on 12 June 2027. The newer results stand at "
        f"{settings.SITE_URL}/surveys/voice/results/{around.wave.number}/"
    )
    rest = [line for line in report.lines if line.level in {"outtake", "outcome"}]
    assert [line.corrected for line in rest] == [sentence] * 3
    page, xlsx = (
        client.get(reverse(f"campaigns:{name}", args=[evaluation.campaign_id])).content
        for name in ("evaluation", "evaluation_xlsx")
    )
    assert page.decode().count("<strong>Corrected since</strong>, on 12 June 2027.") == 3
    assert evaluation_html(report, state="").count("<strong>Corrected since</strong>, on 12 June 2027.") == 3
    rows = list(load_workbook(BytesIO(xlsx))["Evaluation"].values)
    assert [row[-1] for row in rows][-3:] == [sentence] * 3
    evaluation.refresh_from_db()
    assert evaluation.frozen == kept
    assert is_intact(evaluation)


def test_one_changed_past_the_site_is_not_made_good_by_a_withdrawal(evaluation, around, manager):
    Evaluation.objects.update(frozen={**evaluation.frozen, "aim": "Something else"})

    actions.withdraw_results(results=around, by=manager)

    assert not is_intact(Evaluation.objects.get())


def test_what_waits_for_approval_is_looked_at_anew_after_a_withdrawal(sent_in, around, manager):
    seen = digest_of(sent_in.frozen)
    actions.withdraw_results(results=around, by=manager)

    with pytest.raises(ValidationError, match="Look at it again"):
        approve_evaluation(evaluation=sent_in, by=manager, seen=seen)
