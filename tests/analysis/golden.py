"""R's numbers for the synthetic council survey and the synthetic pupils, and the two samples themselves."""

import csv
import json
from functools import cache
from pathlib import Path

import numpy as np

from analysis.categories import Categorical, categorical
from analysis.design import Design, sample_design
from analysis.margins import Margin, margin, with_not_said
from analysis.raking import Raking, rake
from analysis.trimming import trim

DATA = Path(__file__).resolve().parents[1] / "data"
MARGINS = json.loads((DATA / "cr_margins.json").read_text())
THREE, FIVE = ("age", "sex", "eth"), ("age", "sex", "eth", "area", "tenure")
NOT_SAID = "Prefer not to say"


@cache
def cases() -> dict[str, dict]:
    return {case["id"]: case for case in json.loads((DATA / "cr_expected.json").read_text())["cases"]}


@cache
def _rows(file: str) -> list[dict[str, str]]:
    with (DATA / file).open() as text:
        return list(csv.DictReader(text))


def rows(design: str) -> list[dict[str, str]]:
    """Return the rows behind a design: pupils (dpup), both waves (cboth), or the wave that its name holds (cw1...)."""
    if design == "dpup":
        return _rows("cr_pupils.csv")
    waves = _rows("cr_waves.csv")
    return waves if design == "cboth" else [row for row in waves if row["wave"] == design[2]]


def column(design: str, name: str) -> Categorical:
    return categorical(row[name] for row in rows(design))


def numbers(design: str, name: str) -> np.ndarray:
    return np.array([float(row[name]) if row[name] else np.nan for row in rows(design)])


def answers(design: str, variable: str) -> np.ndarray:
    """Return agree, net or a column of a wave, hi or score of the pupils; NaN where there is no answer."""
    if variable in {"agree", "net"}:
        get_on = column(design, "get_on")
        scores = {"1": 0, "2": 0, "3": 0, "4": 1, "5": 1} | ({"1": -1, "2": -1} if variable == "net" else {})
        return get_on.scores(scores)
    if variable == "hi":
        return column(design, "score").equals("4", "5")
    return numbers(design, variable)


def margins(design: str, names: tuple[str, ...] = THREE) -> list[Margin]:
    return [margin(name, column(design, name), MARGINS[name]) for name in names]


@cache
def raking(design: str) -> Raking:
    base = sample_design(numbers(design, "base_w"))
    if design.endswith("rkpns"):
        said = column(design, "eth_pns")
        targets = with_not_said(MARGINS["eth"], said, base.weights, label=NOT_SAID)
        return rake(base, [*margins(design, ("age", "sex")), margin("eth_pns", said, targets)])
    return rake(base, margins(design, FIVE if design.endswith("rk5") else THREE))


@cache
def design(name: str) -> Design:
    """Return a design of the reference, made by our own engine from the base weights."""
    if name == "dpup":
        return sample_design(np.ones(len(rows(name))), clusters=[row["class_code"] for row in rows(name)])
    if name == "cboth":
        return sample_design(
            np.concatenate([raking("cw1").weights, raking("cw2").weights]), strata=[row["wave"] for row in rows(name)]
        )
    base = sample_design(numbers(name, "base_w"))
    if name in {"cw1", "cw2"}:
        return base
    raked = raking(name)
    if name.endswith("_fix"):
        return base.weighted(raked.weights)
    weights = trim(raked.weights, upper=3).weights if name.endswith("rktrim") else raked.weights
    return base.weighted(weights, calibration=raked.calibration)


@cache
def r_weights(design: str) -> np.ndarray:
    """Return the weights that R gave to the respondents of a raked design."""
    wave, name = design[2], "w_rk" if design.endswith(("_fix", "_cal")) else f"w_{design[4:]}"
    by_respondent = {row["resp_id"]: float(row[name]) for row in _rows(f"cr_wave{wave}_weights.csv")}
    return np.array([by_respondent[row["resp_id"]] for row in rows(design)])
