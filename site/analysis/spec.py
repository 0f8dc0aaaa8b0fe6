"""An analysis asked for in JSON and answered in JSON, so that anybody can check it against another tool.

`manage.py analyse_survey` reads the file and prints the answer; docs/statistics.md says what may stand in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.categories import Categorical, Floats
from analysis.change import between
from analysis.design import Design, sample_design
from analysis.disclosure import suppress
from analysis.estimates import Estimate, Estimates, contrast, mean, means, proportion, proportions
from analysis.margins import margin
from analysis.raking import rake
from analysis.sheet import Sheet, read_sheet
from analysis.spec_values import NUMBER, ONE_OR_MORE, Kinds, numbers, taken, texts
from analysis.trimming import trim
from analysis.weights import effective_size

Answer = dict[str, Any]
WAVE: Kinds = {"data": str, "where": dict, "design": dict, "rake": dict, "variance": str, "estimates": list}
KEYS: Kinds = {**WAVE, "tables": list, "change": dict}
DESIGN: Kinds = dict.fromkeys(("weights", "strata", "clusters", "fpc"), str)
ESTIMATE: Kinds = {
    "id": str, "kind": str, "y": str, "by": str, "scores": dict, "equals": ONE_OR_MORE, "interval": str,
    "coefficients": dict,
}  # fmt: skip


def answer(spec: Any, folder: Path) -> tuple[Answer, list[str]]:
    """Return the answer to ``spec``, and in sentences why an estimate of it has no number.

    The file of answers is looked for from ``folder``, that of the spec, and then from where the command is run.

    Raises:
        ValueError: the spec cannot be understood or the answers do not fit it; the sentence says what and where.
    """
    asked = taken(spec, KEYS, "The spec")
    if "change" in asked:
        if len(asked) > 1:
            raise ValueError("A change stands in place of the rest: leave out the other keys.")
        return {"change": _change(asked["change"], folder)}, []
    tables = [_table(table, place) for place, table in enumerate(asked.get("tables", []), start=1)]
    if tables and len(asked) == 1:
        return {"weights": None, "estimates": [], "tables": tables}, []
    analysis = Analysis(spec=asked, folder=folder)
    results = list(analysis.results())
    doubts = [f"{row.name}: {row.estimate.why_not}" for row in results if row.estimate.why_not]
    return {"weights": analysis.weights, "estimates": [row.as_json for row in results], "tables": tables}, doubts


@dataclass(frozen=True, kw_only=True)
class Result:
    """One line of the answer: the estimate ``id`` of ``group``, or of everybody."""

    id: str
    group: str | None
    estimate: Estimate

    @property
    def name(self) -> str:
        """What a sentence calls it."""
        return self.id if self.group is None else f"{self.id}, {self.group}"

    @property
    def as_json(self) -> Answer:
        """The line as it is printed."""
        found = self.estimate
        return {
            "id": self.id, "group": self.group, "estimate": found.value, "se": found.se, "df": found.df,
            "lower": found.lower, "upper": found.upper, "n": found.n, "n_eff": found.n_eff,
        }  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """The sample that a spec describes, weighted as it says."""

    spec: Answer
    folder: Path

    @cached_property
    def sheet(self) -> Sheet:
        """The rows that the spec picks, before the design is built."""
        if "data" not in self.spec:
            raise ValueError("The spec names no data: give the path of a CSV file.")
        beside = self.folder / self.spec["data"]
        sheet = read_sheet(beside if beside.exists() else Path(self.spec["data"]))
        return sheet.where({name: texts(values) for name, values in self.spec.get("where", {}).items()})

    @cached_property
    def drawn(self) -> Design:
        """The sample as it was drawn, with its base weights."""
        named = taken(self.spec.get("design", {}), DESIGN, "The design")
        sheet = self.sheet
        return sample_design(
            sheet.complete(named["weights"]) if "weights" in named else [1.0] * sheet.rows,
            strata=sheet.texts(named["strata"]) if "strata" in named else None,
            clusters=sheet.texts(named["clusters"]) if "clusters" in named else None,
            fpc=sheet.complete(named["fpc"]) if "fpc" in named else None,
        )

    @cached_property
    def raked(self) -> tuple[Design, int | None]:
        """The sample under the weights to estimate with, and the sweeps that raking them took."""
        variance = self.spec.get("variance", "fixed")
        if variance not in {"fixed", "raking-aware"}:
            raise ValueError("The variance must be fixed or raking-aware.")
        if "rake" not in self.spec:
            if variance == "raking-aware":
                raise ValueError("A raking-aware variance needs a raking: give margins, or take the fixed variance.")
            return self.drawn, None
        asked = taken(self.spec["rake"], {"margins": dict, "trim": dict}, "rake")
        margins = [
            margin(name, self.sheet.answers(name), numbers(targets, f"The margin {name}"))
            for name, targets in asked.get("margins", {}).items()
        ]
        raking = rake(self.drawn, margins)
        weights = raking.weights
        if "trim" in asked:
            limits = taken(asked["trim"], {"upper": NUMBER, "lower": NUMBER}, "trim")
            limits = numbers(limits, "trim") if limits else {}
            weights = trim(weights, upper=limits.get("upper"), lower=limits.get("lower")).weights
        calibration = raking.calibration if variance == "raking-aware" else None
        return self.drawn.weighted(weights, calibration=calibration), raking.sweeps

    @property
    def weights(self) -> Answer:
        """What the weights cost; the smallest and largest are in people, as the weights are."""
        (design, sweeps), n = self.raked, self.sheet.rows
        n_eff = effective_size(design.weights)
        least, most = float(design.weights.min()), float(design.weights.max())
        return {"n": n, "n_eff": n_eff, "deff": n / n_eff, "min": least, "max": most, "sweeps": sweeps}

    def results(self) -> Iterator[Result]:
        """Return a line for each estimate asked for, and for each of its groups.

        Raises:
            ValueError: an estimate cannot be understood, or names a column or group that is not there.
        """
        for place, one in enumerate(self.spec.get("estimates", []), start=1):
            asked = taken(one, ESTIMATE, f"Estimate {place}")
            for name in ("id", "kind", "y"):
                if name not in asked:
                    raise ValueError(f"Estimate {place} has no {name}.")
            yield from self._results(asked)

    def _results(self, asked: Answer) -> Iterator[Result]:
        name, kind = asked["id"], asked["kind"]
        if kind not in {"mean", "proportion", "contrast"}:
            raise ValueError(f"{name}: the kind must be mean, proportion or contrast.")
        if kind == "contrast":
            if "by" not in asked or "coefficients" not in asked:
                raise ValueError(f"{name}: a contrast needs by and coefficients.")
            found = self._by_group(asked, self.sheet.answers(asked["by"]))
            yield Result(id=name, group=None, estimate=contrast(found, numbers(asked["coefficients"], name)))
        elif "by" in asked:
            found = self._by_group(asked, self.sheet.answers(asked["by"]))
            for group, estimate in found.of.items():
                yield Result(id=name, group=group, estimate=estimate)
        else:
            yield Result(id=name, group=None, estimate=self._of_everybody(asked))

    def _of_everybody(self, asked: Answer) -> Estimate:
        design, y = self.raked[0], self._answers(asked)
        if "equals" in asked:
            return proportion(design, y, interval=asked.get("interval", "logit"))
        return mean(design, y)

    def _by_group(self, asked: Answer, groups: Categorical) -> Estimates:
        design, y = self.raked[0], self._answers(asked)
        if "equals" in asked:
            return proportions(design, y, groups, interval=asked.get("interval", "logit"))
        return means(design, y, groups)

    def _answers(self, asked: Answer) -> Floats:
        """Return a number for each row: 1 and 0 for a proportion, a score or the field's own number for a mean."""
        name, y = asked["id"], asked["y"]
        if asked["kind"] == "proportion" and "equals" not in asked:
            raise ValueError(f"{name}: a proportion needs equals, the answer or answers that count.")
        if asked["kind"] == "mean" and "equals" in asked:
            raise ValueError(f"{name}: a mean takes scores; with equals it is a proportion.")
        if "equals" in asked:
            counting = texts(asked["equals"])
            return self.sheet.answers(y, also=counting).equals(*counting)
        if "scores" in asked:
            scores = numbers(asked["scores"], name)
            return self.sheet.answers(y, also=list(scores)).scores(scores)
        return self.sheet.numbers(y)


def _change(asked: Answer, folder: Path) -> Answer:
    """Return the change of one estimate between two independent samples, each with a spec of its own."""
    named = taken(asked, {"from": dict, "to": dict, "estimate": str}, "change")
    if len(named) < 3:
        raise ValueError("A change needs from, to and the id of an estimate.")
    waves = [_single(named[key], named["estimate"], folder, key) for key in ("from", "to")]
    (earlier, earlier_se), (later, later_se) = waves
    change = between(earlier, earlier_se, later, later_se)
    return {
        "estimate": change.value, "se": change.se, "z": change.z, "p": change.p, "lower": change.lower,
        "upper": change.upper,
    }  # fmt: skip


def _single(spec: Answer, name: str, folder: Path, key: str) -> tuple[float, float]:
    found = [row for row in Analysis(spec=taken(spec, WAVE, key), folder=folder).results() if row.id == name]
    if len(found) != 1:
        raise ValueError(f"{key} must have one estimate {name}, of one group or of everybody; it has {len(found)}.")
    estimate = found[0].estimate
    if estimate.value is None or estimate.se is None:
        raise ValueError(f"{key}, {name}: {estimate.why_not}")
    return estimate.value, estimate.se


def _table(asked: Any, place: int) -> Answer:
    named = taken(asked, {"id": str, "counts": list, "threshold": int}, f"Table {place}")
    if len(named) < 3:
        raise ValueError(f"Table {place} needs an id, counts and a threshold.")
    hidden = suppress(named["counts"], threshold=named["threshold"])
    return {"id": named["id"], "suppressed": sorted([row, column] for row, column in hidden)}
