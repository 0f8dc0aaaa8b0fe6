"""What is kept of answers: copies in shuffled order, so that nothing says who came when; words wait to be read."""

from random import SystemRandom
from typing import Any

from django.db import models, transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from surveys.marking import marked_together
from surveys.models import Response, Text, Wave
from surveys.runner import Answers, Instrument

AT_A_TIME = 500
BATCH = 20  # as many new responses as it takes before they are shuffled while their wave is open


def rewrite_due() -> int:
    """Rewrite the responses of every wave with a batch of new ones; return how many were written.

    It goes by the clock, so that a batch is not closed by the person who made it full.
    """
    fresh = Count("responses", filter=Q(responses__rewritten=False))
    due = Wave.objects.annotate(fresh=fresh).filter(fresh__gte=BATCH)
    return sum(rewrite_shuffled(wave=wave, at_least=BATCH) for wave in due)


@transaction.atomic
def rewrite_shuffled(*, wave: Wave, at_least: int = 0) -> int:
    """Replace every response of ``wave`` by a copy with a new id, in an order drawn at random; return how many.

    Afterwards neither the key, nor the place in the table, nor the row's own transaction says when it came. Those that
    were shuffled before are shuffled again: the transactions of two batches would tell the earlier people from the
    later ones.

    Nothing happens where fewer than ``at_least`` are new. The wave is locked first, so of two sweepers at once the
    second finds nothing new, and no answer comes in between reading and deleting.
    """
    wave = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    if wave.responses.filter(rewritten=False).count() < at_least:
        return 0
    _mark_together(wave)  # The shuffle writes every row anew, so nothing tells which of them this changed.
    _shuffle(wave.texts.all())  # Their words stand in the responses too, so their order would tell those' order.
    return _shuffle(wave.responses.all(), rewritten=True)


def _mark_together(wave: Wave) -> None:
    """Add to the responses of ``wave`` the marks that they earn beside each other."""
    found = marked_together(wave)
    keys = list(found)
    for start in range(0, len(keys), AT_A_TIME):
        some = list(wave.responses.filter(pk__in=keys[start : start + AT_A_TIME]).only("marks"))
        for response in some:
            response.marks = sorted({*response.marks, *found[response.pk]})
        Response.objects.bulk_update(some, ["marks"])


def _shuffle(rows: models.QuerySet[Any], **changed: Any) -> int:
    """Put copies with new keys in the place of ``rows``: all their columns, but for those ``changed``.

    The order is drawn for all of them at once. They are copied some at a time, so that a large wave fits in memory.
    """
    columns = [column.attname for column in rows.model._meta.concrete_fields if not column.primary_key]
    keys = list(rows.values_list("pk", flat=True))
    SystemRandom().shuffle(keys)
    for start in range(0, len(keys), AT_A_TIME):
        some = keys[start : start + AT_A_TIME]
        kept = {row.pop("pk"): row for row in rows.filter(pk__in=some).values("pk", *columns)}
        rows.filter(pk__in=some).delete()
        rows.bulk_create([rows.model(**{**kept[key], **changed}) for key in some])
    return len(keys)


def queue_texts(*, wave: Wave, asked: Instrument, answers: Answers) -> None:
    """Put the words among ``answers`` to what ``wave``, which the caller holds, ``asked`` where a person reads them.

    Words that wait there already are counted and not kept twice.
    """
    for key in asked.word_keys:
        words = answers.get(key)
        if not isinstance(words, str) or not words:
            continue
        digest = Text.digest_of(wave=wave, key=key, words=words)
        if not Text.objects.filter(digest=digest).update(count=F("count") + 1):
            Text.objects.create(wave=wave, digest=digest, key=key, words=words, day=timezone.localdate())
