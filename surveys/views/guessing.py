"""Who types wrong codes is slowed, and then refused for an hour; what they typed stays in the box."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.limits import EVERYBODY, Limit, who
from surveys.views.turns import TURN, is_due, turn

SLOWED_AFTER = Limit("wrong-codes", most=5, minutes=10)
REFUSED_AFTER = Limit("wrong-codes-in-an-hour", most=20, minutes=60)
# Guessing from many addresses slows everybody who types a code, and refuses nobody.
ALL_SLOWED_AFTER = Limit("wrong-codes-of-all", most=500, minutes=10)
PAUSE = 30  # seconds


def held_up(request: HttpRequest) -> tuple[str, int]:
    """Return a sentence for whoever may not try a code now, and the seconds until they may; empty where they may."""
    guesser = who(request)
    if REFUSED_AFTER.is_reached(guesser):
        return _("Too many wrong codes were typed from your connection. Try again in an hour."), 3_600
    slowed = SLOWED_AFTER.is_reached(guesser) or ALL_SLOWED_AFTER.is_reached(EVERYBODY)
    if slowed and not is_due(request.POST.get(TURN, ""), guesser):
        return _("Several wrong codes were typed. Wait half a minute, then press the button again."), PAUSE
    return "", 0


def turn_of(request: HttpRequest) -> str:
    """Return what lets whoever was slowed try once their pause is over."""
    return turn(who(request), PAUSE)


def note_wrong(request: HttpRequest) -> None:
    """Count a wrong code. A slip that the last digit tells is none: it helps nobody to guess."""
    guesser = who(request)
    for limit in (SLOWED_AFTER, REFUSED_AFTER):
        limit.add(guesser)
    ALL_SLOWED_AFTER.add(EVERYBODY)
