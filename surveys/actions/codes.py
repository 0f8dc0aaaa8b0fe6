"""What makes single-use codes, renews them, notes letters that came back, and lets somebody begin with one."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from wagtail.log_actions import log

from core.codes import digest_of, new_code
from core.models import User
from surveys.enums import WaveState
from surveys.models import Collector, Draft, SingleUseCode, Wave

PURPOSE = "surveys.single-use"
MOST_AT_ONCE = 20_000
ROWS_AT_ONCE = 500


class UsedCodeError(Exception):
    """Nobody can begin with this code: there is no such code for the wave, or somebody has begun with it."""


class BegunError(Exception):
    """Another form has begun on this device meanwhile, with another code; this code was not used."""


@dataclass(frozen=True)
class Letter:
    """What is printed in one letter."""

    serial: int
    code: str


@transaction.atomic
def issue_codes(*, collector: Collector, count: int, by: User | None = None) -> list[Letter]:
    """Make ``count`` new codes, numbered on from the last; return them, for nobody can read them again.

    All of them are made in one transaction or none is, so there is no half a batch to go on with.

    Raises:
        ValidationError: the count is below 1 or above 20,000, or the wave is closed.
    """
    _refuse_closed(_held(collector))
    if not 1 <= count <= MOST_AT_ONCE:
        raise ValidationError(f"Make 1 to {MOST_AT_ONCE:,} codes at a time.", code="count")
    last = collector.single_use_codes.aggregate(last=Max("serial"))["last"] or 0
    letters = [Letter(serial, code) for serial, code in enumerate(_free_codes(count), last + 1)]
    SingleUseCode.objects.bulk_create(
        (
            SingleUseCode(collector=collector, serial=letter.serial, digest=digest_of(letter.code, purpose=PURPOSE))
            for letter in letters
        ),
        batch_size=ROWS_AT_ONCE,
    )
    _log(collector, "surveys.issue_codes", letters, by)
    return letters


@transaction.atomic
def renew_codes(*, collector: Collector, serials: Collection[int], by: User | None = None) -> list[Letter]:
    """Give ``serials`` new codes in place of the old, which end: for reminders, or where the file of letters was lost.

    Raises:
        ValidationError: one of them is no serial number here, was used or came back; or the wave is closed.
    """
    _refuse_closed(_held(collector))
    rows = _rows(collector, serials)
    spoilt = [row.serial for row in rows if row.used or row.undelivered]
    if spoilt:
        raise ValidationError(
            f"These were used or came back, so they get no new code: {_listed(spoilt)}. Leave them out.", code="spoilt"
        )
    letters = [Letter(row.serial, code) for row, code in zip(rows, _free_codes(len(rows)), strict=True)]
    for row, letter in zip(rows, letters, strict=True):
        row.digest = digest_of(letter.code, purpose=PURPOSE)
    SingleUseCode.objects.bulk_update(rows, ["digest"], batch_size=ROWS_AT_ONCE)
    _log(collector, "surveys.renew_codes", letters, by)
    return letters


@transaction.atomic
def note_undelivered(*, collector: Collector, serials: Collection[int], by: User | None = None) -> int:
    """Note that the letters with ``serials`` came back; return how many.

    Raises:
        ValidationError: one of them is no serial number here, or somebody has begun with its code.
    """
    rows = _rows(collector, serials)
    used = [row.serial for row in rows if row.used]
    if used:
        raise ValidationError(
            f"Somebody has begun with these, so their letters did arrive: {_listed(used)}. Leave them out.",
            code="used",
        )
    SingleUseCode.objects.filter(pk__in=[row.pk for row in rows]).update(undelivered=True)
    data = {"collector": collector.code, "count": len(rows)}
    log(instance=collector.wave, action="surveys.undelivered_codes", user=by, data=data)
    return len(rows)


def begin_with_code(*, wave: Wave, code: str, token_digest: str, language: str) -> Draft:
    """Spend ``code`` and begin a form without answers on the device with ``token_digest``.

    Both or neither: a code is never lost without a form, and no form begins without one. Nothing in the form leads to
    the code; it is touched once more afterwards, so that the two rows do not even share their transaction.

    Raises:
        UsedCodeError: the code is not one of the wave's, or somebody has begun with it.
        BegunError: another code was pressed on the device at the same moment. This one goes on holding.
    """
    with transaction.atomic():
        unused = SingleUseCode.objects.filter(digest=digest_of(code, purpose=PURPOSE), used=False)
        collector = Collector.objects.filter(wave=wave, single_use_codes__in=unused).first()
        # The update may look at this one table alone: PostgreSQL looks again at a row that it waited for, but not at
        # what a join had found, and so would let whoever waited spend the code a second time.
        if collector is None or not unused.update(used=True):
            raise UsedCodeError
        begins = {"wave": wave, "collector": collector, "language": language, "day": timezone.localdate()}
        draft, begun = Draft.objects.get_or_create(token_digest=token_digest, defaults=begins)
        if not begun:
            raise BegunError
    Draft.objects.filter(pk=draft.pk).update(saves=F("saves") + 1)
    draft.refresh_from_db()
    return draft


def _held(collector: Collector) -> Collector:
    """Return ``collector`` under a lock, so that two batches never get the same serial numbers."""
    return Collector.objects.select_for_update(of=("self",)).select_related("wave").get(pk=collector.pk)


def _refuse_closed(collector: Collector) -> None:
    if collector.wave.state == WaveState.CLOSED:
        raise ValidationError("This wave is closed, so nobody could answer with new codes.", code="closed")


def _free_codes(count: int) -> list[str]:
    """Return ``count`` codes that nobody was given before."""
    drawn: dict[str, str] = {}
    while len(drawn) < count:
        fresh = [new_code() for _ in range(count - len(drawn))]
        drawn |= {digest_of(code, purpose=PURPOSE): code for code in fresh}
        for start in range(0, count, ROWS_AT_ONCE):
            some = list(drawn)[start : start + ROWS_AT_ONCE]
            for taken in SingleUseCode.objects.filter(digest__in=some).values_list("digest", flat=True):
                del drawn[taken]
    return list(drawn.values())


def _rows(collector: Collector, serials: Collection[int]) -> list[SingleUseCode]:
    wanted = set(serials)
    if not wanted:
        raise ValidationError("Give at least one serial number.", code="none")
    rows = [row for row in collector.single_use_codes.select_for_update() if row.serial in wanted]
    unknown = wanted - {row.serial for row in rows}
    if unknown:
        raise ValidationError(
            f"These are no serial numbers of this way in: {_listed(sorted(unknown))}.", code="unknown"
        )
    return rows


def _listed(serials: list[int]) -> str:
    shown = ", ".join(map(str, serials[:10]))
    return shown if len(serials) <= 10 else f"{shown} and {len(serials) - 10} more"


def _log(collector: Collector, action: str, letters: list[Letter], by: User | None) -> None:
    data = {"collector": collector.code, "first": letters[0].serial, "last": letters[-1].serial, "count": len(letters)}
    log(instance=collector.wave, action=action, user=by, data=data)
