"""What others ask of surveys."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Prefetch, Q
from django.utils import timezone

from core.languages.trees import in_language
from core.models import User
from surveys import runner
from surveys.comparing import Asked, changed_items
from surveys.content import instrument_body, items_of, versions_in
from surveys.enums import (
    BatchState,
    CollectorKind,
    Comparability,
    Mark,
    Mode,
    SampleType,
    WaveKind,
    WaveState,
    WordingStatus,
)
from surveys.models import (
    Collector,
    Draft,
    Instrument,
    Item,
    MarkDecision,
    PaperBatch,
    Questionnaire,
    Response,
    Revision,
    SignOff,
    Survey,
    SurveyPage,
    Text,
    Wave,
    Wording,
)
from surveys.models.translations import LanguageVersion
from surveys.schema import shape_faults


def open_survey_pages() -> Any:
    """Return the live pages of surveys that take answers today, with their survey; the newest page first."""
    pages = in_language(SurveyPage.objects.taking_answers(timezone.localdate()))
    return pages.select_related("survey").order_by("-first_published_at", "pk")


def wave_taking_answers(*, slug: str, on: date) -> Wave | None:
    """Return the wave that is answered under the address ``slug`` on the day ``on``, with survey and instrument."""
    waves = Wave.objects.taking_answers(on).filter(
        survey__in=in_language(SurveyPage.objects.live().filter(slug=slug)).values("survey")
    )
    return waves.select_related("instrument", "survey").defer("instrument__body").first()


def placement_of(wave: Wave, code: str) -> Collector | None:
    """Return the placement of ``wave`` with this code; None where it has none, or ``code`` is empty."""
    return wave.collectors.filter(kind=CollectorKind.PLACEMENT, code=code).first() if code else None


def open_link_of(wave: Wave) -> Collector | None:
    """Return the open link of ``wave``; None where only those answer who were asked to."""
    return wave.collectors.filter(kind=CollectorKind.OPEN_LINK).first()


def takes_codes(wave: Wave) -> bool:
    """Tell whether people can begin ``wave`` with a single-use code."""
    return wave.collectors.filter(kind=CollectorKind.CODES).exists()


@dataclass(frozen=True)
class CodeCounts:
    """How many single-use codes of one way in were issued, came back, were used, and are neither."""

    issued: int
    undelivered: int
    used: int

    @property
    def unused(self) -> int:
        """How many letters may still lie on a table."""
        return self.issued - self.undelivered - self.used


def code_counts(collector: Collector) -> CodeCounts:
    """Count the single-use codes of ``collector``. A letter that came back is never counted as used."""
    used, undelivered = Q(used=True), Q(undelivered=True, used=False)
    return CodeCounts(
        **collector.single_use_codes.aggregate(
            issued=Count("pk"), undelivered=Count("pk", filter=undelivered), used=Count("pk", filter=used)
        )
    )


def unused_serials(collector: Collector) -> list[int]:
    """Return the serial numbers of the letters that neither came back nor were used: those to remind."""
    return list(collector.single_use_codes.filter(used=False, undelivered=False).values_list("serial", flat=True))


def papers_left(wave: Wave) -> list[str]:
    """Return a sentence for each batch of papers that would be lost if ``wave`` closed."""
    left = PaperBatch.objects.filter(collector__wave=wave, entries__isnull=False).exclude(state=BatchState.DONE)
    found = left.select_related("collector").distinct()
    return [f"{batch} is not brought in yet. Bring it in first, or take its papers out." for batch in found]


def asked_by(wave: Wave, language: str = runner.ENGLISH) -> runner.Instrument:
    """Return what ``wave``, which has opened, asks, ready to walk: in ``language`` if it offers that, or in English.

    An instrument never changes, so it is read once.
    """
    return _read_once(wave.asks.digest, language)


@lru_cache(maxsize=64)
def _read_once(digest: str, language: str) -> runner.Instrument:
    return runner.read(Instrument.objects.values_list("body", flat=True).get(digest=digest), language)


def question_of(text: Text) -> str:
    """Return the question that ``text`` answers, as its wave asks it; its key where the wave asks it no longer."""
    item = asked_by(text.wave).item_of.get(text.key.removesuffix(runner.other_key("")))
    return item.body["text"] if item else text.key


@dataclass(frozen=True)
class Standing:
    """Where a survey stands for the public: ``open``, ``paused``, ``closed`` or ``coming``."""

    state: str
    wave: Wave | None


def standing_of(survey: Survey, *, on: date) -> Standing:
    """Return where ``survey`` stands on the day ``on``."""
    waves = survey.waves.select_related("instrument")
    wave = waves.taking_answers(on).first()
    if wave is not None:
        return Standing("open", wave)
    paused = waves.filter(state=WaveState.PAUSED, closes__gte=on).first()
    if paused is not None:
        return Standing("paused", paused)
    over = waves.closed() | waves.running().filter(closes__lt=on)
    coming = waves.filter(closes__gte=on).exclude(state=WaveState.CLOSED).order_by("opens").first()
    if coming is None and over.exists():
        return Standing("closed", over.order_by("-number").first())
    return Standing("coming", coming)


def survey_page_at(slug: str) -> SurveyPage | None:
    """Return the live page under the address ``slug``, with its survey."""
    return in_language(SurveyPage.objects.live().filter(slug=slug)).select_related("survey").first()


def form_in_progress(*, slug: str, token_digest: str, on: date) -> Draft | None:
    """Return the form that a device fills in under the address ``slug``, with its wave, if that takes answers."""
    forms = Draft.objects.filter(
        token_digest=token_digest,
        wave__in=Wave.objects.taking_answers(on),
        wave__survey__in=in_language(SurveyPage.objects.live().filter(slug=slug)).values("survey"),
    )
    return forms.select_related("wave__instrument").defer("wave__instrument__body").first()


def sent_key(token_digest: str) -> str:
    """Return the cache's key of the note that a form was sent."""
    return f"survey-sent-{token_digest}"


def was_sent(*, token_digest: str) -> bool:
    """Tell whether a form that has no draft any more was sent a few minutes ago."""
    return cache.get(sent_key(token_digest)) is not None


def count_of_answers(wave: Wave) -> int:
    """Return how many people have answered: the one number that staff see while a wave is open."""
    return wave.responses.count()


@dataclass(frozen=True)
class Marked:
    """How many responses of a wave have one mark, and what was decided about them, if anything."""

    mark: Mark
    count: int
    decision: MarkDecision | None


def marked(wave: Wave) -> list[Marked]:
    """Return the marks that responses of ``wave`` have, with how many and what was decided."""
    found = Counter(mark for marks in wave.responses.values_list("marks", flat=True) for mark in marks)
    decisions = {decision.mark: decision for decision in wave.mark_decisions.all()}
    return [Marked(mark, found[mark], decisions.get(mark)) for mark in Mark if mark in found]


def drafted_items(questionnaire: Questionnaire) -> list[Item]:
    """Return the items whose words should be piloted first."""
    return [item for item in items_of(questionnaire) if _is_draft(item)]


def _is_draft(item: Item) -> bool:
    wording = item.wording
    return wording is not None and not wording.confirmed and wording.status == WordingStatus.DRAFTED


def faults_of(wave: Wave, *, on: date) -> list[str]:
    """Return a sentence for each thing that keeps ``wave`` from opening on the day ``on``."""
    if wave.state != WaveState.DRAFT:
        return [f"This wave is {wave.get_state_display().lower()} already."]
    faults = faults_of_questionnaire(wave.questionnaire)
    if wave.closes < on:
        faults.append(f"Its closing day, {wave.closes:%-d %B %Y}, has passed. Give a later one.")
    if wave.opens > on:
        faults.append(f"Its first day is {wave.opens:%-d %B %Y}. Open it then, or give an earlier day.")
    if Wave.objects.running().filter(survey=wave.survey).exists():
        faults.append("Another wave of this survey is open. Close that one first.")
    return [*faults, *_faults_of_sign_off(wave)]


def signed_digest(wave: Wave) -> str:
    """Return the digest of all that a sign-off is about: the plan, the wording, and what people read before it."""
    plan = {name: str(getattr(wave, name)) for name in Wave.PLANNED}
    notice = [getattr(wave.survey, name) for name in ("title", "purpose", "audience", "minutes", "sample_statement")]
    return runner.digest({"plan": plan, "notice": notice, "asks": instrument_body(wave.questionnaire)})


def _faults_of_sign_off(wave: Wave) -> list[str]:
    signed = SignOff.objects.filter(wave=wave).first()
    if signed is None:
        return ["Nobody has signed it off. Ask a colleague who did not plan it to look at it."]
    if signed.digest == signed_digest(wave):
        return []
    when = f"{signed.name} signed it off on {signed.day:%-d %B %Y}"
    return [f"{when}, but what they looked at has changed since. Ask for it to be looked at again."]


def why_not_sign_off(wave: Wave, user: User) -> str:
    """Return why ``user`` may not sign off ``wave``; empty where they may."""
    if wave.state != WaveState.DRAFT:
        return "This wave has opened already, so there is nothing to sign off."
    if wave.planned_by_id == user.pk:
        return "You planned this wave, so a colleague has to sign it off."
    return ""


def waves_to_open(*, on: date) -> list[Wave]:
    """Return the waves that are to open by themselves on the day ``on``, or were to before."""
    due = Wave.objects.filter(state=WaveState.DRAFT, opens_itself=True, opens__lte=on, closes__gte=on)
    return list(due.exclude(sign_off=None).order_by("opens", "pk"))


def waves_to_close(*, on: date) -> list[Wave]:
    """Return the waves that are to close by themselves and whose last day lies before the day ``on``."""
    return list(Wave.objects.running().filter(closes_itself=True, closes__lt=on).order_by("closes", "pk"))


def asked_in(wave: Wave) -> Asked:
    """Return what ``wave`` asks of whom and how, for a comparison; a draft as it would open now."""
    ways = list(wave.collectors.values_list("mode", "sample_type")) or [(Mode.ONLINE, SampleType.OPEN)]
    return Asked(
        body=wave.body if wave.instrument_id else instrument_body(wave.questionnaire),
        kind=wave.kind,
        population=wave.population,
        modes=frozenset(mode for mode, _ in ways),
        sample_types=frozenset(sample_type for _, sample_type in ways),
    )


def faults_of_correction(wave: Wave) -> list[str]:
    """Return a sentence for each thing that keeps ``wave`` from asking its questionnaire as it is now."""
    if wave.state not in WaveState.running:
        return [f"This wave is {wave.get_state_display().lower()}, so it cannot be corrected."]
    faults = faults_of_questionnaire(wave.questionnaire)
    digest = runner.digest(instrument_body(wave.questionnaire))
    if digest == wave.asks.digest:
        faults.append("The questionnaire says what the wave asks already. Edit it first.")
    elif Revision.objects.filter(wave=wave, before__digest=digest).exists():
        faults.append(
            "The wave asked exactly this before, so nobody could tell the answers apart. Make a new version of the "
            "wording, even with the old words."
        )
    return faults


def corrected_on(wave: Wave | None) -> date | None:
    """Return the day of the last correction of ``wave``; None where it has had none."""
    found = Revision.objects.filter(wave=wave).order_by("-number") if wave else Revision.objects.none()
    return found.values_list("made_on", flat=True).first()


def asked_before(wave: Wave) -> list[runner.Instrument]:
    """Return what ``wave`` asked before its corrections, the latest first."""
    before = wave.revisions.order_by("-number").values_list("before__digest", flat=True)
    return [_read_once(digest, runner.ENGLISH) for digest in before]


def left_out_since(wave: Wave, digest: str) -> frozenset[str]:
    """Return the keys of the questions whose answers to the instrument ``digest`` of ``wave`` no longer count."""
    revisions = list(wave.revisions.select_related("before", "instrument").order_by("number"))
    begins = next((place for place, one in enumerate(revisions) if one.before.digest == digest), len(revisions))
    changed = [
        changed_items(one.before.body, one.instrument.body)
        for one in revisions[begins:]
        if one.verdict == Comparability.EXCLUDED
    ]
    return frozenset().union(*changed)


def faults_of_questionnaire(questionnaire: Questionnaire) -> list[str]:
    """Return a sentence for each thing in a questionnaire that keeps a wave with it from opening."""
    asked = items_of(questionnaire)
    if not any(item.wording for item in asked):
        return ["The questionnaire has no questions. Add at least one."]
    body = instrument_body(questionnaire)
    return [
        *(fault for item in asked for fault in _faults_of_item(item)),
        *(runner.faults(body) or shape_faults(body)),
        *_faults_of_languages(questionnaire, asked),
    ]


def _faults_of_languages(questionnaire: Questionnaire, asked: list[Item]) -> Iterator[str]:
    for code in questionnaire.languages[1:]:
        for version in versions_in(code, questionnaire, asked):
            if not version.is_checked:
                yield f"{version.name} {_lack(version)}"


def _lack(version: LanguageVersion) -> str:
    """Return why a version in a language that is offered cannot be asked yet, and the mend."""
    language = version.language_name
    if not version.words:
        return f"is not written in {language}, which is offered. Write it, and let a speaker check it."
    if version.holes:
        return f"is not whole in {language}, which is offered. Write what is missing, and let a speaker check it."
    return f"has not been checked in {language}, which is offered. A language checker records that it is right."


def _faults_of_item(item: Item) -> list[str]:
    wording = item.wording
    if wording is None:
        return []
    name = wording.question.code
    faults = [
        f"{name} has an option still to be filled in: {option.label}. Make a new version of its wording."
        for option in wording.options.all()
        if option.label.startswith("[")
    ]
    if wording.question.sensitive and item.required:
        faults.append(f"{name} is sensitive, so people have to be able to leave it out. Untick Required.")
    return faults


def closed_waves(survey_code: str) -> list[Wave]:
    """Return the closed waves of a survey, the oldest first, with survey and instrument; pilots are none of them."""
    waves = Wave.objects.closed().filter(survey__code=survey_code, kind=WaveKind.REAL)
    corrections = Prefetch("revisions", Revision.objects.select_related("before", "instrument").order_by("number"))
    found = waves.select_related("survey", "instrument").prefetch_related(corrections)
    return list(found.order_by("opens", "number"))


def readable_answers(
    wave: Wave, instruments: Iterable[Instrument]
) -> Iterable[tuple[Mapping[str, Any], str, str, str]]:
    """Return answers, collector's code, mode and sample type of the readable responses of ``wave``.

    Only those are returned that came while the wave asked one of ``instruments``.
    """
    readable = Response.objects.readable().filter(wave=wave, instrument__in=list(instruments))
    return readable.values_list("answers", "collector__code", "collector__mode", "collector__sample_type")


def wordings_to_pilot(wave: Wave) -> list[Wording]:
    """Return the drafted wordings that ``wave`` has tried out; none while it runs, and none if it was no pilot."""
    if wave.kind != WaveKind.PILOT or wave.state != WaveState.CLOSED:
        return []
    tried = Wording.objects.filter(instruments=wave.instrument_id, status=WordingStatus.DRAFTED)
    return list(tried.select_related("question"))
