"""What should not be at once, and by which rule. Reads rows that others fetched, and asks the database nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from campaigns.calendar.entries import Claim, Entry, midnight, overlap
from campaigns.calendar.enums import Rule

if TYPE_CHECKING:
    from campaigns.models import Decision, RestrictedPeriod

SENTENCES = {
    Rule.AUDIENCE: "{one} and {other} speak to the same people at once: {what}.",
    Rule.CHANNEL: "{one} and {other} use the same channel at once: {what}.",
    Rule.VENUE: "{one} and {other} are at the same venue at once: {what}.",
    Rule.PEOPLE_ASKED: "{one} and {other} ask the same people at once: {what}.",
}


@dataclass(frozen=True)
class Inside:
    """An entry that falls into a restricted period, with the decision that lets it, if there is one."""

    entry: Entry
    period: "RestrictedPeriod"
    decision: "Decision | None"

    @property
    def sentence(self) -> str:
        """Why that is a clash."""
        return (
            f"{named(self.entry)} falls into the restricted period “{self.period}” ({self.period.days}), and nobody "
            "has decided that it may."
        )


@dataclass(frozen=True)
class Clash:
    """Two things that should not be at once, or one inside a restricted period that nobody decided about."""

    rule: Rule
    entries: tuple[Entry, ...]
    sentence: str
    inside: Inside | None = None


def named(entry: Entry) -> str:
    """Return what an entry is called within a sentence."""
    sample = "sample data, " if entry.is_sample else ""
    return f"“{entry.title}” ({sample}{entry.kind.label.lower()}, {entry.when})"


def inside(
    entries: Iterable[Entry], periods: Iterable["RestrictedPeriod"], decisions: Iterable["Decision"]
) -> Iterator[Inside]:
    """Go through what falls into each of ``periods`` and needs a decision, decided or not."""
    standing = {(decision.period_id, decision.kind, decision.key): decision for decision in decisions}
    several = list(entries)
    for period in periods:
        span = midnight(period.starts), midnight(period.ends + timedelta(days=1))
        for entry in several:
            if entry.needs_decision and overlap(entry.span, span):
                found = (standing.get((period.pk, *name)) for name in sorted(entry.answers_to))
                yield Inside(entry, period, next((decision for decision in found if decision), None))


def undecided(found: Iterable[Inside]) -> Iterator[Clash]:
    """Go through what falls into a restricted period without a decision."""
    for one in found:
        if one.decision is None:
            yield Clash(Rule.RESTRICTED, (one.entry,), one.sentence, one)


def at_once(entries: Iterable[Entry]) -> Iterator[Clash]:
    """Go through pairs of entries that claim the same thing at the same time, a rule at a time."""
    claiming: defaultdict[tuple[Rule, str], list[tuple[Entry, Claim]]] = defaultdict(list)
    for entry in entries:
        for claim in entry.claims:
            claiming[claim.rule, claim.key].append((entry, claim))
    for (rule, _), several in sorted(claiming.items()):
        for (one, claim), (other, _) in combinations(sorted(several, key=lambda pair: pair[0].span[0]), 2):
            if one.name != other.name and overlap(one.span, other.span):
                words = SENTENCES[rule].format(one=named(one), other=named(other), what=claim.name)
                yield Clash(rule, (one, other), words)
