"""What changes a form in progress, and what makes a response of it."""

from collections.abc import Collection, Mapping

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from surveys import instruments, runner
from surveys.actions.collecting import tally
from surveys.actions.keeping import queue_texts
from surveys.enums import CollectorKind, Mark, WaveState
from surveys.marking import marks_of
from surveys.models import Collector, Draft, Instrument, Response, Wave
from surveys.queries import asked_by, open_link_of, placement_of, read_instrument, sent_key
from surveys.runner import Answers

SECOND_PRESS = 600  # seconds
TRIES = 20


class EndedError(Exception):
    """The form has ended: it was sent, or was left too long."""


class WaveClosedError(Exception):
    """The wave takes no answers now."""


class UnfinishedError(Exception):
    """Something in the answers is missing or wrong; ``problems`` has a sentence for each item's key."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        """Keep the sentences."""
        super().__init__(f"{len(problems)} answers are missing or wrong")
        self.problems = dict(problems)


def save_answers(
    *,
    wave: Wave,
    token_digest: str,
    answers: Answers,
    language: str,
    may_start: bool,
    draft: Draft | None = None,
    via: str = "",
    hurried: bool = False,
) -> None:
    """Keep what was answered on one page of the form that ``token_digest`` names; it starts if it ``may_start``.

    One that starts belongs to the placement with the code ``via``, or to the open link where there is none.

    ``hurried`` says that the page was answered faster than anybody reads it; only how often that was is kept.

    ``draft`` is the form as the caller has just read it. Two tabs may save at once: each writes only over the version
    that it read, and tries again where the other was first. That is one statement, so it needs no transaction.

    Raises:
        EndedError: there is no such form and none may start here, or it was sent meanwhile.
    """
    if draft is None:
        if not may_start:
            raise EndedError
        draft = _start(wave=wave, token_digest=token_digest, language=language, via=via)
    # What was corrected while this page was on its way has not been looked at yet.
    looked_at = answers.keys() & set(draft.again)
    for _ in range(TRIES):
        kept = {**draft.answers, **answers}
        again = [key for key in draft.again if key not in looked_at]
        found = Draft.objects.filter(pk=draft.pk, saves=draft.saves)
        changed = {"again": again, "hurried": F("hurried") + int(hurried), "day": timezone.localdate()}
        if found.update(answers=kept, language=language, saves=F("saves") + 1, **changed):
            return
        try:
            draft.refresh_from_db()
        except Draft.DoesNotExist:
            raise EndedError from None
    raise IntegrityError("A form was saved from too many places at once.")


def _start(*, wave: Wave, token_digest: str, language: str, via: str) -> Draft:
    collector = placement_of(wave, via) or open_link_of(wave)
    if collector is None:
        raise EndedError
    draft, _ = Draft.objects.get_or_create(
        token_digest=token_digest,
        defaults={"wave": wave, "collector": collector, "language": language, "day": timezone.localdate()},
    )
    if draft.wave_id != wave.pk:
        raise EndedError
    return draft


def begin_sitting(*, collector: Collector, token_digest: str, language: str) -> Draft:
    """Begin a form that staff fill in for somebody who has agreed."""
    return Draft.objects.create(
        token_digest=token_digest,
        wave=collector.wave,
        collector=collector,
        language=language,
        day=timezone.localdate(),
    )


def end_form(*, token_digest: str) -> None:
    """End the form that ``token_digest`` names on its device. It survives only under a code, if one was given."""
    on_device = Draft.objects.filter(token_digest=token_digest)
    on_device.filter(codes=None).delete()
    on_device.update(token_digest=None)


def forget_form(*, token_digest: str) -> None:
    """Delete the form that ``token_digest`` names, and its codes: the survey is not meant for whoever fills it in."""
    Draft.objects.filter(token_digest=token_digest).delete()


@transaction.atomic
def submit(
    *, wave: Wave, token_digest: str, equality: bool, marks: Collection[Mark] = (), in_burst: bool = False
) -> Response:
    """Turn a draft into a response, once: whoever comes second finds no draft.

    Without ``equality`` the answers to equality questions are not sent, whatever stands there. Nor are answers off the
    route. What the answers themselves make one doubt is added to ``marks``. That they were sent ``in_burst``, as one of
    many over one connection, is counted in the tally alone.

    Raises:
        WaveClosedError: the wave takes no answers now.
        EndedError: there is no draft.
        UnfinishedError: an answer is missing or wrong.
    """
    wave = _held(wave)
    if not wave.takes_answers(timezone.localdate()):
        raise WaveClosedError
    drafts = Draft.objects.select_for_update(of=("self",)).select_related("collector")
    draft = drafts.filter(token_digest=token_digest, wave=wave).first()
    if draft is None:
        raise EndedError
    asked = asked_by(wave, draft.language)
    sent = runner.submitted(asked, draft.answers, equality=equality)
    response = _respond(
        wave=wave,
        collector=draft.collector,
        answers=draft.answers,
        language=draft.language,
        equality=equality,
        marks={*marks, *marks_of(draft, asked, sent)},
        again=draft.again,
        in_burst=in_burst,
    )
    draft.delete()
    _note_sent(token_digest)
    return response


@transaction.atomic
def record(
    *,
    wave: Wave,
    collector: Collector,
    answers: Answers,
    language: str,
    marks: Collection[Mark] = (),
    instrument: Instrument | None = None,
) -> Response:
    """Keep complete ``answers`` that came in by ``collector`` as a response, whatever the way in: paper comes here too.

    They answer ``instrument``, which the wave asked before a correction, or else what it asks now. Answers off the
    route are not kept. A wave takes them until it is closed, because paper goes on coming by post after the last day of
    answering.

    Raises:
        WaveClosedError: the wave has not opened, or was closed.
        UnfinishedError: an answer is missing or wrong.
    """
    wave = _held(wave)
    if wave.state in {WaveState.DRAFT, WaveState.CLOSED}:
        raise WaveClosedError
    return _respond(
        wave=wave, collector=collector, answers=answers, language=language, marks=marks, instrument=instrument
    )


def _held(wave: Wave) -> Wave:
    """Return ``wave`` under a lock, so that closing it either has a response in its shuffle or refuses it."""
    held = Wave.objects.select_for_update().get(pk=wave.pk)
    if held.instrument_id:
        # Asked for apart: PostgreSQL would join the wave of after a correction, for which the lock has waited, with the
        # instrument of before it, and find none.
        held.instrument = Instrument.objects.defer("body").get(pk=held.instrument_id)
    return held


def _respond(
    *,
    wave: Wave,
    collector: Collector,
    answers: Answers,
    language: str,
    equality: bool = True,
    marks: Collection[Mark] = (),
    again: Collection[str] = (),
    in_burst: bool = False,
    instrument: Instrument | None = None,
) -> Response:
    """Make a response of ``answers`` to ``wave``, which the caller holds, and count it in the fieldwork's tally.

    Only a screen can insist on an answer: on paper, or asked by a person, people leave out what they like.
    """
    instrument = instrument or wave.asks
    asked = read_instrument(instrument, language)
    may_miss = collector.kind in CollectorKind.by_staff
    found = instruments.problems(asked, answers, equality=equality, may_miss=may_miss, again=again)
    if found:
        raise UnfinishedError(found)
    today = timezone.localdate()
    tally(collector=collector, day=today, in_burst=in_burst)
    sent = runner.submitted(asked, answers, equality=equality)
    queue_texts(wave=wave, asked=asked, answers=sent)
    return Response.objects.create(
        wave=wave,
        collector=collector,
        instrument=instrument,
        language=language,
        month=today.replace(day=1),
        answers=sent,
        marks=sorted(marks),
    )


def _note_sent(token_digest: str) -> None:
    """Let a second press of the button be thanked like the first.

    The note stands in the cache and not in the database, where it could be joined with the response. It is written
    before the lock goes, so that the second press finds it; it is read only where the draft has gone, so it says
    nothing false if the first press is undone.
    """
    cache.set(sent_key(token_digest), value=True, timeout=SECOND_PRESS)
