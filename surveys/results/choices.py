"""What an analyst chooses before the figures of a wave are computed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

FEWEST, LEAST_FEWEST = 10, 5
USUAL_TRIM = 3.0


class Part(StrEnum):
    """Whose answers are counted: people whom chance chose are never mixed with others without a word."""

    ALL = "all"
    RANDOM = "random"


class NotSaid(StrEnum):
    """What becomes of people who did not say what they are weighted by."""

    OWN = "own"  # a category of their own, which keeps the share that it has in the sample
    REFUSE = "refuse"


class Variance(StrEnum):
    """Whether the standard errors know that weights were made to match the population."""

    FIXED = "fixed"
    RAKING_AWARE = "raking-aware"


class CannotComputeError(Exception):
    """Why no figures can be computed, and the mend, in a sentence."""


@dataclass(frozen=True, kw_only=True)
class Choices:
    """One set of choices. ``margins`` are codes of questions; without any, every person counts as they were drawn.

    ``trim`` is the largest weight, in mean weights. ``fewest`` is how few people a published number may stand for; a
    named person may lower it with a reason.
    """

    part: Part = Part.ALL
    margins: tuple[str, ...] = ()
    not_answered: NotSaid = NotSaid.OWN
    trim: float | None = USUAL_TRIM
    variance: Variance = Variance.FIXED
    without_marked: bool = False
    fewest: int = FEWEST
    fewest_reason: str = ""
    fewest_by: str = ""

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Choices":
        """Return the choices that a result set keeps."""
        read = {"margins": tuple(said["margins"])} if "margins" in said else {}
        kinds = {"part": Part, "not_answered": NotSaid, "variance": Variance}
        return cls(**{**said, **read, **{name: kind(said[name]) for name, kind in kinds.items() if name in said}})

    def as_json(self) -> dict[str, Any]:
        """Return them as a result set keeps them."""
        return {**asdict(self), "margins": list(self.margins)}
