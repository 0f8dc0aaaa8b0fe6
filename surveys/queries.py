"""What others ask of surveys."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db.models import Count
from django.utils import timezone

from core.languages.trees import in_language
from surveys.enums import Kind, WaveState, WordingStatus
from surveys.models import Draft, Item, Questionnaire, Response, Survey, SurveyPage, Wave

RESERVED_KEYS = {"check", "done", "exit", "results", "start", "via"}


def open_survey_pages() -> Any:
    """Return the live pages of surveys that take answers today, with their survey; the newest page first."""
    pages = in_language(SurveyPage.objects.taking_answers(timezone.localdate()))
    return pages.select_related("survey").order_by("-first_published_at", "pk")


def wave_taking_answers(*, slug: str, on: date) -> Wave | None:
    """Return the wave that is answered under the address ``slug`` on the day ``on``, with survey and instrument."""
    waves = Wave.objects.taking_answers(on).filter(
        survey__in=in_language(SurveyPage.objects.live().filter(slug=slug)).values("survey")
    )
    return waves.select_related("instrument", "survey").first()


@dataclass(frozen=True)
class Standing:
    """Where a survey stands for the public: ``open``, ``closed`` or ``coming``."""

    state: str
    wave: Wave | None


def standing_of(survey: Survey, *, on: date) -> Standing:
    """Return where ``survey`` stands on the day ``on``."""
    waves = survey.waves.select_related("instrument")
    wave = waves.taking_answers(on).first()
    if wave is not None:
        return Standing("open", wave)
    over = waves.filter(state=WaveState.CLOSED) | waves.filter(state=WaveState.OPEN, closes__lt=on)
    coming = waves.filter(closes__gte=on).exclude(state=WaveState.CLOSED).order_by("opens").first()
    if coming is None and over.exists():
        return Standing("closed", over.order_by("-number").first())
    return Standing("coming", coming)


def survey_page_at(slug: str) -> SurveyPage | None:
    """Return the live page under the address ``slug``, with its survey."""
    return in_language(SurveyPage.objects.live().filter(slug=slug)).select_related("survey").first()


def draft_of(*, token_digest: str, wave: Wave) -> Draft | None:
    """Return the answers in progress for one form in one wave."""
    return Draft.objects.filter(token_digest=token_digest, wave=wave).first()


def sent_key(token_digest: str) -> str:
    """Return the cache's key of the note that a form was sent."""
    return f"survey-sent-{token_digest}"


def was_sent(*, token_digest: str) -> bool:
    """Tell whether a form that has no draft any more was sent a few minutes ago."""
    return cache.get(sent_key(token_digest)) is not None


def count_of_answers(wave: Wave) -> int:
    """Return how many people have answered: the one number that staff see while a wave is open."""
    return wave.responses.count()


def items_of(questionnaire: Questionnaire) -> list[Item]:
    """Return the items in the order in which they are asked, with wording, question and options."""
    found = Item.objects.filter(section__questionnaire=questionnaire).select_related("section", "wording__question")
    return list(found.prefetch_related("wording__options").order_by("section__order", "order"))


def drafted_items(questionnaire: Questionnaire) -> list[Item]:
    """Return the items whose words should be piloted first."""
    return [item for item in items_of(questionnaire) if _is_draft(item)]


def _is_draft(item: Item) -> bool:
    return not item.wording.confirmed and item.wording.status == WordingStatus.DRAFTED


def faults_of(wave: Wave, *, on: date) -> list[str]:
    """Return a sentence for each thing that keeps ``wave`` from opening on the day ``on``."""
    if wave.state != WaveState.DRAFT:
        return [f"This wave is {wave.get_state_display().lower()} already."]
    faults = [fault for item in items_of(wave.questionnaire) for fault in _faults_of_item(item)]
    if wave.closes < on:
        faults.append(f"Its closing day, {wave.closes:%-d %B %Y}, has passed. Give a later one.")
    if wave.opens > on:
        faults.append(f"Its first day is {wave.opens:%-d %B %Y}. Open it then, or give an earlier day.")
    if Wave.objects.open().filter(survey=wave.survey).exists():
        faults.append("Another wave of this survey is open. Close that one first.")
    return [*faults, *_faults_of_questionnaire(wave.questionnaire)]


def _faults_of_questionnaire(questionnaire: Questionnaire) -> list[str]:
    codes = [item.wording.question.code for item in items_of(questionnaire)]
    faults = [f"{code} is asked twice. Take one of them out." for code in sorted(set(codes)) if codes.count(code) > 1]
    if not codes:
        faults.append("The questionnaire has no questions. Add at least one.")
    empty = questionnaire.sections.annotate(size=Count("items")).filter(size=0)
    return [*faults, *(f"The section “{section.title}” is empty. Fill it or take it out." for section in empty)]


def _faults_of_item(item: Item) -> list[str]:
    wording, options = item.wording, list(item.wording.options.all())
    name = wording.question.code
    faults = []
    if wording.kind in Kind.with_options and len(options) < 2:
        faults.append(f"{name} has fewer than two options. Add them to its wording.")
    if wording.kind == Kind.TEXT and options:
        faults.append(f"{name} is answered in words but has options. Take them out, or make it a choice.")
    faults += [
        f"{name} has an option still to be filled in: {option.label}. Make a new version of its wording."
        for option in options
        if option.label.startswith("[")
    ]
    if name.lower() in RESERVED_KEYS:
        faults.append(f"{name} is an address of the site. Give the question another code.")
    if wording.question.sensitive and item.required:
        faults.append(f"{name} is sensitive, so people have to be able to leave it out. Untick Required.")
    return faults


def closed_waves(survey_code: str) -> list[Wave]:
    """Return the closed waves of a survey, the oldest first, with survey and instrument."""
    waves = Wave.objects.closed().filter(survey__code=survey_code)
    return list(waves.select_related("survey", "instrument").order_by("opens", "number"))


def readable_answers(wave: Wave) -> Iterable[tuple[Mapping[str, Any], str, str, str]]:
    """Return answers, collector's code, mode and sample type of each readable response of ``wave``."""
    readable = Response.objects.readable().filter(wave=wave)
    return readable.values_list("answers", "collector__code", "collector__mode", "collector__sample_type")
