"""The ceiling: a million synthetic respondents and five margins, against R's survey package where it is installed.

Run by itself, as `python -m benchmarks.million`, so that the peak of its memory is its own.
"""

import resource
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from analysis.categories import Categorical
from analysis.design import Design, sample_design
from analysis.estimates import mean, proportions
from analysis.margins import Margin
from analysis.raking import rake

ROWS, ROUNDS = 1_000_000, 5
SIZES = {"age": 6, "sex": 2, "eth": 5, "area": 20, "tenure": 3}
SHARES = 10
MOST_MEMORY = 1024  # MiB
PEER = Path(__file__).with_name("million.R")


class Sample:
    """The respondents, with their base weights, margins, one score and ten shares."""

    def __init__(self) -> None:
        chance = np.random.default_rng(5)
        self.columns = {name: chance.integers(0, size, ROWS).astype(np.intp) for name, size in SIZES.items()}
        self.weights = chance.uniform(0.5, 2, ROWS)
        self.score = self.columns["age"] + chance.normal(size=ROWS)
        self.shares = [(chance.random(ROWS) < 0.05 + 0.09 * number).astype(float) for number in range(SHARES)]
        self.targets = {name: 1e6 * (w := chance.uniform(1, 2, size)) / w.sum() for name, size in SIZES.items()}

    @property
    def design(self) -> Design:
        """The sample as it was drawn."""
        return sample_design(self.weights)

    def categories(self, name: str) -> Categorical:
        """One of the margins' columns."""
        return Categorical(labels=tuple(str(code + 1) for code in range(SIZES[name])), codes=self.columns[name])

    @property
    def margins(self) -> list[Margin]:
        """The population."""
        return [Margin(name=name, categories=self.categories(name), targets=self.targets[name]) for name in SIZES]

    def write(self, folder: Path) -> None:
        """Leave the same numbers where the peer can read them in a moment."""
        for name, codes in self.columns.items():
            (codes + 1).astype("<i4").tofile(folder / name)
            self.targets[name].astype("<f8").tofile(folder / f"{name}.targets")
        self.weights.astype("<f8").tofile(folder / "w")
        self.score.astype("<f8").tofile(folder / "score")
        for number, share in enumerate(self.shares):
            share.astype("<f8").tofile(folder / f"share{number}")


class Peer:
    """R in a process of its own that keeps its design between questions, and times itself."""

    def __init__(self, sample: Sample, folder: Path) -> None:
        sample.write(folder)
        self.process = subprocess.Popen(
            ["Rscript", PEER, folder, str(ROWS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, name: str) -> tuple[float, float]:
        """Return the seconds that it took, and the number that came out."""
        if not (self.process.stdin and self.process.stdout):
            raise SystemExit("R cannot be spoken to")
        self.process.stdin.write(name + "\n")
        self.process.stdin.flush()
        took, number = self.process.stdout.readline().split()
        return float(took), float(number)

    def end(self) -> None:
        """Let it go."""
        self.process.communicate(timeout=60)


def _has_peer() -> bool:
    asked = ["Rscript", "-e", "if (!requireNamespace('survey', quietly = TRUE)) quit(status = 1)"]
    return bool(shutil.which("Rscript")) and not subprocess.run(asked, check=False, capture_output=True).returncode


def measure() -> None:
    """Print the lines `rake`, `rake-and-mean`, `ten-shares-by-area` and `million-memory`."""
    sample = Sample()
    area = sample.categories("area")

    def raked() -> float:
        return float(rake(sample.design, sample.margins).weights.max())

    def raked_mean() -> float:
        raking = rake(sample.design, sample.margins)
        aware = sample.design.weighted(raking.weights, calibration=raking.calibration)
        return mean(aware, sample.score).se or 0.0

    def ten_shares() -> float:
        found = [proportions(sample.design, share, area) for share in sample.shares]
        return sum(one.se or 0.0 for by_area in found for one in by_area.of.values())

    with tempfile.TemporaryDirectory() as folder:
        peer = Peer(sample, Path(folder)) if _has_peer() else None
        for name, ours in {"rake": raked, "rake-and-mean": raked_mean, "ten-shares-by-area": ten_shares}.items():
            _line(name, ours, peer)
        if peer:
            peer.end()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"million-memory | {peak:.0f} MiB | {MOST_MEMORY} MiB | {MOST_MEMORY / peak:.2f}")


def _line(name: str, ours: Callable[[], float], peer: Peer | None) -> None:
    ours()
    rounds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        number = ours()
        took = time.perf_counter() - began
        peer_took, peer_number = peer.ask(name) if peer else (0.0, number)
        if abs(number / peer_number - 1) > 1e-4:
            raise SystemExit(f"{name}: we say {number} and the peer {peer_number}, so nothing was measured")
        rounds.append((took, peer_took))
    our_time, peer_time = (statistics.median(column) for column in zip(*rounds, strict=True))
    if peer:
        print(f"{name} | {our_time:.3f} s | {peer_time:.2f} s | {peer_time / our_time:.1f}", flush=True)
    else:
        print(f"{name} | {our_time:.3f} s | Rscript with the survey package is not installed | -", flush=True)


if __name__ == "__main__":
    measure()
