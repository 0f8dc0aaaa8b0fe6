"""Those who came across a campaign against those who did not: computed, checked by another road, and published."""

import csv
import io
import json
import zipfile

import pytest
from django.core.management import call_command
from django.urls import reverse

from config.roles import ANALYSTS
from surveys import actions, tasks
from surveys.actions.publishing import looked_at, public_of
from surveys.models import Recall
from surveys.publishing.method import NOT_PROOF
from tests.factories.campaigns import unsaved_campaign
from tests.factories.results import (
    answer,
    close,
    item_of,
    make_campaign_wave,
    make_margins,
    make_random_collector,
    make_results,
)
from tests.factories.surveys import make_survey_page
from tests.surveys.publishing import everywhere

pytestmark = pytest.mark.django_db

DIGEST = "f86e6753454b99ed9adf55e6a5af1538c1bde3c2500729ea688f9115c73a1882"
TOP = "strongly-agree+tend-to-agree"
PAGE = "/surveys/local-voice/results/1/"
PEOPLE = (
    ("strongly-agree", "yes", "female", 70),
    ("tend-to-agree", "yes", "male", 50),
    ("neither-agree-nor-disagree", "yes", "male", 20),
    ("strongly-disagree", "yes", "female", 30),
    ("strongly-agree", "no", "female", 40),
    ("tend-to-agree", "no", "male", 30),
    ("tend-to-disagree", "no", "female", 45),
    ("strongly-disagree", "no", "male", 60),
    ("dont-know", "no", "male", 12),
    ("strongly-agree", "not-sure", "female", 15),
    ("strongly-disagree", "not-sure", "male", 15),
)


@pytest.fixture
def campaign(db):
    found = unsaved_campaign("autumn")
    found.save()
    return found


def let_people_answer(wave, collector=None, people=PEOPLE):
    for view, recall, sex, times in people:
        answer(wave, times, collector=collector, cnf03=view, cmp01=recall, dem04=sex)
    answer(wave, 14, collector=collector, cnf03="tend-to-agree", cmp01="yes")  # they left out their sex
    answer(wave, 11, collector=collector, cnf03="tend-to-disagree", dem04="female")  # and they whether they saw it


@pytest.fixture
def wave(campaign):
    found = make_campaign_wave(campaign)
    let_people_answer(found)
    return found


def contrast_of(results, question="CNF03"):
    (contrast,) = item_of(results, question)["contrasts"]
    return contrast, {found["code"]: found for found in contrast["differences"]}


def test_both_sides_are_told_with_their_difference_and_who_is_not_sure_is_in_neither(wave):
    contrast, found = contrast_of(make_results(close(wave)))

    yes, no = contrast["groups"]
    assert [(side["code"], side["base"]) for side in (yes, no)] == [("yes", 184), ("no", 175)]
    assert yes["top"]["share"] == pytest.approx(134 / 184)
    assert found[TOP]["value"] == pytest.approx(134 / 184 - 70 / 175)
    assert found[TOP]["lower"] < found[TOP]["value"] < found[TOP]["upper"]
    assert found["net"]["value"] == pytest.approx((134 - 30) / 184 - (70 - 105) / 175)
    assert found[TOP]["verdict"] == "indicative: higher"


def analysts_file(results, user, folder):
    file = io.BytesIO()
    actions.export_answers(wave=results.wave, reason="To compute the contrast on another road.", by=user, to=file)
    with zipfile.ZipFile(file) as archive:
        archive.extract("answers.csv", folder)
    path = folder / "answers.csv"
    path.write_text(path.read_text(encoding="utf-8-sig"))
    return path


def analysed(capsys, folder, spec):
    (folder / "spec.json").write_text(json.dumps(spec))
    call_command("analyse_survey", folder / "spec.json")
    (row,) = json.loads(capsys.readouterr().out)["estimates"]
    return row


def spec_of(results, code="top"):
    """Return what an analyst would ask for: weighted by the record's own targets, of the answers that are answers."""
    agree, other = {"strongly-agree", "tend-to-agree"}, {"neither-agree-nor-disagree"}
    against = {"tend-to-disagree", "strongly-disagree"}
    low = 0 if code == "top" else -1
    scores = dict.fromkeys(agree, 1) | dict.fromkeys(other, 0) | dict.fromkeys(against, low)
    (margin,) = results.record["margins"]
    left_out = {"not-answered": "[left out]"}
    targets = {left_out.get(row["code"], row["code"]): row["target"] for row in margin["rows"]}
    return {
        "data": "answers.csv",
        "rake": {"margins": {"DEM04": targets}, "trim": {"upper": 3.0, "lower": None}},
        "estimates": [
            {
                "id": "recall",
                "kind": "contrast",
                "y": "CNF03",
                "scores": scores,
                "by": "CMP01",
                "coefficients": {"yes": 1, "no": -1},
            }
        ],
    }


def same(found, row):
    wanted = [found[name] for name in ("value", "se", "lower", "upper")]
    return wanted == pytest.approx([row[name] for name in ("estimate", "se", "lower", "upper")], rel=1e-9)


@pytest.mark.parametrize("code", ["top", "net"])
def test_the_contrast_is_what_analyse_survey_finds_in_the_analysts_file(wave, code, capsys, tmp_path, make_user):
    make_margins(female=40_000, male=60_000)
    results = make_results(close(wave), margins=("DEM04",))
    analysts_file(results, make_user("analyst", ANALYSTS), tmp_path)

    row = analysed(capsys, tmp_path, spec_of(results, code))

    _, found = contrast_of(results)
    assert same(found[TOP if code == "top" else "net"], row)
    assert results.record["weights"]["sweeps"] > 0


def test_the_contrast_of_a_random_sample_keeps_its_strata_and_base_weights(campaign, capsys, tmp_path, make_user):
    wave = make_campaign_wave(campaign)
    for code, weight, people in (("north", "10.5", PEOPLE), ("south", "30", PEOPLE[3:])):
        way = make_random_collector(wave, code, stratum=code, base_weight=weight)
        let_people_answer(wave, way, people)
    make_margins(female=40_000, male=60_000)
    results = make_results(close(wave), margins=("DEM04",))
    analysts_file(results, make_user("analyst", ANALYSTS), tmp_path)

    design = {"weights": "base_weight", "strata": "stratum", "clusters": None, "fpc": None}
    row = analysed(capsys, tmp_path, spec_of(results) | {"design": design})

    _, found = contrast_of(results)
    assert same(found[TOP], row)
    assert found[TOP]["verdict"] == "higher"


def test_the_same_answers_give_the_same_digits_on_every_database(wave):
    results = make_results(close(wave))

    assert (results.record["engine"], results.record["digest"]) == ("4", DIGEST)
    assert actions.recompute(results=results).same


def test_what_was_computed_keeps_its_contrasts_whatever_is_declared_later(wave):
    results = make_results(close(wave))
    actions.unmark_recall(recall=Recall.objects.get())

    assert actions.recompute(results=results).same
    assert "contrasts" not in item_of(make_results(results.wave), "CNF03")


def test_a_side_that_gave_no_answer_makes_no_contrast(campaign):
    wave = make_campaign_wave(campaign)
    answer(wave, 40, cnf03="strongly-agree", cmp01="yes")
    answer(wave, 40, cnf03="dont-know", cmp01="no")

    assert item_of(make_results(close(wave)), "CNF03")["contrasts"] == []


@pytest.fixture
def published(wave, make_user, campaign_index):
    make_survey_page(wave.survey)
    petra, carl = make_user("petra", ANALYSTS), make_user("carl", ANALYSTS)
    sent = actions.submit_results(results=make_results(close(wave), by=petra), findings="Most agree.", by=petra)
    return actions.approve_results(results=sent, by=carl, seen=looked_at(sent))


def test_the_page_the_file_and_the_api_tell_the_difference_and_that_it_is_no_proof(client, published):
    html = client.get(PAGE).content.decode()
    assert "By who came across the campaign" in html
    assert NOT_PROOF in html
    assert "33 (23 to 43): indicative: higher" in html

    rows = list(csv.DictReader(io.StringIO(client.get(f"{PAGE}results.csv").content.decode())))
    (row,) = [row for row in rows if row["statistic"] == "difference"]
    assert (row["by"], row["group"], row["answer"]) == ("CMP01", "yes - no", TOP)
    assert (row["value"], row["lower"], row["upper"]) == ("33", "23", "43")

    item = client.get("/api/v1/surveys/local-voice/waves/1/results").json()["items"][0]
    (contrast,) = item["contrasts"]
    assert [group["options"][0]["value"] for group in contrast["groups"]] == [73, 40]
    assert contrast["differences"] == [
        {"code": TOP, "value": 33, "lower": 23, "upper": 43, "marker": "", "verdict": "indicative: higher"}
    ]


def test_results_of_a_survey_that_asks_for_no_campaign_say_nothing_of_one(client, published):
    published.public["items"] = [
        {name: part for name, part in item.items() if name not in {"contrasts", "recalled"}}
        for item in published.public["items"]
    ]
    published.save()

    assert "By who came across" not in client.get(PAGE).content.decode()
    assert client.get("/api/v1/surveys/local-voice/waves/1/results").json()["items"][0]["contrasts"] == []


def test_an_analyst_sees_every_difference_unrounded_with_the_sentence(client, wave, make_user):
    client.force_login(make_user("analyst", ANALYSTS))
    results = make_results(close(wave))

    html = client.get(reverse("survey_result_item", args=[results.pk, "cnf03"])).content.decode()

    assert "+32.8 points" in html
    assert NOT_PROOF in html


@pytest.mark.parametrize(("answers", "is_shown"), [(("yes", "perhaps"), False), (("yes",), True)])
def test_answers_shown_as_one_are_not_told_apart_by_a_contrast(campaign, answers, is_shown):
    """Six people say “perhaps”: shown together with “no”, they must not stand on the other side of it."""
    three = (("yes", "Yes"), ("perhaps", "Perhaps"), ("no", "No"))
    wave = make_campaign_wave(campaign, options=three, answers=answers)
    for recall, times in (("yes", 100), ("no", 90), ("perhaps", 3)):
        answer(wave, times, cnf03="strongly-agree", cmp01=recall)
        answer(wave, times, cnf03="strongly-disagree", cmp01=recall)
    results = make_results(close(wave))

    asked, recalled, *_ = public_of(results)["items"]

    assert [option["codes"] for option in recalled["options"]] == [["yes"], ["perhaps", "no"]]
    assert bool(asked["contrasts"]) == is_shown
    assert contrast_of(results)


def test_a_small_cell_of_those_who_came_across_a_campaign_is_nowhere_in_what_is_public(
    client, campaign, make_user, campaign_index
):
    """Of forty who came across it six agree, 15 %, and of the others 59 %: nothing that is shown leads to the six."""
    wave = make_campaign_wave(campaign)
    make_survey_page(wave.survey)
    for recall, agree, against in (("yes", 6, 34), ("no", 170, 120), ("not-sure", 30, 30)):
        answer(wave, agree, cnf03="strongly-agree", cmp01=recall, dem04="female")
        answer(wave, against, cnf03="strongly-disagree", cmp01=recall, dem04="male")
    petra, carl = make_user("petra", ANALYSTS), make_user("carl", ANALYSTS)
    results = make_results(close(wave), by=petra)
    planted, found = contrast_of(results)
    assert (planted["groups"][0]["top"]["count"], round(found[TOP]["value"], 3)) == (6, -0.436)
    sent = actions.submit_results(results=results, findings="Most agree.", by=petra)
    actions.approve_results(results=sent, by=carl, seen=looked_at(sent))
    tasks.draw_results()

    (contrast,) = client.get("/api/v1/surveys/local-voice/waves/1/results").json()["items"][0]["contrasts"]
    hidden = contrast["groups"][0]
    assert (hidden["base"], hidden["options"][0]["value"]) == (None, None)
    assert contrast["differences"][0]["marker"] == "c"
    public = everywhere(client, wave=1)
    for secret in ("15%", "0.15", "-44", "-43.6", "44 (", "85%"):
        assert secret not in public, secret
