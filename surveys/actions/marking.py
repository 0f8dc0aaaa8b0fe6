"""What an analyst decides about marked responses."""

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log

from core.models import User
from surveys.enums import Mark, WaveState
from surveys.models import MarkDecision, Response, Wave

ROWS_AT_ONCE = 500


@transaction.atomic
def decide_mark(*, wave: Wave, mark: Mark, excludes: bool, reason: str, by: User | None = None) -> MarkDecision:
    """Keep the responses of ``wave`` with ``mark`` in its results or leave them out, on the record.

    A response with several marks is left out as soon as one of them is. A later decision takes the place of an earlier
    one; the log keeps both.

    Raises:
        ValidationError: the wave is not closed, or there is no reason.
    """
    wave = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    if wave.state != WaveState.CLOSED:
        raise ValidationError(
            "Decide once the wave is closed: until then nobody sees who is marked.", code="not_closed"
        )
    if not reason.strip():
        raise ValidationError("Say why, so that others can judge the results.", code="reason")
    decision, _ = MarkDecision.objects.update_or_create(
        wave=wave, mark=mark, defaults={"excludes": excludes, "reason": reason.strip()}
    )
    left_out = set(wave.mark_decisions.filter(excludes=True).values_list("mark", flat=True))
    found = [pk for pk, marks in wave.responses.values_list("pk", "marks") if not left_out.isdisjoint(marks)]
    wave.responses.update(excluded=False)
    for start in range(0, len(found), ROWS_AT_ONCE):
        Response.objects.filter(pk__in=found[start : start + ROWS_AT_ONCE]).update(excluded=True)
    data = {"mark": str(mark), "excludes": excludes, "reason": decision.reason}
    log(instance=wave, action="surveys.decide_mark", user=by, data=data)
    return decision
