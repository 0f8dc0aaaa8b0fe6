"""The ways in to a wave, the codes of letters, and papers that are not brought in yet."""

from dataclasses import dataclass

from django.db.models import Count, Q

from surveys.enums import BatchState, CollectorKind
from surveys.models import Collector, PaperBatch, Wave


def placement_of(wave: Wave, code: str) -> Collector | None:
    """Return the placement of ``wave`` with this code; None where it has none, or ``code`` is empty."""
    return wave.collectors.filter(kind=CollectorKind.PLACEMENT, code=code).first() if code else None


def open_link_of(wave: Wave) -> Collector | None:
    """Return the open link of ``wave``; None where only those answer who were asked to."""
    return wave.collectors.filter(kind=CollectorKind.OPEN_LINK).first()


def takes_codes(wave: Wave) -> bool:
    """Tell whether people can begin ``wave`` with a single-use code."""
    return wave.collectors.filter(kind=CollectorKind.CODES).exists()


@dataclass(frozen=True)
class CodeCounts:
    """How many single-use codes of one way in were issued, came back, were used, and are neither."""

    issued: int
    undelivered: int
    used: int

    @property
    def unused(self) -> int:
        """How many letters may still lie on a table."""
        return self.issued - self.undelivered - self.used


def code_counts(collector: Collector) -> CodeCounts:
    """Count the single-use codes of ``collector``. A letter that came back is never counted as used."""
    used, undelivered = Q(used=True), Q(undelivered=True, used=False)
    return CodeCounts(
        **collector.single_use_codes.aggregate(
            issued=Count("pk"), undelivered=Count("pk", filter=undelivered), used=Count("pk", filter=used)
        )
    )


def unused_serials(collector: Collector) -> list[int]:
    """Return the serial numbers of the letters that neither came back nor were used: those to remind."""
    return list(collector.single_use_codes.filter(used=False, undelivered=False).values_list("serial", flat=True))


def papers_left(wave: Wave) -> list[str]:
    """Return a sentence for each batch of papers that would be lost if ``wave`` closed."""
    left = PaperBatch.objects.filter(collector__wave=wave, entries__isnull=False).exclude(state=BatchState.DONE)
    found = left.select_related("collector").distinct()
    return [f"{batch} is not brought in yet. Bring it in first, or take its papers out." for batch in found]
