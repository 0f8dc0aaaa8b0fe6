"""What a hold stops of surveys: waves that open by themselves."""

from collections.abc import Iterator
from datetime import datetime, time

from django.utils import timezone

from core.hold.registry import Kind, Scheduled, holds
from core.waiting import edit_address
from surveys.actions.waves import WAVES
from surveys.queries import key_in_hold, waves_that_open_themselves


def opening_waves() -> Iterator[Scheduled]:
    """Go through them; each opens as its first day begins."""
    for wave in waves_that_open_themselves(from_day=timezone.localdate()):
        due = timezone.make_aware(datetime.combine(wave.opens, time.min))
        yield Scheduled(key=key_in_hold(wave), title=str(wave), due=due, url=edit_address(wave))


holds.offer(WAVES)(Kind(label="Wave of a survey opens", scheduled=opening_waves, task="surveys.keep_days"))
