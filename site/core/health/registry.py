"""Parts that a room needs and the site can do without: what `manage.py doctor` says of each.

A room offers, in its ``doctor.py``, a part under the name that the doctor prints.
"""

from collections.abc import Callable
from dataclasses import dataclass

from core.registry import Registry


@dataclass(frozen=True, kw_only=True)
class Part:
    """``look`` says what it found, None where nobody set the part up, or raises ``Ill`` where it does not work."""

    look: Callable[[], str | None]
    absent: str
    """What only then does not work, and the mend."""


parts: Registry[Part] = Registry("doctor")
