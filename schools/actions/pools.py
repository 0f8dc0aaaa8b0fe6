"""What confirms the school of a class, and what publishes how many classes answered together."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from core.models import User
from core.refreshing import refresh_pages
from schools.classes.pooling import Answered, published, to_publish
from schools.models import ClassSession, LessonPack
from schools.models.pools import ClassPool
from schools.queries.classes import questions_of
from schools.queries.pools import (
    answered,
    asked_as,
    key_of,
    period_of,
    published_items,
    sessions_that_count,
    why_not_approve,
)

NOT_ENOUGH = "Not enough answers: 30 each time are needed, from three schools or more, in classes of ten or more."
NOTHING_NEW = (
    "Not enough answers to add to what is published. Whoever compares the two would learn what the new classes "
    "answered, so these need 30 answers each time, from three schools or more, by themselves."
)


@transaction.atomic
def confirm_school(*, session: ClassSession, by: User | None) -> ClassSession:
    """Say that ``session`` is a class of the school that it names, so that it counts in what is published.

    ``by`` is None where the demonstration does it, here and below.

    Raises:
        ValidationError: it names none.
    """
    held = ClassSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if held.school_id is None:
        raise ValidationError("This class names no school, so there is nothing to confirm.", code="school")
    held.confirmed_on = timezone.localdate()
    held.save(update_fields=["confirmed_on"])
    log(instance=held, action="schools.confirm_school", user=by, data={"school": str(held.school)})
    return held


@transaction.atomic
def work_out_pool(*, pack: LessonPack, by: User | None) -> ClassPool:
    """Work out what may be published of the classes of ``pack`` together, for a colleague to look at.

    Raises:
        ValidationError: something waits already, or no question has enough answers of enough schools that were not
            published before.
    """
    LessonPack.objects.select_for_update(of=("self",)).get(pk=pack.pk)
    if ClassPool.objects.waiting().filter(pack=pack).exists():
        raise ValidationError(
            "Something waits for a colleague already. It is approved or sent back first.", code="waits"
        )
    sessions = sessions_that_count(pack)
    told = answered(sessions)
    earlier = published_items(pack)
    items = [_item(said, told[key_of(said)], earlier.get(key_of(said), [])) for said in _asked(sessions)]
    if all("withheld" in item or item in earlier.get(key_of(item), []) for item in items):
        raise ValidationError(NOTHING_NEW if earlier else NOT_ENOUGH, code="few")
    pool = ClassPool.objects.create(pack=pack, figures={"items": items}, made_by=by)
    pool.sessions.set(sessions)
    log(instance=pool, action="schools.work_out_pool", user=by)
    return pool


def _item(said: dict[str, str], classes: Sequence[Answered], earlier: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return what may be published of one question; what was published of it stands where nothing may be added."""
    figures = published(to_publish(classes, [item["of"] for item in earlier]))
    if "withheld" in figures:
        return earlier[-1] if earlier else said | figures
    return said | figures | {"period": period_of(figures["of"])}


def _asked(sessions: Sequence[ClassSession]) -> list[dict[str, str]]:
    """Return what classes were asked as it is published, each once."""
    asked = [asked_as(one) for session in sessions for one in questions_of(session.version)]
    found = {key_of(said): said for said in asked}
    return [found[key] for key in sorted(found)]


@transaction.atomic
def approve_pool(*, pool: ClassPool, by: User) -> ClassPool:
    """Publish what a colleague had worked out.

    Raises:
        ValidationError: ``by`` may not, or it was published already.
    """
    held = ClassPool.objects.select_for_update(of=("self",)).get(pk=pool.pk)
    if why := why_not_approve(held, by):
        raise ValidationError(why, code="approve")
    held.approved_on, held.approved_by = timezone.localdate(), by
    held.save(update_fields=["approved_on", "approved_by"])
    log(instance=held, action="schools.approve_pool", user=by)
    refresh_pages()
    return held


@transaction.atomic
def send_back_pool(*, pool: ClassPool, by: User) -> None:
    """Throw away what waits for approval; nobody has seen it but staff.

    Raises:
        ValidationError: ``by`` may not, or it was published already.
    """
    held = ClassPool.objects.select_for_update(of=("self",)).get(pk=pool.pk)
    if why := why_not_approve(held, by):
        raise ValidationError(why, code="approve")
    log(instance=held.pack, action="schools.send_back_pool", user=by)
    held.delete()
