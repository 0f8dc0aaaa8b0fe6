"""The demonstration: each room offers its share in its own ``demo.py``; ``load_demo`` plays them in order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from core.registry import Registry

SAMPLE_PREFIX = "demo-"  # what the codes of the demonstration's own rows begin with


def typed_code(form: Any) -> str:
    """Return the code that was typed into ``form``, unless it begins like those of the demonstration.

    One that stands already stays: the rows of the demonstration are edited like any others.

    Raises:
        ValidationError: it would mark what staff make as invented.
    """
    code: str = form.cleaned_data["code"]
    if code.lower().startswith(SAMPLE_PREFIX) and code != form.initial.get("code"):
        raise ValidationError(
            f"“{SAMPLE_PREFIX}” is kept for the demonstration. Begin with another word.", code="sample_prefix"
        )
    return code


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """One room's share of the demonstration.

    ``load`` makes the content, or leaves it alone where it already stands, and calls what it is given once for
    each of its ``steps`` with a few words; ``remove`` takes all of it away again and nothing else. Chapters load
    in ascending ``order`` (the room's floor) and are removed in descending order.
    """

    order: int
    steps: int
    load: Callable[[Callable[[str], None]], None]
    remove: Callable[[], None]


chapters: Registry[Chapter] = Registry("demo")
