"""What became of an agreement, worked out anew from all that was heard of it.

Mailchimp tells a thing several times and in any order. So nothing is added up as it comes: each time, the whole story
is told again from its beginning, in the order in which it happened, and the same things make the same end.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from campaigns.models.hearings import AudienceEvent
from campaigns.models.signups import SignUp
from campaigns.updates.enums import Happening

# Within one second: the address first, since what follows is told of the new one; an end last, so that it holds.
ORDER = {Happening.UPEMAIL: 0, Happening.SUBSCRIBE: 1, Happening.PROFILE: 2}
LAST = 3


@dataclass(frozen=True)
class Outcome:
    """What became of one agreement."""

    confirmed_at: datetime | None = None
    changed_at: datetime | None = None
    withdrawn_at: datetime | None = None
    withdrawn_how: str = ""


def outcome(digest: str, agreed_at: datetime, events: Iterable[AudienceEvent]) -> Outcome:
    """Return what became of an agreement of ``agreed_at`` for the address with this ``digest``.

    An agreement that was withdrawn stays so: whoever wants news again agrees again, and has another row.
    """
    confirmed = changed = None
    for event in sorted(events, key=_place):
        if event.digest != digest or event.happened_at < agreed_at:
            continue
        if event.kind == Happening.UPEMAIL:
            digest = event.new_digest
        elif event.kind == Happening.SUBSCRIBE:
            confirmed = confirmed or event.happened_at
        elif event.kind == Happening.PROFILE:
            changed = event.happened_at
        else:
            return Outcome(confirmed, changed, event.happened_at, event.how)
    return Outcome(confirmed, changed)


def _place(event: AudienceEvent) -> tuple[datetime, int, str]:
    return event.happened_at, ORDER.get(Happening(event.kind), LAST), event.key


def work_out(digests: set[str]) -> int:
    """Write down what became of every agreement for an address among ``digests``; return how many changed."""
    sign_ups = SignUp.objects.filter(digest__in=earlier(digests)).select_for_update()
    found = list(sign_ups)
    events = list(AudienceEvent.objects.filter(digest__in=later({one.digest for one in found})))
    return sum(_write(one, outcome(one.digest, one.agreed_at, events)) for one in found)


def _write(sign_up: SignUp, became: Outcome) -> bool:
    new = vars(became)
    if all(getattr(sign_up, name) == value for name, value in new.items()):
        return False
    SignUp.objects.filter(pk=sign_up.pk).update(**new)
    return True


def earlier(digests: set[str]) -> set[str]:
    """Return ``digests`` with those of the addresses that theirs took the place of, however many ago."""
    return _closure(digests, "new_digest", "digest")


def later(digests: set[str]) -> set[str]:
    """Return ``digests`` with those of the addresses that took the place of theirs, however many after."""
    return _closure(digests, "digest", "new_digest")


def _closure(digests: set[str], known: str, sought: str) -> set[str]:
    found, new = set(digests), set(digests)
    changes = AudienceEvent.objects.filter(kind=Happening.UPEMAIL)
    while new:
        new = set(changes.filter(**{f"{known}__in": new}).values_list(sought, flat=True)) - found
        found |= new
    return found


def about_nobody(*, before: datetime) -> list[int]:
    """Return the keys of what was heard before ``before`` and is about no agreement that is kept."""
    follows: dict[str, set[str]] = defaultdict(set)
    for old, new in AudienceEvent.objects.filter(kind=Happening.UPEMAIL).values_list("digest", "new_digest"):
        follows[old].add(new)
    kept: set[str] = set()
    new_ones = set(SignUp.objects.values_list("digest", flat=True))
    while new_ones:
        kept |= new_ones
        new_ones = {new for old in new_ones for new in follows.get(old, ())} - kept
    heard = AudienceEvent.objects.filter(heard_at__lt=before, worked_at__isnull=False)
    return [key for key, digest in heard.values_list("pk", "digest") if digest not in kept]
