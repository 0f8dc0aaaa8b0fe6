"""What a wave asks, what it asked before its corrections, and whose answers those leave out."""

from datetime import date
from functools import lru_cache

from surveys import runner
from surveys.comparing import Asked, changed_items
from surveys.content import instrument_body
from surveys.enums import Comparability, Mode, SampleType
from surveys.models import Instrument, Revision, Wave


def asked_by(wave: Wave, language: str = runner.ENGLISH) -> runner.Instrument:
    """Return what ``wave``, which has opened, asks, ready to walk: in ``language`` if it offers that, or in English.

    An instrument never changes, so it is read once.
    """
    return read_instrument(wave.asks, language)


def read_instrument(instrument: Instrument, language: str = runner.ENGLISH) -> runner.Instrument:
    """Return ``instrument`` ready to walk, in ``language`` if it offers that, or in English."""
    return _read_once(instrument.digest, language)


@lru_cache(maxsize=64)
def _read_once(digest: str, language: str) -> runner.Instrument:
    return runner.read(Instrument.objects.values_list("body", flat=True).get(digest=digest), language)


def asked_before(wave: Wave) -> list[runner.Instrument]:
    """Return what ``wave`` asked before its corrections, the latest first."""
    before = wave.revisions.order_by("-number").values_list("before__digest", flat=True)
    return [_read_once(digest, runner.ENGLISH) for digest in before]


def versions_of(wave: Wave) -> list[Instrument]:
    """Return all that ``wave``, which has opened, has asked, the earliest first: version 1, version 2 and so on."""
    revisions = list(wave.revisions.select_related("before", "instrument").order_by("number"))
    return [revisions[0].before, *(one.instrument for one in revisions)] if revisions else [wave.asks]


def version_of(wave: Wave, instrument: Instrument) -> int:
    """Return which version of what ``wave`` asks ``instrument`` is, from 1."""
    return 1 + [one.pk for one in versions_of(wave)].index(instrument.pk)


def asked_in(wave: Wave) -> Asked:
    """Return what ``wave`` asks of whom and how, for a comparison; a draft as it would open now."""
    ways = list(wave.collectors.values_list("mode", "sample_type")) or [(Mode.ONLINE, SampleType.OPEN)]
    return Asked(
        body=wave.body if wave.instrument_id else instrument_body(wave.questionnaire),
        kind=wave.kind,
        population=wave.population,
        modes=frozenset(mode for mode, _ in ways),
        sample_types=frozenset(sample_type for _, sample_type in ways),
    )


def corrected_on(wave: Wave | None) -> date | None:
    """Return the day of the last correction of ``wave``; None where it has had none."""
    found = Revision.objects.filter(wave=wave).order_by("-number") if wave else Revision.objects.none()
    return found.values_list("made_on", flat=True).first()


def left_out_since(wave: Wave, digest: str) -> frozenset[str]:
    """Return the keys of the questions whose answers to the instrument ``digest`` of ``wave`` no longer count."""
    revisions = list(wave.revisions.select_related("before", "instrument").order_by("number"))
    begins = next((place for place, one in enumerate(revisions) if one.before.digest == digest), len(revisions))
    changed = [
        changed_items(one.before.body, one.instrument.body)
        for one in revisions[begins:]
        if one.verdict == Comparability.EXCLUDED
    ]
    return frozenset().union(*changed)
