"""From figures to the public page: sent, approved by a second person, shown, corrected and taken back."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from config.roles import ANALYSTS, MANAGERS, OFFICERS
from core.languages.trees import lay_trees
from core.models import User
from core.waiting import for_user
from indicators.actions import refresh
from surveys import actions, tasks
from surveys.actions.publishing import looked_at
from surveys.enums import CollectorKind, Mode, ResultState
from surveys.models import Breakdown, Question, ResultSet, Wave, Wording
from surveys.publishing import pictures
from surveys.publishing.trends import trends_of
from surveys.queries.published import results_to_draw
from tests.factories.indicators import indicator as make_indicator
from tests.factories.results import AGREEMENT, answer, close, make_margins, make_people_wave, make_results
from tests.factories.surveys import make_collector, make_questionnaire, make_survey_page, make_wording

pytestmark = pytest.mark.django_db

PAGE = "/surveys/local-voice/results/1/"
API = "/api/v1/surveys/local-voice/waves/1/results"
FILES = ("results.csv", "results.csv-metadata.json", "results.R")


ALIKE = (
    ("strongly-agree", "female", 60),
    ("tend-to-agree", "female", 70),
    ("strongly-agree", "male", 30),
    ("tend-to-agree", "male", 30),
    ("strongly-disagree", "female", 50),
    ("strongly-disagree", "male", 40),
    ("strongly-agree", "prefer-not-to-say", 10),
    ("strongly-disagree", "prefer-not-to-say", 10),
)


@pytest.fixture(scope="module", autouse=True)
def laid_results(laid_tree, lay_once) -> None:
    """Lay a closed wave of 300 people of whom 200 agree, 180 women and 100 men, and its figures; Petra made them."""

    def lay():
        analysts = Group.objects.get(name=ANALYSTS)
        for username, first, last in (("petra", "Petra", "Planner"), ("carl", "Carl", "Colleague")):
            user = User.objects.create_user(username, first_name=first, last_name=last)
            user.groups.add(analysts)
        wave = make_people_wave()
        for view, sex, times in ALIKE:
            answer(wave, times, cnf03=view, dem04=sex, hc08=["fear"])
        make_survey_page(wave.survey)
        lay_trees()
        Breakdown.objects.create(survey=wave.survey, question=Question.objects.get(code="DEM04"))
        make_results(close(wave), by=User.objects.get(username="petra"))

    lay_once(lay)


@pytest.fixture
def analyst(db):
    return User.objects.get(username="petra")


@pytest.fixture
def colleague(db):
    return User.objects.get(username="carl")


@pytest.fixture
def computed(db):
    return ResultSet.objects.get()


@pytest.fixture
def submitted(computed, analyst):
    return actions.submit_results(results=computed, findings="Most agree.", by=analyst)


@pytest.fixture
def approved(submitted, colleague):
    return actions.approve_results(results=submitted, by=colleague, seen=looked_at(submitted))


def words_of(page):
    """Return a page's words, and its marks for those who do not see pictures, without its tags."""
    words = re.sub(r"<(?!img)[^>]*>", " ", page.content.decode())
    return re.sub(r"\s+", " ", words)


def drawn_at(name):
    with default_storage.open(name) as file:
        return file.read().decode()


def addresses():
    return [PAGE, API, *(f"{PAGE}{name}" for name in FILES)]


def states():
    return list(ResultSet.objects.order_by("number").values_list("state", flat=True))


def test_nothing_is_public_before_a_second_person_approves(client, submitted):
    assert [client.get(address).status_code for address in addresses()] == [404] * 5
    assert client.get("/surveys/local-voice/results/").status_code == 404


def test_while_a_wave_is_open_nothing_of_it_is_public(client, approved):
    wave = next_wave(approved.wave)
    answer(wave, 300, cnf03="strongly-agree")

    assert [client.get(address.replace("/1/", "/2/")).status_code for address in addresses()] == [404] * 5
    with pytest.raises(ValidationError, match="once the wave is closed"):
        make_results(wave)


def test_an_analyst_edits_the_drafted_findings_and_sends_them(client, computed, analyst):
    client.force_login(analyst)
    address = reverse("survey_submit_results", args=[computed.pk])

    page = client.get(address)
    drafted = page.context["form"].initial["findings"]
    assert drafted.startswith("Of those who answered, 67% (61% to 72%) said “Strongly agree or Tend to agree”")
    assert "Are you treated fairly?" in words_of(page)
    sent = client.post(address, {"findings": f"In short: {drafted}"})

    assert sent.status_code == 302
    row = ResultSet.objects.get()
    assert (row.state, row.submitted_by, row.findings_by) == ("submitted", analyst, analyst)
    assert row.findings.startswith("In short: Of those")
    assert ModelLogEntry.objects.filter(action="surveys.submit_results", user=analyst).exists()


def test_empty_findings_are_refused_and_nothing_typed_is_lost(client, computed, analyst):
    client.force_login(analyst)

    page = client.post(reverse("survey_submit_results", args=[computed.pk]), {"findings": "  "})

    assert page.status_code == 422
    assert "Say in plain words what was found." in words_of(page)
    assert states() == ["ready"]


def test_what_waits_stands_on_the_first_screen_of_who_may_approve(submitted, analyst, colleague, make_user):
    manager, officer = make_user("mona", MANAGERS), make_user("olga", OFFICERS)

    def waits_for(user):
        return [thing.title for thing in for_user(user) if thing.what == "Results to approve"]

    assert waits_for(colleague) == waits_for(manager) == [str(submitted)]
    assert waits_for(analyst) == waits_for(officer) == []


def test_a_colleague_looks_and_approves_in_the_admin(client, submitted, colleague):
    client.force_login(colleague)
    address = reverse("survey_approve_results", args=[submitted.pk])

    page = client.get(address)
    for words in ("Most agree.", "Made by Petra Planner", "Are you treated fairly?", "67%", "not weighted"):
        assert words in words_of(page)
    assert client.post(address, {"looked": "", "seen": page.context["form"].initial["seen"]}).status_code == 422
    assert states() == ["submitted"]
    client.post(address, {"looked": "on", "seen": page.context["form"].initial["seen"]})

    row = ResultSet.objects.get()
    assert (row.state, row.approved_by, row.approved_by_name) == ("approved", colleague, "Carl Colleague")
    assert ModelLogEntry.objects.filter(action="surveys.approve_results", user=colleague).exists()


def test_nobody_approves_what_they_made_sent_or_wrote(client, submitted, analyst, make_user):
    with pytest.raises(ValidationError, match="A second person approves"):
        actions.approve_results(results=submitted, by=analyst, seen=looked_at(submitted))
    client.force_login(analyst)
    assert client.get(reverse("survey_approve_results", args=[submitted.pk])).status_code == 302
    client.force_login(make_user("olga", OFFICERS))
    assert client.get(reverse("survey_approve_results", args=[submitted.pk])).status_code == 302
    assert states() == ["submitted"]


def test_what_changed_while_it_was_looked_at_is_not_approved(submitted, colleague):
    seen = looked_at(submitted)
    ResultSet.objects.update(findings="Nobody agrees.")

    with pytest.raises(ValidationError, match="changed since you looked"):
        actions.approve_results(results=submitted, by=colleague, seen=seen)


def test_results_that_are_sent_back_can_be_sent_again(client, submitted, colleague):
    client.force_login(colleague)

    client.post(reverse("survey_send_back_results", args=[submitted.pk]))

    row = ResultSet.objects.get()
    assert (row.state, row.public, row.findings) == ("ready", {}, "Most agree.")


def test_the_page_shows_what_was_approved(client, approved):
    page = client.get(PAGE)

    assert page.status_code == 200
    for words in (
        "Most agree.",
        "Are you treated fairly?",
        "Together: Strongly agree or Tend to agree 67% 61% to 72%",
        "This is not representative: the numbers are of those who answered.",
        "range from chance alone",
        "Based on about 300 answers.",
        "About 300 people answered",
        "Nothing is shown on fewer than 30 answers",
    ):
        assert words in words_of(page)
    assert "margin of error," not in words_of(page).replace("no margin of error,", "")
    assert 'method="post"' not in page.content.decode().lower()


def test_a_file_and_the_api_hold_the_same_numbers(client, approved):
    rows = list(csv.DictReader(io.StringIO(client.get(f"{PAGE}results.csv").content.decode())))
    top = next(row for row in rows if row["statistic"] == "top" and not row["group"])
    assert (top["value"], top["lower"], top["upper"], top["base"]) == ("67", "61", "72", "300")
    women = next(row for row in rows if row["group"] == "female" and row["question"] == "CNF03")
    assert (women["by"], women["value"], women["base"]) == ("DEM04", "72", "180")

    found = client.get(API).json()
    assert found["interval_name"] == "range from chance alone"
    item = next(item for item in found["items"] if item["question"] == "CNF03")
    assert (item["top"]["value"], item["base"]) == (67, 300)

    columns = client.get(f"{PAGE}results.csv-metadata.json").json()["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == list(rows[0])


def test_sample_data_says_so_on_page_picture_file_and_script(client, approved):
    Wave.objects.update(is_sample=True)
    tasks.draw_results()

    page = client.get(PAGE)
    assert "Sample data" in words_of(page)
    assert page["X-Robots-Tag"] == "noindex"
    assert "Sample data" in client.get(f"{PAGE}results.csv").content.decode().splitlines()[1]
    assert client.get(f"{PAGE}results.R").content.decode().startswith("# Sample data. ")
    picture = next(iter(ResultSet.objects.get().public["charts"]["waves"].values()))
    assert "Sample data" in drawn_at(picture)


def test_the_worker_draws_the_pictures_once_and_the_page_shows_them(client, approved):
    assert "<img" not in re.sub(r"(?s)<header.*?</header>", "", client.get(PAGE).content.decode())
    tasks.draw_results()
    drawn = ResultSet.objects.get().public["charts"]["waves"]
    tasks.draw_results()

    assert ResultSet.objects.get().public["charts"]["waves"] == drawn
    assert set(drawn) == {"cnf03", "dem04"} or set(drawn) == {"cnf03", "dem04", "hc08"}
    page = client.get(PAGE).content.decode()
    assert all(default_storage.url(name) in page for name in drawn.values())


def test_two_workers_that_draw_at_once_leave_the_pictures_there(approved, django_capture_on_commit_callbacks):
    behind = results_to_draw()[0]
    tasks.draw_results()

    with django_capture_on_commit_callbacks(execute=True):
        pictures.draw(behind)

    drawn = ResultSet.objects.get().public["charts"]["waves"]
    assert all(default_storage.exists(name) for name in drawn.values())


def test_pictures_of_results_that_were_withdrawn_while_they_were_drawn_do_not_stay(
    approved, colleague, django_capture_on_commit_callbacks
):
    behind = results_to_draw()[0]
    actions.withdraw_results(results=approved, by=colleague)

    with django_capture_on_commit_callbacks(execute=True):
        pictures.draw(behind)

    folder = f"charts/results/{approved.pk}"
    assert not default_storage.exists(folder) or default_storage.listdir(folder)[1] == []


def everywhere(client, wave):
    """Return all that the public gets of a wave, with its pictures."""
    places = [*(address.replace("/1/", f"/{wave}/") for address in addresses()), "/surveys/local-voice/results/"]
    shown = [words_of(client.get(place)) for place in places]
    for row in ResultSet.objects.approved():
        for names in row.public.get("charts", {}).values():
            # Where lines run is of no interest, what they are said to stand for is.
            shown += [
                re.sub(r' (d|transform|[xy][12]?|width|height)="[^"]*"', "", drawn_at(name)) for name in names.values()
            ]
    return "\n".join(shown)


def test_a_known_small_cell_is_nowhere_in_what_is_public(client, computed, analyst, colleague):
    wave = next_wave(computed.wave)
    answer(wave, 170, cnf03="strongly-agree", dem04="female")
    answer(wave, 30, cnf03="strongly-disagree", dem04="female")
    answer(wave, 3, cnf03="strongly-agree", dem04="male")
    answer(wave, 4, cnf03="strongly-disagree", dem04="male")
    results = make_results(close(wave), by=analyst)
    figures = next(item for item in results.figures["items"] if item["question"] == "CNF03")["by"][0]["groups"]
    planted = {group["code"]: (group["base"], group["top"]["share"]) for group in figures}
    assert planted["male"] == (7, pytest.approx(3 / 7))
    sent = actions.submit_results(results=results, findings="Most agree.", by=analyst)
    actions.approve_results(results=sent, by=colleague, seen=looked_at(sent))
    tasks.draw_results()

    found = {item["question"]: item for item in client.get(API.replace("/1/", "/2/")).json()["items"]}
    item, about_sex = found["CNF03"], found["DEM04"]
    assert [(group["base"], group["options"][0]["value"]) for group in item["by"][0]["groups"]] == [(None, None)] * 2
    assert {option["marker"] for option in about_sex["options"]} == {"c"}
    public = everywhere(client, wave=2)
    for secret in ("43%", "42.8", "0.42857", "57%", "3.4", "3%", "97%", "85%"):
        assert secret not in public, secret


def publish(results):
    """Send ``results`` and have them approved by a second person."""
    petra, carl = User.objects.get(username="petra"), User.objects.get(username="carl")
    sent = actions.submit_results(results=results, findings="Most agree.", by=petra)
    return actions.approve_results(results=sent, by=carl, seen=looked_at(sent))


def who_fits(told, target, people):
    """Return how many of ``people`` a rare kind, this share of the population, can be by the design effect told."""
    many = 1 - target
    effects = {rare: people * (target**2 / rare + many**2 / (people - rare)) for rare in range(1, people // 2)}
    return [rare for rare, effect in effects.items() if f"{effect:.2f}" == told]


@pytest.mark.parametrize(("men", "is_told"), [(8, False), (12, True)])
def test_the_method_note_does_not_tell_how_many_a_rare_kind_was(client, computed, men, is_told):
    wave = next_wave(computed.wave)
    answer(wave, 400 - men, cnf03="strongly-agree", dem04="female")
    answer(wave, men, cnf03="strongly-disagree", dem04="male")
    make_margins(female=80_000, male=20_000)
    results = make_results(close(wave), margins=("DEM04",), trim=None)
    publish(results)

    public = everywhere(client, wave=2)
    told = re.findall(r"design effect (\d+\.\d\d)", public)
    assert bool(told) == is_told
    assert "Unequal weights cost precision" in public
    assert [who_fits(effect, 0.2, 400) for effect in set(told)] == ([[12]] if is_told else [])


def test_the_method_note_does_not_count_the_few_whose_weights_were_cut(client, computed):
    wave = next_wave(computed.wave)
    answer(wave, 393, cnf03="strongly-agree", dem04="female")
    answer(wave, 7, cnf03="strongly-disagree", dem04="male")
    make_margins(female=90_000, male=10_000)
    results = make_results(close(wave), margins=("DEM04",), trim=3.0)
    assert results.record["weights"]["trimmed"] == 7
    publish(results)

    public = everywhere(client, wave=2)
    assert "Weights above 3 times the mean were cut to it (fewer than 10 of them)" in public
    assert "(7 of them)" not in public


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


def next_wave(wave, **fields):
    """Return another open wave of the same survey, with the same questions."""
    return make_people_wave(survey=wave.survey, questionnaire=wave.questionnaire, number=2, **fields)


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
