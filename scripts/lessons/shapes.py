"""What a lesson is made of."""

from dataclasses import dataclass

STRANDS = "race, religion, sexual orientation, disability and transgender identity"
LICENCE = "Open Government Licence v3.0. You may copy, change and share this."


@dataclass(frozen=True)
class Step:
    """One part of a lesson: how long, its heading, what the teacher does, and which slide is shown."""

    minutes: int
    title: str
    text: str
    slide: int | None = None


@dataclass(frozen=True)
class Slide:
    """What the class sees, and what its teacher says or asks with it."""

    title: str
    points: tuple[str, ...]
    notes: str


@dataclass(frozen=True)
class Task:
    """One part of a worksheet: what to do, the items, and how much room each has to be answered in.

    ``lines`` is the number of lines under each item; none leaves a box before it, for a letter or a tick.
    """

    title: str
    items: tuple[str, ...]
    lines: int = 0


@dataclass(frozen=True)
class Question:
    """Something that pupils may say or ask, and what a teacher can answer."""

    asked: str
    answer: str


@dataclass(frozen=True)
class Lesson:
    """A lesson of 45 minutes: the plan, what the class sees and works on, and what the teacher needs to know."""

    code: str
    title: str
    audience: str
    learning: tuple[str, ...]
    curriculum: tuple[str, ...]
    preparation: tuple[str, ...]
    steps: tuple[Step, ...]
    support: str
    stretch: str
    check: str
    slides: tuple[Slide, ...]
    worksheet: tuple[Task, ...]
    background: tuple[str, ...]
    answers: tuple[str, ...]
    moments: tuple[Question, ...]
    after: tuple[str, ...]

    @property
    def minutes(self) -> int:
        """How long all its parts take together."""
        return sum(step.minutes for step in self.steps)
