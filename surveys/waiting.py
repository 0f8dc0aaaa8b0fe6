"""What waits for those who field surveys."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language_info

from core.models import User
from core.waiting import MOST, Waiting, waiting
from surveys.actions.languages import MAY_CHECK
from surveys.enums import WaveState
from surveys.models import QuestionnaireTranslation, SurveyTranslation, Wave, WordingTranslation
from surveys.models.texts import READ_WITHIN
from surveys.queries.published import results_to_approve
from surveys.working_days import working_days_since

SOON = timedelta(days=7)


@waiting.offer("surveys.waves")
def waves_to_open_or_close(user: User) -> Iterable[Waiting]:
    """Find running waves that close within a week or are past their last day, and drafts whose first day has come."""
    if not user.has_perm("surveys.close_wave"):
        return
    today = timezone.localdate()
    due = Q(state__in=WaveState.running, closes__lte=today + SOON) | Q(state=WaveState.DRAFT, opens__lte=today)
    for wave in Wave.objects.filter(due).select_related("survey").order_by("closes", "pk")[:MOST]:
        yield _waiting(wave, is_late=wave.closes < today)


@waiting.offer("surveys.texts")
def texts_to_read(user: User) -> Iterable[Waiting]:
    """Find the waves in which people wrote words that nobody has read, those that wait longest first."""
    if not user.has_perm("surveys.change_text"):
        return
    today = timezone.localdate()
    waiting_since = Wave.objects.annotate(oldest=Min("texts__day"), unread=Count("texts")).filter(unread__gt=0)
    for wave in waiting_since.select_related("survey").order_by("oldest", "pk")[:MOST]:
        age = working_days_since(wave.oldest, today)
        yield Waiting(
            what="Texts to read",
            title=f"{wave.unread} {'text' if wave.unread == 1 else 'texts'}: {wave}",
            url=reverse("survey_texts"),
            when=f"the oldest has waited {age} working {'day' if age == 1 else 'days'}",
            is_late=age > READ_WITHIN,
        )


@waiting.offer("surveys.languages")
def words_to_check(user: User) -> Iterable[Waiting]:
    """Count, language by language, the words of surveys that are written and not checked, a version each."""
    if not user.has_perm(MAY_CHECK):
        return
    wordings = WordingTranslation.objects.select_related("wording__question").prefetch_related("wording__options")
    own = QuestionnaireTranslation.objects.filter(check_digest="")
    versions = [*wordings, *SurveyTranslation.objects.select_related("survey")]
    waits = Counter(version.language for version in versions if not version.holes and not version.is_checked)
    waits.update(own.values_list("language", flat=True))
    for code, count in sorted(waits.items()):
        language = get_language_info(code)["name"]
        yield Waiting(
            what="To check",
            title=f"Words of surveys in {language}: {count} not yet checked",
            url=f"{reverse('survey_languages')}?language={code}",
        )


def _waiting(wave: Wave, *, is_late: bool) -> Waiting:
    url = reverse("survey_wave", args=[wave.pk])
    closes = date_format(wave.closes, "j F Y")
    if wave.state == WaveState.DRAFT:
        itself = " by itself; its page says what keeps it" if wave.opens_itself else ""
        when = f"was to open on {date_format(wave.opens, 'j F Y')}{itself}"
        return Waiting(what="Wave to open", title=str(wave), url=url, when=when, is_late=is_late)
    when = f"its last day was {closes}; close it so that it can be measured" if is_late else f"last day {closes}"
    return Waiting(
        what="Wave to close" if is_late else "Wave closing", title=str(wave), url=url, when=when, is_late=is_late
    )


@waiting.offer("surveys.sign_off")
def waves_to_sign_off(user: User) -> Iterable[Waiting]:
    """Find waves that a colleague of ``user`` planned and nobody has signed off."""
    if not user.has_perm("surveys.sign_off_wave"):
        return
    today = timezone.localdate()
    planned = Wave.objects.filter(state=WaveState.DRAFT, sign_off=None, closes__gte=today)
    # "Not planned by them" alone would leave out the waves of nobody on record.
    others = planned.filter(Q(planned_by=None) | ~Q(planned_by=user)).select_related("survey", "planned_by")
    for wave in others.order_by("opens", "pk")[:MOST]:
        by = f", planned by {wave.planned_by.get_full_name() or wave.planned_by}" if wave.planned_by else ""
        yield Waiting(
            what="Wave to sign off",
            title=str(wave),
            url=reverse("survey_wave_sign_off", args=[wave.pk]),
            when=f"first day {date_format(wave.opens, 'j F Y')}{by}",
            is_late=wave.opens <= today,
        )


@waiting.offer("surveys.results")
def results_to_look_at(user: User) -> Iterable[Waiting]:
    """Find results that a colleague sent for approval and that ``user`` had no hand in."""
    if not user.has_perm("surveys.approve_results"):
        return
    for results in results_to_approve(user)[:MOST]:
        yield Waiting(
            what="Results to approve",
            title=str(results),
            url=reverse("survey_approve_results", args=[results.pk]),
            when=f"sent by {results.submitted_by_name}",
        )
