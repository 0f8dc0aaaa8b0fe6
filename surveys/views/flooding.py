"""Who sends many answers over one connection waits in between, with the answers kept; nobody is refused."""

from datetime import date
from typing import Any

from django.db.models import Max
from django.http import HttpResponse

from core.limits import Limit, who
from surveys.enums import Mark
from surveys.models import Collector
from surveys.views.turns import TURN, is_due, left, turn
from surveys.views.visits import Visit

# A class, a mosque or a library full of people answers over one connection; a machine takes no ten minutes for that.
MOST, MINUTES = 40, 10
STEP, LONGEST = 6, 300  # seconds that each one who waits stands behind the one before, and the longest wait
TRAP = "message"


def limit_of(collector: Collector, on: date) -> Limit:
    """Return how many may send by ``collector`` over one connection on the day ``on`` before others wait."""
    raised = collector.raised_limits.filter(day=on).aggregate(most=Max("most"))["most"]
    return Limit(f"sent-{collector.pk}", most=max(MOST, raised or 0), minutes=MINUTES)


def wait(visit: Visit, limit: Limit) -> HttpResponse | None:
    """Return the page that asks to wait; None for whoever need not, or has waited."""
    sender, given = who(visit.request), visit.request.POST.get(TURN, "")
    if not limit.is_reached(sender) or is_due(given, visit.token_digest):
        return None
    seconds = left(given, visit.token_digest)
    if not seconds:
        queue = Limit(f"{limit.name}-waiting", most=0, minutes=MINUTES)
        queue.add(sender)
        seconds = min(LONGEST, STEP * max(1, queue.count(sender)))
        given = turn(visit.token_digest, seconds)
    sent: dict[str, Any] = {name: visit.request.POST[name] for name in ("copy", "wanted") if name in visit.request.POST}
    response = visit.show("surveys/wait.html", {"seconds": seconds, "turn": given, "sent": sent}, status=429)
    response["Retry-After"] = str(seconds)
    return response


def marks_of(visit: Visit) -> set[Mark]:
    """Return the marks that the sending itself earns."""
    return {Mark.TRAP} if visit.request.POST.get(TRAP) else set()
