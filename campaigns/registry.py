"""What other rooms offer to campaigns: pages that belong to one.

A room offers, in its ``related.py``, a function from a campaign to a condition on pages: which of its own belong to
the campaign, whatever their state and language. Who may see them is asked here, once for all rooms. A condition and
not a queryset: Django spends twice the time on a query made of queries.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db.models import Q

from core.registry import Registry

if TYPE_CHECKING:
    from campaigns.models import Campaign

related: "Registry[Callable[[Campaign], Q]]" = Registry("related")
