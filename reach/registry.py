"""What other rooms tell the ledger, which holds codes and knows no rows: in which ward a thing stands.

A room offers, in its ``places.py``, a function that gives the ward of each placement, and of each page whose subject
has a place. Never the ward of a visitor: nobody knows it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from core.registry import Registry


@dataclass(frozen=True, kw_only=True)
class Places:
    """Keys of wards (``core.models.Ward.key``), by the code of a placement and by the key of a page."""

    placements: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)


places: Registry[Callable[[], Places]] = Registry("places")


def every_place() -> Places:
    """Return what all rooms offer together."""
    offered = [offer() for _, offer in places.items()]
    return Places(
        placements={code: ward for offer in offered for code, ward in offer.placements.items()},
        pages={key: ward for offer in offered for key, ward in offer.pages.items()},
    )
