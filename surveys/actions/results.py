"""The figures of a closed wave: asked for by an analyst, computed by the worker, computed again to compare."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from wagtail.log_actions import log

from core.models import User
from surveys.enums import Kind, ResultState, WaveState
from surveys.models import Breakdown, Question, Recall, ResultSet, Survey, Wave
from surveys.models.results import strands_lacking
from surveys.queries import weighable_by
from surveys.results import CannotComputeError, Choices, compute
from surveys.results.choices import FEWEST, LEAST_FEWEST
from surveys.results.material import gather

logger = structlog.get_logger(__name__)

LOST_AFTER = timedelta(minutes=2)  # a worker says how far it is many times a minute
SECONDS_BETWEEN = 0.3


@transaction.atomic
def ask_for_results(*, wave: Wave, choices: Choices, by: User | None = None) -> ResultSet:
    """Ask the worker for the figures of ``wave``; return the row that waits for it.

    Raises:
        ValidationError: the wave is not closed, its population has no numbers for a margin, or the fewest people that a
            number may stand for are lowered without a reason.
    """
    wave = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)  # Two that ask at once get two numbers.
    if wave.state != WaveState.CLOSED:
        raise ValidationError("Results are computed once the wave is closed.", code="open")
    unknown = [code for code in choices.margins if code not in weighable_by(wave)]
    if unknown:
        raise ValidationError(f"The population has no numbers for {', '.join(unknown)}.", code="margins")
    if not LEAST_FEWEST <= choices.fewest <= FEWEST:
        raise ValidationError(f"A published number stands for {FEWEST} people, or {LEAST_FEWEST} for a reason.")
    if choices.fewest < FEWEST and not (choices.fewest_reason.strip() and choices.fewest_by):
        raise ValidationError(f"Say why a number may stand for fewer than {FEWEST} people.", code="fewest")
    last = ResultSet.objects.filter(wave=wave).aggregate(last=Max("number"))["last"] or 0
    results = ResultSet.objects.create(
        wave=wave,
        number=last + 1,
        choices=choices.as_json(),
        made_by=by,
        made_by_name=(by.get_full_name() or by.username) if by else "",
    )
    log(instance=wave, action="surveys.ask_for_results", user=by, data={"results": results.number})
    nudge(results)
    return results


def nudge(results: ResultSet) -> None:
    """Tell a worker of ``results`` after the commit; a nudge that is lost costs a minute, until the sweeper comes."""
    from surveys.tasks import compute_results as task

    transaction.on_commit(lambda: task.delay(results.pk), robust=True)


def compute_results(*, results: ResultSet) -> ResultSet:
    """Compute ``results`` unless somebody else is at it; one whose worker died is begun again.

    The work is done outside of a transaction, so that whoever waits sees how far it is. Two workers that are at it all
    the same compute the same digits, and the first to end writes them.
    """
    if not _begin(results):
        return ResultSet.objects.get(pk=results.pk)
    results = ResultSet.objects.select_related("wave__survey", "wave__instrument").get(pk=results.pk)
    try:
        record, figures = compute(gather(results), Choices.from_json(results.choices), _teller(results))
    except (CannotComputeError, ValidationError) as refused:
        _end(results, state=ResultState.FAILED, problem=" ".join(getattr(refused, "messages", [str(refused)])))
    except Exception as error:  # Whatever it was, the analyst is told, and the sweeper does not try for ever.
        logger.exception("results not computed", results=results.pk)
        problem = f"Something went wrong that nobody foresaw ({type(error).__name__}). Tell whoever runs the site."
        _end(results, state=ResultState.FAILED, problem=problem)
    else:
        today = timezone.localdate()
        _end(results, state=ResultState.READY, record=record, figures=figures, problem="", computed_on=today)
    return ResultSet.objects.get(pk=results.pk)


@transaction.atomic
def _begin(results: ResultSet) -> bool:
    row = ResultSet.objects.select_for_update(of=("self",)).get(pk=results.pk)
    now = timezone.now()
    is_lost = row.state == ResultState.COMPUTING and (row.touched is None or row.touched < now - LOST_AFTER)
    if row.state != ResultState.WAITING and not is_lost:
        return False
    row.state, row.done, row.of, row.touched = ResultState.COMPUTING, 0, 0, now
    row.save(update_fields=["state", "done", "of", "touched"])
    return True


def _teller(results: ResultSet) -> Callable[[int, int], None]:
    """Return what writes down how far the worker is, a few times a second at most."""
    told = -SECONDS_BETWEEN

    def tell(done: int, of: int) -> None:
        nonlocal told
        if time.monotonic() - told < SECONDS_BETWEEN and done < of:
            return
        told = time.monotonic()
        running = ResultSet.objects.filter(pk=results.pk, state=ResultState.COMPUTING)
        running.update(done=done, of=of, touched=timezone.now())

    return tell


def _end(results: ResultSet, **written: Any) -> None:
    ResultSet.objects.filter(pk=results.pk, state=ResultState.COMPUTING).update(touched=timezone.now(), **written)


@dataclass(frozen=True)
class Recomputed:
    """Whether the same digits came out again; ``differing`` are the codes of the questions where they did not."""

    same: bool
    differing: tuple[str, ...] = ()
    responses: tuple[int, int] = (0, 0)

    @property
    def sentence(self) -> str:
        """What came out."""
        before, now = self.responses
        if self.same:
            return "The same digits came out again."
        counted = f" {before:,} answers were counted then, and {now:,} now." if before != now else ""
        named = ", ".join(self.differing) or "what is known of the sample"
        return f"Other digits came out for {named}.{counted} Compute new results, and look at what was decided since."


def recompute(*, results: ResultSet) -> Recomputed:
    """Compute ``results`` again from the answers and compare the digests; nothing is written.

    Raises:
        ValidationError: it has no figures, its answers are deleted, or it can no longer be computed.
    """
    results = ResultSet.objects.select_related("wave__survey", "wave__instrument").get(pk=results.pk)
    if not results.is_readable:
        raise ValidationError("There are no figures yet to compare with.", code="unread")
    if not results.figures or not results.wave.responses.exists():
        raise ValidationError(
            "The answers are deleted, as was promised, so nothing can be computed again.", code="gone"
        )
    try:
        record, figures = compute(gather(results), Choices.from_json(results.choices))
    except CannotComputeError as refused:
        raise ValidationError(f"It can no longer be computed: {refused}", code="refused") from refused
    if record["digest"] == results.record["digest"]:
        return Recomputed(same=True)
    before = {item["key"]: item for item in results.figures["items"]}
    differing = [item["question"] for item in figures["items"] if not _alike(item, before.get(item["key"]))]
    counted = (results.record["quality"]["responses"], record["quality"]["responses"])
    return Recomputed(same=False, differing=tuple(differing), responses=counted)


def _alike(item: dict[str, Any], before: dict[str, Any] | None) -> bool:
    from surveys.results import digest_of

    return before is not None and digest_of(item) == digest_of(before)


@transaction.atomic
def set_breakdowns(*, survey: Survey, codes: Sequence[str], by: User | None = None) -> list[Breakdown]:
    """Declare by which questions the tables of ``survey`` are broken down, in this order; those before go.

    Raises:
        ValidationError: a question is unknown, lets people give several answers or asks about a campaign, or some
            strands are there without the others.
    """
    codes = list(dict.fromkeys(codes))
    one_answer = Question.objects.filter(wordings__kind__in=Kind.one_of)
    questions = {question.code: question for question in one_answer.filter(code__in=codes)}
    unknown = [code for code in codes if code not in questions]
    if unknown:
        raise ValidationError(f"People give no one answer to {', '.join(unknown)}, so it makes no groups.", code="kind")
    asked = Recall.objects.filter(survey=survey, question__in=questions.values()).first()
    if asked:
        raise ValidationError(
            f"{asked.question} says who came across “{asked.campaign}”: that is told by itself, and both might give "
            "small groups back.",
            code="recall",
        )
    lacking = strands_lacking(set(codes))
    if lacking:
        raise ValidationError(
            "No strand of hate crime stands above another: break down by all five or by none. Missing: "
            f"{', '.join(str(strand.label) for strand in lacking)}.",
            code="strands",
        )
    Breakdown.objects.filter(survey=survey).delete()
    made = [Breakdown(survey=survey, question=questions[code], order=order) for order, code in enumerate(codes)]
    log(instance=survey, action="surveys.set_breakdowns", user=by, data={"questions": codes})
    return Breakdown.objects.bulk_create(made)
