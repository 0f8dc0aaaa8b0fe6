"""R's numbers for the synthetic council survey, and the survey itself."""

import csv
import json
from functools import cache
from pathlib import Path

import numpy as np

DATA = Path(__file__).resolve().parents[1] / "data"


@cache
def cases() -> dict[str, dict]:
    return {case["id"]: case for case in json.loads((DATA / "cr_expected.json").read_text())["cases"]}


@cache
def _rows(wave: str) -> list[dict[str, str]]:
    with (DATA / "cr_waves.csv").open() as file:
        return [row for row in csv.DictReader(file) if row["wave"] == wave]


@cache
def _raked(wave: str) -> dict[str, float]:
    with (DATA / f"cr_wave{wave}_weights.csv").open() as file:
        return {row["resp_id"]: float(row["w_rk"]) for row in csv.DictReader(file)}


def weights(design: str) -> np.ndarray:
    """Return the weights of the designs cw1, cw1_fix, cw2 or cw2_fix."""
    wave = design[2]
    raked = _raked(wave) if design.endswith("_fix") else None
    return np.array([raked[row["resp_id"]] if raked else float(row["base_w"]) for row in _rows(wave)])


def answers(design: str, variable: str) -> np.ndarray:
    """Return agree, net, safe_dark, conf_report or hate_exp of a wave, NaN where there is no answer."""
    column = "get_on" if variable in {"agree", "net"} else variable
    raw = np.array([float(row[column]) if row[column] else np.nan for row in _rows(design[2])])
    if column != "get_on":
        return raw
    agree, disagree = np.where(raw >= 4, 1.0, 0.0), np.where(raw <= 2, 1.0, 0.0)
    return np.where(np.isnan(raw), np.nan, agree - disagree if variable == "net" else agree)
