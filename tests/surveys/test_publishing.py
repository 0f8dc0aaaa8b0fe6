"""From figures to the public page: sent, approved by a second person, and shown without what points to a few."""

import csv
import io
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.urls import reverse
from wagtail.models import ModelLogEntry

from config.roles import MANAGERS, OFFICERS
from core.waiting import for_user
from surveys import actions, tasks
from surveys.actions.publishing import looked_at
from surveys.models import ResultSet, Wave
from surveys.publishing import pictures
from surveys.queries.published import results_to_draw
from tests.factories.results import (
    answer,
    close,
    make_margins,
    make_results,
)
from tests.surveys.publishing import (
    API,
    PAGE,
    addresses,
    drawn_at,
    everywhere,
    next_wave,
    publish,
    states,
    words_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("laid_results")]


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
