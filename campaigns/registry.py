"""What other rooms offer to campaigns: pages that belong to one.

A room offers, in its ``related.py``, a function from a campaign to a queryset of its own pages, whatever their state
and language; who may see them is asked here, once for all rooms.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from core.registry import Registry

if TYPE_CHECKING:
    from campaigns.models import Campaign

related: "Registry[Callable[[Campaign], Any]]" = Registry("related")
