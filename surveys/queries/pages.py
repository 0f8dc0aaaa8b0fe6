"""Where surveys stand for the public, and which page and wave an address means."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from core.approvals.showing import approved_version
from core.languages.trees import in_language
from surveys.enums import WaveState
from surveys.models import Survey, SurveyPage, Wave


def open_survey_pages() -> Any:
    """Return the live pages of surveys that take answers today, with their survey; the newest page first."""
    pages = in_language(SurveyPage.objects.taking_answers(timezone.localdate()))
    return pages.select_related("survey").order_by("-first_published_at", "pk")


def survey_page_at(slug: str) -> SurveyPage | None:
    """Return the live page under the address ``slug`` as it was approved, with its survey."""
    page = in_language(SurveyPage.objects.live().filter(slug=slug)).select_related("survey").first()
    return approved_version(page) if page else None


def wave_taking_answers(*, slug: str, on: date) -> Wave | None:
    """Return the wave that is answered under the address ``slug`` on the day ``on``, with survey and instrument."""
    waves = Wave.objects.taking_answers(on).filter(
        survey__in=in_language(SurveyPage.objects.live().filter(slug=slug)).values("survey")
    )
    return waves.select_related("instrument", "survey").defer("instrument__body").first()


@dataclass(frozen=True)
class Standing:
    """Where a survey stands for the public: ``open``, ``paused``, ``closed`` or ``coming``."""

    state: str
    wave: Wave | None


def standing_of(survey: Survey, *, on: date, begun: bool = False) -> Standing:
    """Return where ``survey`` stands on the day ``on``.

    Who has ``begun`` to answer asks about the wave that they answered: it has closed, whatever is planned after it.
    """
    waves = survey.waves.select_related("instrument")
    wave = waves.taking_answers(on).first()
    if wave is not None:
        return Standing("open", wave)
    paused = waves.filter(state=WaveState.PAUSED, closes__gte=on).first()
    if paused is not None:
        return Standing("paused", paused)
    over = waves.closed() | waves.running().filter(closes__lt=on)
    coming = waves.filter(closes__gte=on).exclude(state=WaveState.CLOSED).order_by("opens").first()
    if over.exists() and (begun or coming is None):
        return Standing("closed", over.order_by("-number").first())
    return Standing("coming", coming)
