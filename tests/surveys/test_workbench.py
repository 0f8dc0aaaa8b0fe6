"""Where analysts have results computed and read them; nobody else does."""

import pytest
from django.urls import reverse

from surveys import actions
from surveys.enums import ResultState
from surveys.models import Breakdown, ResultSet
from surveys.results import Choices
from tests.factories.results import answer, close, make_margins, make_people_wave, make_random_collector, make_results

pytestmark = pytest.mark.django_db

LISTED, READ = 19, 12  # queries


@pytest.fixture
def analyst(make_user):
    return make_user("analyst", "Survey analysts")


@pytest.fixture
def desk(client, analyst):
    client.force_login(analyst)
    return client


@pytest.fixture
def closed():
    wave = make_people_wave()
    answer(wave, 45, cnf03="strongly-agree", dem04="female")
    answer(wave, 15, cnf03="strongly-disagree", dem04="female")
    answer(wave, 10, cnf03="strongly-agree", dem04="male")
    answer(wave, 30, cnf03="strongly-disagree", dem04="male")
    return close(wave)


def words(answer):
    return " ".join(answer.content.decode().split())


def address(name, *of):
    return reverse(f"survey_{name}", args=of)


def test_analyst_comes_from_the_wave_chooses_and_reads(desk, closed):
    make_margins(female=50_000, male=50_000)
    assert address("results", closed.pk) in words(desk.get(address("wave", closed.pk)))
    form = words(desk.get(address("results", closed.pk)))
    assert "DEM04 What is your sex? (Invented, 2021, sample data)" in form

    chosen = {"margins": ["DEM04"], "not_answered": "own", "trim": "3", "variance": "fixed", "fewest": "10"}
    sent = desk.post(address("results", closed.pk), chosen)
    results = ResultSet.objects.get()
    assert sent.url == address("result_set", results.pk)
    assert results.choices == Choices(margins=("DEM04",)).as_json()
    actions.compute_results(results=results)

    page = words(desk.get(sent.url))
    assert "Weighted to the population by DEM04, no weight above 3 times the mean." in page
    assert "Strongly agree or Tend to agree" in page
    assert "50.0%" in page
    question = words(desk.get(address("result_item", results.pk, "cnf03")))
    assert "Base 100" in question
    assert '<th scope="row">Strongly agree</th><td>55</td><td>50.0%</td>' in question


def test_waiting_and_computing_are_seen_without_javascript(desk, closed):
    results = actions.ask_for_results(wave=closed, choices=Choices())
    waiting = desk.get(address("result_set", results.pk))
    ResultSet.objects.update(state=ResultState.COMPUTING, done=7, of=60)
    computing = desk.get(address("result_set", results.pk))

    assert "Waiting for the worker." in words(waiting)
    assert "7 of 60 questions computed." in words(computing)
    assert (waiting["Refresh"], computing["Refresh"]) == ("2", "2")
    actions.compute_results(results=results)
    ResultSet.objects.update(state=ResultState.READY)
    assert "Refresh" not in desk.get(address("result_set", results.pk)).headers


def test_what_failed_is_told_and_chosen_again(desk, closed):
    make_margins(female=50_000)
    results = make_results(closed, margins=("DEM04",), trim=5.0)
    page = words(desk.get(address("result_set", results.pk)))

    assert "40 people chose “Male” in DEM04, and the population has no number for it." in page
    again = f"{address('results', closed.pk)}?like={results.number}"
    assert again in page
    form = desk.get(again).context["form"]
    assert (form["margins"].value(), form["trim"].value()) == (["DEM04"], "5")


@pytest.mark.parametrize("like", ["", "9", "x", "²", "9" * 400])
def test_junk_in_the_address_begins_with_the_usual_choices(desk, closed, like):
    assert desk.get(address("results", closed.pk), {"like": like}).context["form"]["fewest"].value() == "10"


def test_fewer_than_ten_asks_for_a_reason_and_keeps_the_name(desk, closed):
    refused = words(desk.post(address("results", closed.pk), {"fewest": "5"}))
    assert "Say why a number may stand for fewer than ten people here." in refused
    assert not ResultSet.objects.exists()

    desk.post(address("results", closed.pk), {"fewest": "5", "fewest_reason": "Five towns of many people."})
    choices = ResultSet.objects.get().choices
    assert (choices["fewest"], choices["fewest_reason"]) == (5, "Five towns of many people.")
    assert choices["fewest_by"]


def test_whose_answers_are_counted_is_asked_only_where_chance_chose_some_of_them(desk):
    wave = make_people_wave()
    answer(wave, 10, cnf03="strongly-agree", collector=make_random_collector(wave, "letters"))
    wave = close(wave)

    assert "part" in desk.get(address("results", wave.pk)).context["form"].fields
    desk.post(address("results", wave.pk), {"part": "random", "fewest": "10"})
    assert ResultSet.objects.get().choices["part"] == "random"


def test_open_wave_gives_counts_alone(desk):
    wave = make_people_wave()
    answer(wave, 30, cnf03="strongly-agree")

    page = words(desk.get(address("results", wave.pk)))
    assert "Results are computed once the wave is closed" in page
    assert '<form method="post"' not in page
    desk.post(address("results", wave.pk), {"fewest": "10"})
    assert not ResultSet.objects.exists()
    assert address("results", wave.pk) not in words(desk.get(address("wave", wave.pk)))


def test_breakdowns_are_chosen_and_used(desk, closed):
    way = address("breakdowns", closed.pk)
    assert "DEM04 What is your sex?" in words(desk.get(way))
    assert desk.post(way, {"questions": ["DEM04"]}).url == address("results", closed.pk)
    assert [row.question.code for row in Breakdown.objects.all()] == ["DEM04"]

    page = words(desk.get(address("result_item", make_results(closed).pk, "cnf03")))
    assert "By: What is your sex?" in page
    assert "<td>45</td><td>75.0%</td>" in page


def test_result_computed_again_is_told_the_same(desk, closed):
    results = make_results(closed)
    page = words(desk.post(address("recompute", results.pk), follow=True))
    assert "The same digits came out again." in page


def test_question_that_nobody_answered_reads_as_a_sentence(desk, closed):
    results = make_results(closed)

    assert "Nobody answered this question." in words(desk.get(address("result_set", results.pk)))
    assert "Nobody answered this question." in words(desk.get(address("result_item", results.pk, "hc08")))
    assert desk.get(address("result_item", results.pk, "nothing")).status_code == 404


@pytest.mark.parametrize("role", ["Communications managers", "Communications officers", "Strategic group", "Partners"])
def test_figures_that_are_not_rounded_are_for_analysts_alone(client, make_user, closed, role):
    results = make_results(closed)
    client.force_login(make_user("other", role))

    pages = [
        address("results", closed.pk),
        address("result_set", results.pk),
        address("result_item", results.pk, "cnf03"),
        address("breakdowns", closed.pk),
    ]
    assert {client.get(page).status_code for page in pages} == {302}
    assert client.post(address("recompute", results.pk)).status_code == 302


@pytest.mark.parametrize("times", [1, 3])
def test_results_are_listed_and_read_in_as_many_queries_however_many_there_are(
    desk, closed, times, django_assert_num_queries
):
    make_margins(female=50_000, male=50_000)
    for _ in range(times):
        results = make_results(closed, margins=("DEM04",))
    desk.get(address("results", closed.pk))

    with django_assert_num_queries(LISTED):
        desk.get(address("results", closed.pk))
    with django_assert_num_queries(READ):
        desk.get(address("result_set", results.pk))
