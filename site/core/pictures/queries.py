"""Who gives pictures up, and which of them somebody should look at."""

from datetime import timedelta
from typing import Any

from wagtail.images.permissions import permission_policy
from wagtail.models import ReferenceIndex

from core.approvals.queries import approves
from core.models.accounts import User
from core.models.pictures import Image
from core.pictures.models import Replacement, Step

SOON = timedelta(weeks=4)


def keeps_pictures(user: Any) -> bool:
    """Tell whether ``user`` keeps the library: who may change every picture of some collection."""
    return permission_policy.user_has_permission(user, "change")


def may_give_up(user: Any, picture: Image) -> bool:
    """Tell whether ``user`` may withdraw ``picture`` or ask for another in its place: who may change it."""
    return permission_policy.user_has_permission_for_instance(user, "change", picture)


def ending_soon() -> list[Image]:
    """Return the pictures whose last day is near, the nearest first."""
    return list(Image.objects.ending(within=SOON).order_by("ends_on", "pk"))


def given_up_on_pages() -> list[Image]:
    """Return the pictures that may not be used and that pages still hold, by title."""
    given_up = list(Image.objects.unusable().order_by("title", "pk"))
    held = ReferenceIndex.get_count_references_to_in_bulk(given_up) if given_up else {}
    return [picture for picture in given_up if held.get(picture)]


def replacements_to_confirm(user: User) -> list[Replacement]:
    """Return what waits for ``user`` to confirm, the oldest first: nothing that they asked for themselves."""
    asked = list(Replacement.objects.filter(step=Step.ASKED).exclude(asked_by=user).order_by("asked_at", "pk"))
    return asked if asked and approves(user) else []
