"""What an evaluation is made of, as plain values that can be kept as JSON and shown again as they were."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any, Self

from campaigns.enums import LessonKind, Level
from indicators.enums import Marker


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing known of a campaign, as the public may see it.

    ``value`` is the number alone, None where there is none or it is withheld; ``shown`` is what people read instead of
    it. ``about`` is the sentence that may be said of it and no more; ``rule`` how things of its kind are counted, told
    once for all of them; ``rests_on`` names what the number is taken from.

    ``corrected_on`` and ``newer_at`` say that what it is taken from was corrected since, and where that stands: worked
    out whenever it is read (``campaigns.queries.evaluations.said_by``), so that nothing that was approved is changed.
    """

    level: str
    label: str
    shown: str
    method: str
    source: str
    value: float | None = None
    unit: str = ""
    interval: str = ""
    base: str = ""
    about: str = ""
    url: str = ""
    is_sample: bool = False
    rests_on: tuple[str, ...] = ()
    rule: str = ""
    corrected_on: str = ""
    newer_at: str = ""

    @property
    def said(self) -> str:
        """All that may be said of it, where it stands by itself."""
        return " ".join(filter(None, (self.rule, self.about)))

    @property
    def corrected(self) -> str:
        """That what it is taken from was corrected since, in a sentence; empty where it was not."""
        if not self.corrected_on:
            return ""
        where = f" The newer results stand at {self.newer_at}" if self.newer_at else " The newer results are published."
        return f"Corrected since, on {self.corrected_on}.{where}"

    @property
    def known(self) -> str:
        """How it is known and who says so, in two sentences."""
        return f"{self.method.rstrip('.')}. Source: {self.source.rstrip('.')}."


@dataclass(frozen=True, kw_only=True)
class Report:
    """All that an evaluation says, in the order in which it is read."""

    title: str
    code: str
    dates: str
    aim: str
    serves: str
    counted_to: str
    made_on: str
    objectives: list[str]
    lines: list[Line]
    lessons: list[tuple[str, str]]

    @property
    def levels(self) -> list[tuple[Level, list[Line]]]:
        """The four levels with the lines of each; a level that nothing is known of has none."""
        return [(level, [line for line in self.lines if line.level == level]) for level in Level]

    @property
    def rules(self) -> list[tuple[str, str]]:
        """How each kind of thing is counted, each rule once."""
        return list(dict.fromkeys((line.unit.capitalize(), line.rule) for line in self.lines if line.rule))

    @property
    def learnt(self) -> list[tuple[LessonKind, list[str]]]:
        """The lessons by kind."""
        return [(kind, [text for told, text in self.lessons if told == kind]) for kind in LessonKind]

    @property
    def markers(self) -> list[tuple[str, str]]:
        """Every marker that its numbers or what is said of them use, as printed, with what it means."""
        words = " ".join(f"{line.shown} {line.said}" for line in self.lines)
        return [(f"[{marker}]", str(marker.label)) for marker in Marker if f"[{marker}]" in words]

    @property
    def is_sample(self) -> bool:
        """Whether any of its numbers is invented."""
        return any(line.is_sample for line in self.lines)

    def as_json(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        made: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return made

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Self:
        """Return what was ``kept`` as JSON."""
        lines = [Line(**line) for line in kept["lines"]]
        lessons = [(kind, text) for kind, text in kept["lessons"]]
        return cls(**{**kept, "lines": lines, "lessons": lessons})


def digest_of(kept: dict[str, Any]) -> str:
    """Return the SHA-256 of what was ``kept``, written one way only: the order of keys changes nothing."""
    canonical = json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
