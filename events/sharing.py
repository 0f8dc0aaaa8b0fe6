"""An event in schema.org's words."""

from django.utils import timezone

from core.sharing import COUNCIL, Node, address
from events.enums import State
from events.models import EventPage, Occurrence

STATUSES = {
    State.SCHEDULED: "EventScheduled",
    State.CANCELLED: "EventCancelled",
    State.POSTPONED: "EventPostponed",
}


def event_nodes(page: EventPage) -> list[Node]:
    """Return a node for each date to come of the page's event; none of an invented one."""
    if page.event.is_sample:
        return []
    dates = page.event.occurrences.select_related("venue").coming(timezone.now())
    return [_node(page, date) for date in dates]


def _node(page: EventPage, date: Occurrence) -> Node:
    where = "OfflineEventAttendanceMode" if date.venue else "OnlineEventAttendanceMode"
    return {
        "@type": "Event",
        "name": page.title,
        "description": page.summary,
        "url": address(page.url),
        "startDate": timezone.localtime(date.starts).isoformat(),
        "endDate": timezone.localtime(date.ends).isoformat(),
        "eventStatus": f"https://schema.org/{STATUSES[State(date.state)]}",
        "eventAttendanceMode": f"https://schema.org/{where}",
        "location": _place(date),
        "organizer": COUNCIL,
    }


def _place(date: Occurrence) -> Node:
    if date.venue is None:
        return {"@type": "VirtualLocation"} | ({"url": date.online_address} if date.is_standing else {})
    lines = ", ".join(line.strip() for line in date.venue.address.splitlines() if line.strip())
    postal = {"@type": "PostalAddress", "streetAddress": lines, "addressCountry": "GB"}
    if date.venue.postcode:
        postal["postalCode"] = date.venue.postcode
    return {"@type": "Place", "name": date.venue.name, "address": postal}
