"""What turns papers into answers: typing in, typing a tenth again, settling what differs, bringing in."""

from collections.abc import Mapping
from math import ceil
from random import SystemRandom

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from core.models import User
from surveys.actions.answering import UnfinishedError, WaveClosedError, record
from surveys.enums import BatchState, WaveState
from surveys.models import Collector, PaperBatch, PaperEntry
from surveys.models.papers import MOST_PAPERS
from surveys.paper.comparing import differences
from surveys.queries import read_instrument, versions_of
from surveys.runner import Answer, Answers

TYPED_TWICE = 0.1  # of a batch, and one paper at least


@transaction.atomic
def begin_batch(*, collector: Collector, version: int | None = None) -> PaperBatch:
    """Begin the next batch of papers, which were all printed from one ``version`` of what the wave asks: else the last.

    Raises:
        ValidationError: its wave takes no answers, or has no such version.
    """
    Collector.objects.select_for_update(of=("self",)).get(pk=collector.pk)
    if collector.wave.state in {WaveState.DRAFT, WaveState.CLOSED}:
        state = collector.wave.get_state_display().lower()
        raise ValidationError(f"This wave is {state}, so it takes no papers.", code="closed")
    versions = versions_of(collector.wave)
    number = len(versions) if version is None else version
    if not 1 <= number <= len(versions):
        raise ValidationError("Choose the version that stands at the foot of the papers.", code="version")
    last = collector.batches.order_by("-number").values_list("number", flat=True).first()
    return PaperBatch.objects.create(
        collector=collector,
        number=(last or 0) + 1,
        instrument=versions[number - 1],
        touched=timezone.localdate(),
    )


@transaction.atomic
def key_paper(*, batch: PaperBatch, serial: int, language: str, answers: Answers, by: User) -> PaperEntry:
    """Keep what a new paper says.

    Raises:
        ValidationError: the batch is finished or full, or has a paper with this number.
    """
    batch = _held(batch, BatchState.KEYING)
    if batch.collector.wave.state == WaveState.CLOSED:
        raise ValidationError("The wave is closed, so it takes no papers.", code="closed")
    if batch.entries.filter(serial=serial).exists():
        raise ValidationError(
            {"serial": f"Paper {serial} is in this batch already. Give the number that stands on this paper."}
        )
    if batch.entries.count() >= MOST_PAPERS:
        raise ValidationError(f"A batch holds {MOST_PAPERS} papers. Finish this one and begin another.", code="full")
    return PaperEntry.objects.create(batch=batch, serial=serial, language=language, answers=dict(answers), keyed_by=by)


@transaction.atomic
def correct_paper(*, entry: PaperEntry, serial: int, language: str, answers: Answers) -> None:
    """Change what was typed of a paper, while its batch is typed in.

    Raises:
        ValidationError: the batch is finished, or another of its papers has this number.
    """
    batch = _held(entry.batch, BatchState.KEYING)
    if batch.entries.filter(serial=serial).exclude(pk=entry.pk).exists():
        raise ValidationError({"serial": f"Another paper in this batch has the number {serial}. Give it its own."})
    entry.serial, entry.language, entry.answers = serial, language, dict(answers)
    entry.save(update_fields=["serial", "language", "answers"])


@transaction.atomic
def take_paper_out(*, entry: PaperEntry) -> None:
    """Forget a paper, while its batch is typed in.

    Raises:
        ValidationError: the batch is finished.
    """
    _held(entry.batch, BatchState.KEYING)
    entry.delete()


@transaction.atomic
def finish_batch(*, batch: PaperBatch) -> None:
    """End the typing, and draw a tenth of the papers by chance for somebody else to type in again.

    Raises:
        ValidationError: the batch is finished, or has no paper.
    """
    batch = _held(batch, BatchState.KEYING)
    papers = list(batch.entries.values_list("pk", flat=True))
    if not papers:
        raise ValidationError("This batch has no papers yet.", code="empty")
    drawn = SystemRandom().sample(papers, ceil(len(papers) * TYPED_TWICE))
    batch.entries.filter(pk__in=drawn).update(drawn=True)
    batch.state = BatchState.CHECKING
    batch.save(update_fields=["state"])


@transaction.atomic
def key_again(*, entry: PaperEntry, answers: Answers, by: User) -> None:
    """Keep what a second person typed of a paper that was drawn; it is settled at once where both typed the same.

    Raises:
        ValidationError: it was not drawn or is typed twice already, or ``by`` typed it in the first time.
    """
    batch = _held(entry.batch, BatchState.CHECKING)
    entry = PaperEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if not entry.drawn or entry.again is not None:
        raise ValidationError("This paper is not to be typed in again.", code="again")
    if entry.keyed_by_id == by.pk:
        raise ValidationError("You typed this paper in. Somebody else has to type it the second time.", code="same")
    differing = differences(entry.answers, answers)
    entry.again, entry.settled = dict(answers), not differing
    entry.save(update_fields=["again", "settled"])
    batch.compared += sum(1 for item in read_instrument(batch.instrument).items if item.asks)
    batch.differed += len(differing)
    batch.save(update_fields=["compared", "differed"])


@transaction.atomic
def settle_paper(*, entry: PaperEntry, answers: Mapping[str, Answer]) -> None:
    """Take ``answers``, read from the paper itself, where two people typed different ones.

    Raises:
        ValidationError: it was not typed twice.
    """
    _held(entry.batch, BatchState.CHECKING)
    entry = PaperEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if entry.again is None:
        raise ValidationError("Somebody else has to type this paper in again first.", code="again")
    entry.answers, entry.settled = {**entry.answers, **answers}, True
    entry.save(update_fields=["answers", "settled"])


@transaction.atomic
def reopen_batch(*, batch: PaperBatch) -> None:
    """Go back to typing: what was drawn and typed a second time counts no more.

    Raises:
        ValidationError: it is not being checked.
    """
    batch = _held(batch, BatchState.CHECKING)
    batch.entries.update(drawn=False, again=None, settled=False)
    batch.state, batch.compared, batch.differed = BatchState.KEYING, 0, 0
    batch.save(update_fields=["state", "compared", "differed"])


@transaction.atomic
def bring_in(*, batch: PaperBatch, by: User) -> int:
    """Turn the papers into answers, in an order drawn by chance, and forget them; return how many there were.

    Raises:
        ValidationError: a paper that was drawn is not settled, the wave takes no answers, or an answer does not fit
            what the paper asks.
    """
    batch = _held(batch, BatchState.CHECKING)
    papers = list(batch.entries.all())
    if any(paper.drawn and not paper.settled for paper in papers):
        raise ValidationError("Not every paper that was drawn is typed in again and settled.", code="unsettled")
    SystemRandom().shuffle(papers)
    for paper in papers:
        _record(batch, paper)
    batch.entries.all().delete()
    batch.state, batch.papers = BatchState.DONE, len(papers)
    batch.save(update_fields=["state", "papers"])
    log(instance=batch.collector.wave, action="surveys.bring_in", user=by, data={"papers": len(papers)})
    return len(papers)


def _record(batch: PaperBatch, paper: PaperEntry) -> None:
    collector = batch.collector
    try:
        record(
            wave=collector.wave,
            collector=collector,
            answers=paper.answers,
            language=paper.language,
            instrument=batch.instrument,
        )
    except WaveClosedError:
        raise ValidationError("The wave takes no more answers.", code="closed") from None
    except UnfinishedError as wrong:
        said = " ".join(sorted(set(wrong.problems.values())))
        raise ValidationError(
            f"Paper {paper.serial}: {said} Go back to typing and mend it.",
            code="wrong",
        ) from None


def _held(batch: PaperBatch, state: BatchState) -> PaperBatch:
    """Return ``batch`` under a lock, noting that it is worked on today.

    Raises:
        ValidationError: it is in another state.
    """
    held = (
        PaperBatch.objects.select_for_update(of=("self",))
        .select_related("collector__wave", "instrument")
        .get(pk=batch.pk)
    )
    if held.state != state:
        raise ValidationError(f"This batch is {held.get_state_display().lower()}.", code="state")
    held.touched = timezone.localdate()
    held.save(update_fields=["touched"])
    return held
