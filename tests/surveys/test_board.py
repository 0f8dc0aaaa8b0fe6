"""The board of a wave's fieldwork: counts by day and way in, and who has answered, with nobody given away."""

from datetime import timedelta

import pytest
from django.urls import reverse

from surveys import actions
from surveys.board import composition, fieldwork, response_rates
from surveys.models import Item, Margin, Question, SingleUseCode, Tally
from tests.factories.surveys import (
    make_collector,
    make_questionnaire,
    make_response,
    make_wave,
    make_wording,
    open_link,
)
from tests.surveys.browsing import text
from tests.surveys.test_paper import make_analyst

SEX = (("female", "Female"), ("male", "Male"), ("prefer-not-to-say", "Prefer not to say"))


@pytest.fixture
def wave(db):
    """Return an open wave that asks people's sex, which its results are weighted by."""
    asked = make_questionnaire(
        (make_wording("CNF01"), True), (make_wording("DEM04", text="What is your sex?", options=SEX), False)
    )
    Item.objects.filter(wording__question__code="DEM04").update(reason="To make up for who answers less.")
    return actions.open_wave(wave=make_wave(questionnaire=asked))


def answer(wave, **people):
    for sex, number in people.items():
        for _ in range(number):
            make_response(
                wave, rewritten=True, cnf01="agree", **({} if sex == "nobody" else {"dem04": sex.replace("_", "-")})
            )


def tally(collector, day, count):
    Tally.objects.create(collector=collector, day=collector.wave.opens + timedelta(days=day), count=count)


def cells(wave):
    [of_sex] = composition(wave)
    return {cell.label: (cell.count, cell.share, cell.population_share) for cell in of_sex.cells}


def know(wave, year=2021, **totals):
    for option, total in totals.items():
        Margin.objects.create(
            population=wave.population, question=Question.objects.get(code="DEM04"), option=option, total=total,
            source="Census, table TS008", year=year,
        )  # fmt: skip


def test_answers_are_counted_by_day_and_way_in_the_newest_day_first(wave):
    link, poster = open_link(wave), make_collector(wave, "library")
    for collector, day, count in ((link, 0, 22), (poster, 0, 11), (link, 1, 10), (poster, 1, 13)):
        tally(collector, day, count)
    found = fieldwork(wave)
    assert [way.code for way in found.ways] == ["library", "open-link"]
    assert [(day.day, day.counts, day.total) for day in found.days] == [
        (wave.opens + timedelta(days=1), [13, 10], 23),
        (wave.opens, [11, 22], 33),
    ]
    assert (found.sums, found.total, found.most) == ([24, 32], 56, 33)


def test_a_wave_that_nobody_has_answered_has_no_table(client, wave):
    assert fieldwork(wave).days == []
    client.force_login(make_analyst("analyst"))
    assert "No answer has come yet." in text(client.get(reverse("survey_wave", args=[wave.pk])))


def test_one_paper_on_a_day_is_hidden_with_what_would_give_it_away(client, wave):
    link, paper = open_link(wave), make_collector(wave, "paper", kind="paper", mode="paper")
    for collector, day, count in ((link, 0, 40), (paper, 0, 21), (link, 1, 30), (paper, 1, 1)):
        tally(collector, day, count)
    found = fieldwork(wave)
    assert [(day.counts, day.total) for day in found.days] == [([None, None], 31), ([None, None], 61)]
    assert (found.sums, found.total) == ([70, 22], 92)

    client.force_login(make_analyst("analyst"))
    page = text(client.get(reverse("survey_wave", args=[wave.pk])))
    assert page.count("<td>[c]</td>") == 4
    assert "<td>1" not in page


def test_a_day_whose_sum_is_hidden_has_no_bar_either(client, wave):
    tally(open_link(wave), 0, 3)
    client.force_login(make_analyst("analyst"))
    page = text(client.get(reverse("survey_wave", args=[wave.pk])))
    assert page.count("<td>[c]</td>") == 3
    assert "<rect" not in page


def test_who_has_answered_stands_beside_the_population(wave):
    know(wave, year=2011, female=1, male=1)
    know(wave, female=520, male=480)
    answer(wave, female=62, male=38, prefer_not_to_say=12, nobody=14)
    assert cells(wave) == {
        "Female": (60, 60, 52),
        "Male": (40, 40, 48),
        "Prefer not to say": (10, None, None),
        "Not answered": (15, None, None),
    }
    assert composition(wave)[0].source == "Census, table TS008, 2021"


def test_fewer_than_ten_are_withheld_with_what_would_give_them_away(wave):
    answer(wave, female=62, male=38, prefer_not_to_say=3, nobody=4)
    assert cells(wave) == {
        "Female": (60, 57, None),
        "Male": (None, None, None),
        "Prefer not to say": (None, None, None),
        "Not answered": (None, None, None),
    }


def test_answers_that_were_not_shuffled_are_in_no_composition(wave):
    for _ in range(30):
        make_response(wave, dem04="female")
    assert composition(wave)[0].base == 0


def test_the_last_answers_cannot_be_read_off_what_closing_adds(wave):
    answer(wave, female=62, male=38)
    make_response(wave, cnf01="agree", dem04="female")
    assert composition(wave)
    assert composition(actions.close_wave(wave=wave)) == []


def test_the_wave_s_page_shows_the_board_and_never_another_question(client, wave):
    client.force_login(make_analyst("analyst"))
    answer(wave, female=62, male=38)
    actions.tally(collector=open_link(wave), day=wave.opens)
    page = text(client.get(reverse("survey_wave", args=[wave.pk])))
    assert "What is your sex?" in page
    assert "No numbers of this population are known." in page
    assert "<td>[c]</td><td>[c]</td>" in page
    assert "Agree" not in page
    assert "Answers by day and way in" in page


def test_the_population_stands_on_the_wave_s_page_as_it_was_typed(client, wave):
    # Its numbers are found by these very words, so whoever copies them from here must get them right.
    client.force_login(make_analyst("analyst"))
    page = client.get(reverse("survey_wave", args=[wave.pk])).content.decode()

    assert f"<dd>{wave.population}</dd>" in page


def test_the_response_rate_leaves_out_letters_that_came_back(wave):
    letters = make_collector(wave, "letters", kind="codes")
    assert [rate.percentage for rate in response_rates(wave)] == [None]
    for serial in range(1, 11):
        SingleUseCode.objects.create(
            collector=letters, serial=serial, digest=f"{serial:064}", used=serial < 4, undelivered=serial > 8
        )
    [rate] = response_rates(wave)
    assert (rate.used, rate.reached, rate.percentage) == (3, 8, 38)
