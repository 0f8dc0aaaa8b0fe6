"""Entering what was counted elsewhere, and taking back what was wrong."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.log_actions import log

from core.models import User
from reach.models import OfflineFigure

# What a counter-entry has from the figure that it takes back.
_SAME = (
    "campaign_code",
    "placement_code",
    "ward_key",
    "channel",
    "metric",
    "method",
    "starts",
    "ends",
    "source",
    "evidence_document_id",
    "evidence_address",
    "confidence",
    "is_sample",
)


@transaction.atomic
def enter_figure(*, figure: OfflineFigure, by: User | None) -> OfflineFigure:
    """Keep a new figure.

    Raises:
        ValidationError: something in it is wrong; the sentence says what.
    """
    figure.entered_by = by
    figure.full_clean()
    figure.save()
    log(instance=figure, action="wagtail.create", user=by, content_changed=True)
    return figure


@transaction.atomic
def take_back(
    *, figure: OfflineFigure, reason: str, by: User | None, right_quantity: int | None = None
) -> OfflineFigure | None:
    """Take a figure back by a counter-entry that says why; return the right figure where its number is given.

    Raises:
        ValidationError: it is taken back already, or takes another back, or the right number is wrong.
    """
    locked = OfflineFigure.objects.select_for_update(of=("self",)).get(pk=figure.pk)
    if locked.corrects_id or locked.is_taken_back:
        raise ValidationError("This figure was taken back already. Enter the right one as a new figure.")
    same = {name: getattr(locked, name) for name in _SAME}
    try:
        with transaction.atomic():
            OfflineFigure.objects.create(
                **same, quantity=-locked.quantity, corrects=locked, reason=reason.strip(), entered_by=by
            )
    except IntegrityError as problem:
        raise ValidationError("Say in a sentence why the figure is taken back.") from problem
    log(instance=locked, action="wagtail.delete", user=by, content_changed=True, data={"reason": reason.strip()})
    if right_quantity is None:
        return None
    return enter_figure(figure=OfflineFigure(**same, quantity=right_quantity), by=by)
