"""Who tries many wrong class codes over one connection waits half a minute for each further one; nobody is refused.

A school shares one connection, so refusing it for an hour would end the lesson of a class that did nothing wrong.
Whoever has a page of questions in front of them waits for nothing.
"""

from django.http import HttpRequest

from core.limits import EVERYBODY, Limit, who
from surveys.views.turns import TURN, is_due, turn

SLOWED_AFTER = Limit("wrong-class-codes", most=5, minutes=10)
ALL_SLOWED_AFTER = Limit("wrong-class-codes-of-all", most=500, minutes=10)
PAUSE = 30  # seconds


def must_wait(request: HttpRequest) -> bool:
    """Tell whether whoever asks may not try a code now."""
    guesser = who(request)
    slowed = SLOWED_AFTER.is_reached(guesser) or ALL_SLOWED_AFTER.is_reached(EVERYBODY)
    return slowed and not is_due(request.POST.get(TURN, ""), guesser)


def turn_of(request: HttpRequest) -> str:
    """Return what lets whoever waits try once their pause is over."""
    return turn(who(request), PAUSE)


def note_wrong(request: HttpRequest) -> None:
    """Count a code that no class has. A slip that the last digit tells is none: it helps nobody to guess."""
    SLOWED_AFTER.add(who(request))
    ALL_SLOWED_AFTER.add(EVERYBODY)
