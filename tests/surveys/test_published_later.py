"""After results were published: corrected, taken back, and shown beside those of other waves."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from config.roles import MANAGERS
from indicators.actions import refresh
from surveys import actions, tasks
from surveys.actions.publishing import looked_at
from surveys.enums import CollectorKind, Mode, ResultState
from surveys.models import ResultSet, Wave, Wording
from surveys.publishing import pictures
from surveys.publishing.trends import trends_of
from tests.factories.indicators import indicator as make_indicator
from tests.factories.results import AGREEMENT, answer, close, make_people_wave, make_results
from tests.factories.surveys import make_collector, make_questionnaire, make_wording
from tests.surveys.publishing import (
    ALIKE,
    API,
    PAGE,
    addresses,
    next_wave,
    publish,
    states,
    words_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("laid_results")]


def test_a_correction_replaces_with_a_dated_note(client, approved, analyst, colleague):
    tasks.draw_results()
    again = make_results(approved.wave, by=analyst)
    with pytest.raises(ValidationError, match="Say what was corrected"):
        actions.submit_results(results=again, findings="Most agree.", by=analyst)

    sent = actions.submit_results(
        results=again, findings="Two in three agree.", by=analyst, note="A sentence was wrong."
    )
    actions.approve_results(results=sent, by=colleague, seen=looked_at(sent))

    assert states() == ["replaced", "approved"]
    page = words_of(client.get(PAGE))
    assert "A sentence was wrong." in page
    assert f"Corrected on {timezone.localdate():%-d %B %Y}" in page
    assert "Two in three agree." in page
    assert "Most agree." not in page


def test_a_correction_that_counts_nearly_the_same_people_is_refused(client, approved, analyst):
    wave = approved.wave
    answer_of_three = list(wave.responses.filter(answers__cnf03="strongly-agree").values_list("pk", flat=True)[:3])
    wave.responses.filter(pk__in=answer_of_three).delete()
    again = make_results(wave, by=analyst)
    client.force_login(analyst)

    page = client.get(reverse("survey_submit_results", args=[again.pk]), follow=True)

    assert "CNF03 counts nearly the same people as results of this wave that were published before" in words_of(page)
    with pytest.raises(ValidationError, match="nearly the same people"):
        actions.submit_results(results=again, findings="x", by=analyst, note="x")


def test_a_withdrawal_takes_the_numbers_from_everywhere_and_says_only_that(
    client, approved, colleague, django_capture_on_commit_callbacks
):
    tasks.draw_results()
    pictures = list(ResultSet.objects.get().public["charts"]["waves"].values())
    client.force_login(colleague)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("survey_withdraw_results", args=[approved.pk]))
    client.logout()

    page = client.get(PAGE)
    assert page.status_code == 410
    assert "were withdrawn, because they could have pointed to a person" in words_of(page)
    assert not re.search(r"\d%", words_of(page))
    assert [client.get(address).status_code for address in addresses()[1:]] == [404] * 4
    assert client.get("/surveys/local-voice/results/").status_code == 404
    assert not any(default_storage.exists(name) for name in pictures)
    row = ResultSet.objects.get()
    assert (row.state, row.public, row.findings) == (ResultState.WITHDRAWN, {}, "")


def test_what_was_withdrawn_is_still_held_against_what_comes_after(approved, colleague, analyst):
    actions.withdraw_results(results=approved, by=colleague)
    approved.wave.responses.filter(pk__in=list(approved.wave.responses.values_list("pk", flat=True)[:2])).delete()

    with pytest.raises(ValidationError, match="nearly the same people"):
        actions.submit_results(results=make_results(approved.wave), findings="x", by=analyst)


@pytest.fixture
def two_waves(approved, analyst, colleague):
    """Return two published waves with the same questions."""
    first = approved.wave
    second = next_wave(first)
    answer(second, 250, cnf03="strongly-agree", dem04="female")
    answer(second, 60, cnf03="strongly-disagree", dem04="male")
    Wave.objects.filter(pk=first.pk).update(opens=timezone.localdate() - timedelta(days=90))
    said = "81% agree. Since wave 1: indicative: higher.\nMost are women."
    sent = actions.submit_results(results=make_results(close(second), by=analyst), findings=said, by=analyst)
    actions.approve_results(results=sent, by=colleague, seen=looked_at(sent))
    return first, second


def test_questions_asked_twice_are_shown_over_time(client, two_waves):
    tasks.draw_results()

    page = client.get("/surveys/local-voice/results/")

    assert page.status_code == 200
    assert "Since wave 1: indicative: higher" in words_of(page)
    assert "81% 76% to 85%" in words_of(page)
    assert "67% 61% to 72%" in words_of(page)
    newest = ResultSet.objects.approved().get(wave__number=2)
    assert default_storage.url(newest.public["charts"]["over_time"]["cnf03"]) in page.content.decode()


@pytest.mark.parametrize("address", [PAGE, "/surveys/local-voice/results/"])
def test_a_page_asks_few_queries_however_many_waves_there_are(
    client, two_waves, address, django_assert_max_num_queries
):
    client.get(address)

    with django_assert_max_num_queries(14):
        client.get(address)


def test_the_page_is_kept_and_a_withdrawal_ends_it(
    client, approved, colleague, django_capture_on_commit_callbacks, settings
):
    settings.PAGES_KEPT_FOR = 300
    cache.clear()
    client.get(PAGE)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(PAGE).status_code == 200
    assert len(asked) == 0
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_results(results=approved, by=colleague)

    assert client.get(PAGE).status_code == 410
    cache.clear()


@pytest.mark.parametrize("prefix", ["/ur", "/gu", "/pl"])
def test_other_languages_frame_the_same_numbers(client, approved, prefix):
    page = client.get(prefix + PAGE)

    assert page.status_code == 200
    assert "67%" in page.content.decode()
    assert "These results were approved" not in words_of(page)


def test_a_pilot_is_not_published(computed, analyst):
    Wave.objects.update(kind="pilot")

    with pytest.raises(ValidationError, match="A pilot tries questions out"):
        actions.submit_results(results=ResultSet.objects.get(), findings="x", by=analyst)


def test_the_survey_s_first_page_leads_to_what_was_found(client, submitted, colleague):
    assert "/surveys/local-voice/results/" not in client.get("/surveys/local-voice/").content.decode()

    actions.approve_results(results=submitted, by=colleague, seen=looked_at(submitted))

    assert 'href="/surveys/local-voice/results/"' in client.get("/surveys/local-voice/").content.decode()


def test_a_withdrawal_takes_the_number_out_of_the_strategy_until_others_are_published(
    client, approved, colleague, analyst
):
    parameters = {"survey": approved.wave.survey.code, "question": "CNF03", "accept_draft": True}
    parameters |= {"answers": "strongly-agree, tend-to-agree"}
    shown = make_indicator(measure="surveys.share", parameters=parameters, unit="%")
    refresh(shown)
    address = f"/api/v1/indicators/{shown.code}/measurements"
    before = client.get(address).json()["items"]
    assert [item["value"] is None for item in before] == [False]

    actions.withdraw_results(results=approved, by=colleague)
    for _ in range(2):
        assert [(item["value"], item["marker"]) for item in client.get(address).json()["items"]] == [(None, "[c]")]
        refresh(shown)

    again = make_results(approved.wave, by=analyst)
    sent = actions.submit_results(results=again, findings="Most agree.", by=analyst)
    actions.approve_results(results=sent, by=colleague, seen=looked_at(sent))
    refresh(shown)
    assert [item["value"] for item in client.get(address).json()["items"]] == [before[0]["value"]]


def test_too_few_answers_say_nothing_of_a_change(client, approved):
    second = next_wave(approved.wave)
    answer(second, 20, cnf03="strongly-agree", dem04="female")
    answer(second, 15, cnf03="strongly-disagree", dem04="female")
    Wave.objects.filter(pk=approved.wave_id).update(opens=timezone.localdate() - timedelta(days=90))

    publish(make_results(close(second)))

    assert "Since wave 1: too few answers to say" in words_of(client.get("/surveys/local-voice/results/"))


def test_a_wave_that_reached_other_people_is_not_compared(client, approved):
    second = next_wave(approved.wave)
    poster = make_collector(second, "poster")
    answer(second, 160, cnf03="strongly-agree", dem04="female")
    answer(second, 140, collector=poster, cnf03="strongly-disagree", dem04="female")
    Wave.objects.filter(pk=approved.wave_id).update(opens=timezone.localdate() - timedelta(days=90))

    publish(make_results(close(second)))

    said = words_of(client.get("/surveys/local-voice/results/"))
    assert "Since wave 1: not comparable: different people answered" in said


def test_a_way_in_that_nobody_used_breaks_no_series(client, approved):
    second = next_wave(approved.wave)
    make_collector(second, "paper", kind=CollectorKind.PAPER, mode=Mode.PAPER)
    for agreement, sex, people in ALIKE:
        answer(second, people, cnf03=agreement, dem04=sex)
    Wave.objects.filter(pk=approved.wave_id).update(opens=timezone.localdate() - timedelta(days=90))

    publish(make_results(close(second)))

    assert "Since wave 1: no clear change" in words_of(client.get("/surveys/local-voice/results/"))
    assert "Not compared with wave 1" not in words_of(client.get(PAGE.replace("/1/", "/2/")))


def test_answers_by_another_way_are_a_break(client, approved):
    second = next_wave(approved.wave)
    paper = make_collector(second, "paper", kind=CollectorKind.PAPER, mode=Mode.PAPER)
    answer(second, 250, cnf03="strongly-agree", dem04="female")
    answer(second, 30, collector=paper, cnf03="strongly-disagree", dem04="male")
    Wave.objects.filter(pk=approved.wave_id).update(opens=timezone.localdate() - timedelta(days=90))

    results = make_results(close(second))

    (change,) = next(item for item in results.figures["items"] if item["key"] == "cnf03")["change"]
    assert change["marker"] == "b"
    assert change["why"].startswith("People answered online, and now online and paper.")


def test_a_changed_wording_is_marked_as_a_break_and_no_line_joins_it(client, approved):
    anew = make_wording("CNF03", version=2, text="Are you treated fairly here?", options=AGREEMENT)
    sex = Wording.objects.get(question__code="DEM04")
    second = make_people_wave(
        survey=approved.wave.survey,
        questionnaire=make_questionnaire((anew, True), (sex, False), code="anew"),
        number=2,
    )
    answer(second, 200, cnf03="strongly-agree", dem04="female")
    answer(second, 100, cnf03="strongly-disagree", dem04="male")
    Wave.objects.filter(pk=approved.wave_id).update(opens=timezone.localdate() - timedelta(days=90))

    publish(make_results(close(second)))

    page = words_of(client.get("/surveys/local-voice/results/"))
    assert "67% [b]" in page
    assert "break in the series: not to be compared with earlier values" in page
    assert "[b] Not compared with wave 1." in words_of(client.get(PAGE.replace("/1/", "/2/")))
    trend = next(one for one in trends_of(list(ResultSet.objects.approved())) if one.key == "cnf03")
    line = pictures.line_of(trend, folder="")
    assert [point.segment for point in line.points] == [0, 1]


def test_whoever_approves_comes_to_the_withdrawal_from_the_wave_s_page(client, approved, make_user):
    client.force_login(make_user("mona", MANAGERS))

    page = client.get(reverse("survey_wave", args=[approved.wave_id])).content.decode()

    assert reverse("survey_withdraw_results", args=[approved.pk]) in page


def test_after_a_withdrawal_no_other_wave_tells_a_change_since_it(client, two_waves, colleague):
    second = API.replace("/1/", "/2/")
    assert any(item["change"] for item in client.get(second).json()["items"])
    assert "since wave 1" in client.get("/surveys/local-voice/results/2/results.csv").content.decode()

    actions.withdraw_results(results=ResultSet.objects.approved().get(wave__number=1), by=colleague)

    assert not any(item["change"] for item in client.get(second).json()["items"])
    assert "since wave 1" not in client.get("/surveys/local-voice/results/2/results.csv").content.decode()
    page = words_of(client.get("/surveys/local-voice/results/2/"))
    assert "Since wave 1" not in page
    assert "81% agree." in page
    assert "Most are women." in page
