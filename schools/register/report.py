"""What bringing in a file of the register would change, or changed, for those who decide and for the record."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from schools.enums import RegisterKind

MOST_NAMED = 100
# What may become of a school or of a link, in the order in which it is told, and whether each one is named.
WORDS = {
    "added": "{count} added",
    "changed": "{count} changed",
    "closed": "{count} closed",
    "reopened": "{count} opened again",
    "removed": "{count} removed",
    "unchanged": "{count} unchanged",
}
BESIDE = {
    "elsewhere": "{count} of other local authorities were passed over.",
    "missing": "{count} that are here do not stand in the file, and stay as they are.",
    "unknown": "{count} name a school that is not here, and were passed over: bring in the schools first.",
    "other links": "{count} say something else than who followed whom, and were passed over.",
    "without ward": "{count} of the council's own schools are in no ward that is known here.",
}
NAMED = ("closed", "reopened", "changed", "removed", "missing")


@dataclass
class Report:
    """How many rows became what, by the words above, with the first names of each; and the rows left out, with why."""

    kind: RegisterKind
    counts: Counter[str] = field(default_factory=Counter)
    names: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    left_out: list[str] = field(default_factory=list)
    rows: int = 0

    def add(self, what: str, name: str = "") -> None:
        """Count one more that became ``what``, and keep its name while there are few."""
        self.counts[what] += 1
        if what in NAMED and len(self.names[what]) < MOST_NAMED:
            self.names[what].append(name)

    def leave_out(self, row: int, sentence: str) -> None:
        """Note a row that cannot be read."""
        self.counts["left out"] += 1
        if len(self.left_out) < MOST_NAMED:
            self.left_out.append(f"Row {row}: {sentence}")

    @property
    def sentence(self) -> str:
        """What becomes of the rows, in one line."""
        told = [words.format(count=f"{self.counts[what]:,}") for what, words in WORDS.items() if self._is_told(what)]
        return f"{self.kind.label}: {', '.join(told)}."

    def _is_told(self, what: str) -> bool:
        of_links = {"added", "changed", "removed", "unchanged"}
        return what in of_links if self.kind == RegisterKind.LINKS else what != "removed"

    @property
    def notes(self) -> list[str]:
        """What somebody should know beside that."""
        notes = [words.format(count=f"{self.counts[what]:,}") for what, words in BESIDE.items() if self.counts[what]]
        if self.counts["left out"]:
            notes.append(f"{self.counts['left out']:,} rows cannot be read and are left out.")
        return notes

    @property
    def lists(self) -> list[tuple[str, list[str], int]]:
        """What is named, each with its first names and how many more there are."""
        named = [(what, self.names[what]) for what in NAMED if self.names[what]]
        if self.left_out:
            named.append(("left out", self.left_out))
        return [(what, names, self.counts[what] - len(names)) for what, names in named]

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {
            "kind": self.kind,
            "counts": self.counts,
            "names": self.names,
            "left_out": self.left_out,
            "rows": self.rows,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Report":
        """Return the report that was kept as ``kept``."""
        return cls(
            RegisterKind(kept["kind"]),
            Counter(kept["counts"]),
            defaultdict(list, kept["names"]),
            list(kept["left_out"]),
            kept["rows"],
        )
