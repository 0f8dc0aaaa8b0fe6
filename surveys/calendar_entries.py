"""Waves of surveys in the calendar of staff."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from campaigns.calendar.entries import Claim, Entry
from campaigns.calendar.enums import EntryKind, Rule
from campaigns.registry import calendar_entries
from surveys.enums import WaveState
from surveys.models import Wave


@calendar_entries.offer("surveys")
def waves(first: date, last: date) -> Iterator[Entry]:
    """Offer waves by their days of answering. A closed one asks nobody any more."""
    touching = Wave.objects.filter(opens__lte=last, closes__gte=first)
    for wave in touching.select_related("survey"):
        asks = wave.state != WaveState.CLOSED
        yield Entry(
            kind=EntryKind.WAVE,
            key=f"{wave.survey.code} {wave.number}",
            title=str(wave),
            starts=wave.opens,
            ends=wave.closes,
            state=str(WaveState(wave.state).label),
            url=reverse("survey_wave", args=[wave.pk]),
            permission="surveys.view_wave",
            needs_decision=asks,
            claims=(Claim(Rule.PEOPLE_ASKED, wave.population.casefold(), wave.population),) if asks else (),
            is_sample=wave.is_sample,
        )
