"""The script that a results page offers, run with R's survey package on the answers that an analyst takes out."""

import io
import re
import subprocess
import zipfile

import pytest

from config.roles import ANALYSTS
from surveys import actions
from surveys.actions.publishing import looked_at
from surveys.models import Breakdown, Question
from tests.factories.campaigns import unsaved_campaign
from tests.factories.results import (
    answer,
    close,
    make_campaign_wave,
    make_margins,
    make_people_wave,
    make_random_collector,
    make_results,
)
from tests.factories.surveys import make_survey_page

pytestmark = [pytest.mark.django_db, pytest.mark.r]


def published(wave, make_user, **choices):
    make_survey_page(wave.survey)
    Breakdown.objects.create(survey=wave.survey, question=Question.objects.get(code="DEM04"))
    petra, carl = make_user("petra", ANALYSTS), make_user("carl", ANALYSTS)
    results = make_results(close(wave), by=petra, **choices)
    assert results.problem == ""
    sent = actions.submit_results(results=results, findings="Most agree.", by=petra)
    return actions.approve_results(results=sent, by=carl, seen=looked_at(sent))


def run_in_r(client, results, folder):
    """Return what the page's script prints, run beside the answers."""
    (folder / "results.R").write_bytes(
        client.get(f"/surveys/local-voice/results/{results.wave.number}/results.R").content
    )
    file, why = io.BytesIO(), "To compute the published numbers again in R."
    actions.export_answers(wave=results.wave, reason=why, by=results.made_by, to=file)
    with zipfile.ZipFile(file) as archive:
        archive.extract("answers.csv", folder)
    done = subprocess.run(
        ["Rscript", "results.R"], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def all_the_same(printed, *, at_least):
    same, of = re.search(r"(\d+) of (\d+) published numbers come out the same", printed).groups()
    return same == of and int(of) >= at_least


def people(wave, collector=None, times=1):
    for view, sex, count in (
        ("strongly-agree", "female", 40),
        ("tend-to-agree", "female", 31),
        ("strongly-disagree", "female", 23),
        ("strongly-agree", "male", 25),
        ("tend-to-agree", "male", 14),
        ("neither-agree-nor-disagree", "male", 12),
        ("strongly-disagree", "male", 16),
        ("dont-know", "male", 11),
        ("tend-to-disagree", "prefer-not-to-say", 12),
    ):
        answer(wave, count * times, collector=collector, cnf03=view, dem04=sex, hc08=["fear", "time"][: 1 + count % 2])
    answer(wave, 7, collector=collector, cnf03="tend-to-disagree")


def test_weighted_answers_of_an_open_wave_come_out_the_same(client, laid_tree, make_user, tmp_path):
    wave = make_people_wave()
    people(wave)
    make_margins(female=40_000, male=60_000)

    printed = run_in_r(client, published(wave, make_user, margins=("DEM04",), trim=1.2), tmp_path)

    assert all_the_same(printed, at_least=12), printed


def test_a_random_sample_with_strata_and_raking_comes_out_the_same(client, laid_tree, make_user, tmp_path):
    wave = make_people_wave()
    for number, weight in enumerate(("12.5", "40"), start=1):
        letters = make_random_collector(wave, f"letters-{number}", stratum=f"part {number}", base_weight=weight)
        people(wave, letters, times=number)
    make_margins(female=40_000, male=60_000)

    chosen = {"part": "random", "margins": ("DEM04",), "variance": "raking-aware", "trim": None}
    printed = run_in_r(client, published(wave, make_user, **chosen), tmp_path)

    assert all_the_same(printed, at_least=12), printed


def test_the_difference_between_those_who_came_across_a_campaign_and_others_is_what_r_finds(
    client, laid_tree, make_user, tmp_path
):
    campaign = unsaved_campaign("autumn")
    campaign.save()
    wave = make_campaign_wave(campaign)
    for recall, times in (("yes", (60, 30, 25)), ("no", (35, 40, 45)), ("not-sure", (11, 12, 13))):
        for view, count in zip(
            ("strongly-agree", "neither-agree-nor-disagree", "strongly-disagree"), times, strict=True
        ):
            answer(wave, count, cnf03=view, cmp01=recall, dem04="female")
            answer(wave, count // 2, cnf03=view, cmp01=recall, dem04="male")
    make_margins(female=40_000, male=60_000)
    results = published(wave, make_user, margins=("DEM04",))
    (contrast,) = results.public["items"][0]["contrasts"]
    assert contrast["differences"][0]["value"] is not None

    printed = run_in_r(client, results, tmp_path)

    assert "difference" in printed
    assert all_the_same(printed, at_least=10)
