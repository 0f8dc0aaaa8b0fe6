"""In which ward events happen, for the ledger of reach."""

from collections import defaultdict

from events.models import EventPage
from reach.registry import Places, places


@places.offer("events")
def wards_of_events() -> Places:
    """Return the ward of every event whose dates are all in one; one that goes from ward to ward stands in none."""
    found = EventPage.objects.filter(event__occurrences__venue__isnull=False).values_list(
        "translation_key", "event__occurrences__venue__ward__key"
    )
    wards: dict[str, set[str | None]] = defaultdict(set)
    for page, ward in found.order_by("translation_key").distinct():
        wards[f"page-{page}"].add(ward)
    alone = {page: next(iter(keys)) for page, keys in wards.items() if len(keys) == 1}
    return Places(pages={page: ward for page, ward in alone.items() if ward})
