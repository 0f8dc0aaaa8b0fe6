"""What an analyst decides about marked responses."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from analysis.disclosure import FEWEST
from core.models import User
from surveys.enums import Mark, WaveState
from surveys.models import MarkDecision, Response, Wave
from surveys.queries import results_approved_on, were_figures_read

ROWS_AT_ONCE = 500


@transaction.atomic
def decide_mark(*, wave: Wave, mark: Mark, excludes: bool, reason: str, by: User | None = None) -> MarkDecision:
    """Keep the responses of ``wave`` with ``mark`` in its results or leave them out, on the record.

    A response with several marks is left out as soon as one of them is. A later decision takes the place of an earlier
    one; the log keeps both.

    Answers become results once, as one approved set, and two figures that differ by a few people's answers would give
    those away. So nothing is decided once results were approved. Where an indicator has read the answers before, a
    decision moves no answer or ten at least, and figures read after it say so with the day.

    Raises:
        ValidationError: the wave is not closed, there is no reason, results were approved, or figures were read and
            fewer than ten answers would move.
    """
    wave = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    if wave.state != WaveState.CLOSED:
        raise ValidationError(
            "Decide once the wave is closed: until then nobody sees who is marked.", code="not_closed"
        )
    if not reason.strip():
        raise ValidationError("Say why, so that others can judge the results.", code="reason")
    approved = results_approved_on(wave)
    if approved:
        raise ValidationError(
            f"Results of this wave were approved on {approved:%-d %B %Y}, so which answers count stays as it is.",
            code="approved",
        )
    decision, _ = MarkDecision.objects.update_or_create(
        wave=wave, mark=mark, defaults={"excludes": excludes, "reason": reason.strip()}
    )
    left_out = set(wave.mark_decisions.filter(excludes=True).values_list("mark", flat=True))
    before = set(wave.responses.filter(excluded=True).values_list("pk", flat=True))
    found = [pk for pk, marks in wave.responses.values_list("pk", "marks") if not left_out.isdisjoint(marks)]
    moved = len(before.symmetric_difference(found))
    if moved and were_figures_read(wave):
        _note_day(decision, moved)
    wave.responses.update(excluded=False)
    for start in range(0, len(found), ROWS_AT_ONCE):
        Response.objects.filter(pk__in=found[start : start + ROWS_AT_ONCE]).update(excluded=True)
    data = {"mark": str(mark), "excludes": excludes, "reason": decision.reason}
    log(instance=wave, action="surveys.decide_mark", user=by, data=data)
    return decision


def _note_day(decision: MarkDecision, moved: int) -> None:
    """Note that figures were read before ``decision``, by which answers are ``moved`` in or out.

    Raises:
        ValidationError: so few are moved that the figures before and after would tell what they are.
    """
    if moved < FEWEST:
        raise ValidationError(
            f"Figures of this wave were read already, and this would move fewer than {FEWEST} answers: the figures "
            "before and after would tell what these are. Leave it as it is.",
            code="few",
        )
    decision.revised_on = timezone.localdate()
    decision.save(update_fields=["revised_on"])
