"""The command that analyses any file of answers: what it answers, and what it refuses."""

import ctypes
import json
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from surveys.management.commands.analyse_survey import Command
from tests.analysis import golden
from tests.installations import REPOSITORY

pytestmark = pytest.mark.alike
RAKE = {"margins": {name: golden.MARGINS[name] for name in golden.THREE}, "trim": None}
NET = {"5": 1, "4": 1, "3": 0, "2": -1, "1": -1}
AGREE = {"id": "agree", "kind": "proportion", "y": "get_on", "equals": ["4", "5"]}


def wave(number="1", **more):
    design = {"weights": "base_w", "strata": None, "clusters": None, "fpc": None}
    return {"data": str(golden.DATA / "cr_waves.csv"), "where": {"wave": number}, "design": design, "rake": RAKE} | more


@pytest.fixture
def analyse(tmp_path, capsys):
    def analyse(spec, **files):
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text)
        path = tmp_path / "spec.json"
        path.write_text(spec if isinstance(spec, str) else json.dumps(spec))
        call_command("analyse_survey", path)
        return json.loads(capsys.readouterr().out)

    return analyse


def test_what_a_library_prints_by_itself_stays_out_of_the_answer(tmp_path, capfd, monkeypatch):
    def answer_after_a_word(*_):
        ctypes.CDLL(None).puts(b"a word of the solver's own")
        return {"estimates": []}, []

    monkeypatch.setattr("surveys.management.commands.analyse_survey.answer", answer_after_a_word)
    spec = tmp_path / "spec.json"
    spec.write_text("{}")
    call_command("analyse_survey", spec)
    said = capfd.readouterr()
    assert json.loads(said.out) == {"estimates": []}
    assert "a word of the solver's own" in said.err


def numbers(row):
    return [row[key] for key in ("estimate", "se", "lower", "upper")]


@pytest.mark.parametrize(
    ("variance", "interval", "case", "method"),
    [
        ("fixed", "logit", "cw1_fix.agree", "xlogit"),
        ("fixed", "beta", "cw1_fix.agree", "beta"),
        ("raking-aware", "logit", "cw1_rk.agree", "xlogit"),
        ("raking-aware", "beta", "cw1_rk.agree", "beta"),
    ],
)
def test_a_raked_share_agrees_with_r(analyse, variance, interval, case, method):
    found = analyse(wave(variance=variance, estimates=[AGREE | {"interval": interval}]))
    case, (row,) = golden.cases()[case], found["estimates"]
    expected = case["methods"][method]
    assert list(row) == ["id", "group", "estimate", "se", "df", "lower", "upper", "n", "n_eff"]
    assert numbers(row) == pytest.approx([expected["estimate"], expected["se"], *expected["ci95"]], rel=1e-6)
    assert (row["id"], row["group"], row["df"], row["n"]) == ("agree", None, 1179, 1133)


def test_weights_are_summed_up(analyse):
    weights = analyse(wave())["weights"]
    kish = golden.cases()["cw1_rk.kish"]
    assert list(weights) == ["n", "n_eff", "deff", "min", "max", "sweeps"]
    assert (weights["n"], weights["n_eff"]) == (1180, pytest.approx(kish["neff"]))
    mean = kish["sum_w"] / 1180
    assert (weights["min"] / mean, weights["max"] / mean) == pytest.approx(
        (kish["min_over_mean"], kish["max_over_mean"])
    )
    assert weights["sweeps"] > 1


def test_trimmed_weights_agree_with_rs_strict_rule(analyse):
    rake = RAKE | {"trim": {"upper": 3.0, "lower": None}}
    found = analyse(wave(rake=rake, variance="raking-aware", estimates=[AGREE]))
    case = golden.cases()["cw1_rktrim.agree"]["methods"]["xlogit"]
    assert found["weights"]["n_eff"] == pytest.approx(golden.cases()["cw1_rktrim.kish"]["neff"])
    assert numbers(found["estimates"][0]) == pytest.approx([case["estimate"], case["se"], *case["ci95"]], rel=1e-6)


def test_net_scores_by_group_and_their_contrast_agree_with_r(analyse):
    net = {"y": "get_on", "scores": NET, "by": "eth"}
    case = golden.cases()["cw1_fix.net_by_eth"]
    expected = case["contrasts"][0]
    found = analyse(
        wave(estimates=[net | {"id": "a", "kind": "mean"},
                        net | {"id": "b", "kind": "contrast", "coefficients": expected["coef"]}])
    )["estimates"]  # fmt: skip
    groups = {row["group"]: row for row in found if row["id"] == "a"}
    assert list(groups) == ["Asian", "Black", "Mixed", "Other", "White"]
    for group, row in groups.items():
        assert row["estimate"] == pytest.approx(case["estimate"][group], rel=1e-8)
        assert row["se"] == pytest.approx(case["se"][group], rel=1e-6)
    assert (found[-1]["id"], found[-1]["group"]) == ("b", None)
    assert numbers(found[-1]) == pytest.approx([expected["estimate"], expected["se"], *expected["ci95_t"]], rel=1e-6)


def test_a_change_between_raked_waves_agrees_with_r(analyse):
    specs = {key: wave(n, variance="raking-aware", estimates=[AGREE]) for key, n in (("from", "1"), ("to", "2"))}
    found = analyse({"change": specs | {"estimate": "agree"}})
    case = golden.cases()["cw_rk.change.agree"]
    assert list(found) == ["change"]
    assert list(found["change"]) == ["estimate", "se", "z", "p", "lower", "upper"]
    assert list(found["change"].values()) == pytest.approx(
        [case["estimate"], case["se"], case["z"], case["p_normal"], *case["ci95_normal"]], rel=1e-6
    )


def test_classes_are_clusters(analyse):
    found = analyse(
        {"data": str(golden.DATA / "cr_pupils.csv"), "design": {"clusters": "class_code"},
         "estimates": [{"id": "d", "kind": "contrast", "y": "score", "by": "phase",
                        "coefficients": {"post": 1, "pre": -1}}]}
    )  # fmt: skip
    expected = golden.cases()["pupils.unlinked"]["contrasts"][0]
    assert numbers(found["estimates"][0]) == pytest.approx(
        [expected["estimate"], expected["se"], *expected["ci95_t"]], rel=1e-6
    )
    assert (found["estimates"][0]["df"], found["weights"]["sweeps"]) == (15, None)


def test_strata_and_their_population_narrow_the_interval(analyse):
    file = "w,s,pop,y\n" + "".join(f"5,a,20,{y}\n2,b,8,{y % 3}\n" for y in range(4))
    spec = {"data": "answers.csv", "design": {"weights": "w", "strata": "s"},
            "estimates": [{"id": "m", "kind": "mean", "y": "y"}]}  # fmt: skip
    endless = analyse(spec, answers=file)["estimates"][0]
    spec["design"]["fpc"] = "pop"
    found = analyse(spec)["estimates"][0]
    assert (found["df"], found["estimate"]) == (6, endless["estimate"])
    assert found["se"] < endless["se"]


def test_whole_numbers_saved_with_a_point_are_the_same_answers(analyse):
    file = "wave,y\n1.0,4.0\n1.0,\n1.0,2.0\n2.0,4.0\n1.0, 4\n"
    spec = {"data": "answers.csv", "where": {"wave": 1}, "estimates": [AGREE | {"y": "y", "equals": [4, 5.0]}]}
    (found,) = analyse(spec, answers=file)["estimates"]
    assert (found["estimate"], found["n"]) == (pytest.approx(2 / 3), 3)


def test_small_counts_of_tables_are_hidden_with_what_gives_them_away(analyse):
    found = analyse({"tables": [{"id": "t", "counts": [[5, 17], [6, 1]], "threshold": 5}]})
    assert list(found) == ["weights", "estimates", "tables"]
    ((table),) = found["tables"]
    assert table["id"] == "t"
    assert [1, 1] in table["suppressed"]
    assert len(table["suppressed"]) >= 3


def test_what_has_no_number_says_why_on_standard_error(tmp_path, capsys):
    (tmp_path / "a.csv").write_text("g,y\nx,1\nx,2\none,3\nnone,\nx,4\n")
    (tmp_path / "spec.json").write_text(
        json.dumps({"data": "a.csv", "estimates": [{"id": "m", "kind": "mean", "y": "y", "by": "g"}]})
    )
    call_command("analyse_survey", tmp_path / "spec.json")
    printed = capsys.readouterr()
    rows = {row["group"]: row for row in json.loads(printed.out)["estimates"]}
    assert (rows["none"]["estimate"], rows["none"]["se"], rows["none"]["n"]) == (None, None, 0)
    assert (rows["one"]["estimate"], rows["one"]["se"]) == (3, None)
    assert printed.err.splitlines()[:2] == [
        "m, none: Nobody answered.", "m, one: One answer alone shows nothing of how far others would differ."
    ]  # fmt: skip


ROWS = "w,sex,y\n1,f,1\n2,m,0\n1,m,1\n"
PLAIN = {"data": "a.csv"}
SEX = {"margins": {"sex": {"f": 50, "m": 50}}}
MEAN = {"id": "m", "kind": "mean", "y": "y"}
LONELY = PLAIN | {"where": {"sex": "f"}, "estimates": [MEAN]}


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        (PLAIN | {"rake": {"margins": {"sex": {"f": 100}}}}, "In sex the category m has respondents and no target"),
        (PLAIN | {"rake": {"margins": {"sex": {"f": 5, "m": 4, "x": 1}}}}, "x has a target and no respondents"),
        (PLAIN | {"rake": {"margins": SEX["margins"] | {"y": {"0": 50, "1": 51}}}}, "sex of 100 and y of 101"),
        (PLAIN | {"design": {"weights": "gap"}}, "a.csv, line 3: gap is empty"),
        (PLAIN | {"design": {"weights": "weight"}}, "a.csv has no column weight; it has w, sex, y"),
        (PLAIN | {"rake": {"margins": {"age": {"f": 1}}}}, "no column age"),
        (PLAIN | {"where": {"wave": "1"}}, "no column wave"),
        (PLAIN | {"where": {"sex": ["x", "z"]}}, "No row of a.csv is left where sex is x or z"),
        (PLAIN | {"estimates": [MEAN | {"y": "sex"}]}, "line 2: sex is 'f', which is no number"),
        (PLAIN | {"estimates": [MEAN | {"y": "net"}]}, "no column net"),
        (PLAIN | {"estimates": [MEAN | {"kind": "median"}]}, "must be mean, proportion or contrast"),
        (PLAIN | {"estimates": [MEAN | {"kind": "proportion"}]}, "m: a proportion needs equals"),
        (PLAIN | {"estimates": [MEAN | {"equals": "1"}]}, "with equals it is a proportion"),
        (PLAIN | {"estimates": [MEAN | {"kind": "contrast"}]}, "a contrast needs by and coefficients"),
        (PLAIN | {"estimates": [MEAN | {"kind": "contrast", "by": "sex", "coefficients": {"x": 1}}]}, "x is not one"),
        (PLAIN | {"estimates": [{"id": "m", "kind": "mean"}]}, "Estimate 1 has no y"),
        (PLAIN | {"estimates": [AGREE | {"y": "y", "interval": "wald"}]}, "must be logit or beta"),
        (PLAIN | {"estimates": [MEAN | {"scores": {"1": True}}]}, "m: 1 must be a number"),
        (PLAIN | {"estimates": [AGREE | {"equals": [None]}]}, "None is neither a text nor a number"),
        (PLAIN | {"estimate": []}, "unknown key estimate; known are data"),
        (PLAIN | {"variance": "bootstrap"}, "must be fixed or raking-aware"),
        (PLAIN | {"variance": "raking-aware"}, "needs a raking"),
        (PLAIN | {"rake": SEX | {"trim": {"upper": 0.5}}}, "must be above 1"),
        (PLAIN | {"rake": SEX | {"trim": {"upper": "3"}}}, "trim: upper must be a number"),
        (PLAIN | {"rake": {"margins": {"sex": ["f"]}}}, "The margin sex must give numbers by name"),
        ({"data": "gone.csv"}, "gone.csv cannot be read"),
        ({"data": "empty.csv"}, "holds no rows below a header"),
        ({"data": "twice.csv"}, "two of one name"),
        ({"data": "short.csv"}, "line 2, has 1 fields and the header 2"),
        ({"estimates": []}, "names no data"),
        ({"tables": [{"id": "t", "counts": [[1, 2], [3]], "threshold": 5}]}, ""),
        ({"tables": [{"id": "t", "counts": [[9, 2], [3, 4]]}]}, "Table 1 needs an id, counts and a threshold"),
        ({"change": {"from": PLAIN, "to": PLAIN}}, "needs from, to and the id"),
        ({"change": {"from": PLAIN, "to": PLAIN, "estimate": "m"}}, "from must have one estimate m"),
        ({"change": {"from": {"estimates": [MEAN]}, "to": PLAIN, "estimate": "m"}}, "names no data"),
        ({"change": {"from": {"change": {}}, "to": PLAIN, "estimate": "m"}}, "from has an unknown key change"),
        ({"change": {"from": LONELY, "to": LONELY, "estimate": "m"}}, "from, m: One answer alone"),
        (PLAIN | {"change": {}}, "in place of the rest"),
        ([], "The spec must be an object in braces"),
        ("{", "is no JSON"),
        ('{"data": NaN}', "NaN is no number of JSON"),
        (PLAIN | {"estimates": [MEAN | {"scores": {"1": 1e60}}]}, "m: 1 must be a number"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_a_sentence_with_exit_status_2(tmp_path, spec, sentence):
    (tmp_path / "a.csv").write_text(ROWS)
    if "gap" in json.dumps(spec):
        (tmp_path / "a.csv").write_text("gap,y\n1,1\n,0\n")
    (tmp_path / "empty.csv").write_text("a,b\n")
    (tmp_path / "twice.csv").write_text("a,a\n1,2\n")
    (tmp_path / "short.csv").write_text("a,b\n1\n")
    path = tmp_path / "spec.json"
    path.write_text(spec if isinstance(spec, str) else json.dumps(spec))
    with pytest.raises(CommandError) as refused:
        call_command(Command(), path)
    assert refused.value.returncode == 2
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_spec_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("analyse_survey", tmp_path / "none.json")


def test_a_refusal_ends_the_process_with_status_2(tmp_path, capsys):
    spec = {"data": str(golden.DATA / "cr_waves.csv"), "rake": {"margins": {"sex": {"Female": 1.0}}}}
    (tmp_path / "spec.json").write_text(json.dumps(spec))
    with pytest.raises(SystemExit) as ended:
        Command().run_from_argv(["manage.py", "analyse_survey", str(tmp_path / "spec.json")])
    assert ended.value.code == 2
    assert capsys.readouterr() == ("", "CommandError: In sex the category Male has respondents and no target.\n")


def test_the_command_needs_no_environment_and_no_database(tmp_path):
    sexes = {"margins": {"sex": golden.MARGINS["sex"]}}
    spec = {"data": str(golden.DATA / "cr_waves.csv"), "rake": sexes, "estimates": [AGREE]}
    (tmp_path / "spec.json").write_text(json.dumps(spec))
    ran = subprocess.run(
        [sys.executable, REPOSITORY / "manage.py", "analyse_survey", tmp_path / "spec.json"],
        cwd=tmp_path, env={}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(ran.stdout)["estimates"][0]["n"] > 2000
