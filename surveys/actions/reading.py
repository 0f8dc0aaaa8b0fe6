"""What a person does with the words that somebody wrote into a box."""

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log

from core.models import User
from surveys.models import Text, Wave

REDACTED = "[redacted]"


def open_text(*, text: Text, by: User) -> None:
    """Note that somebody looked at ``text``; the note does not hold the words."""
    _note(text, "surveys.open_text", by)


@transaction.atomic
def read_text(*, text: Text, by: User) -> None:
    """Take ``text``, which needs no redaction, out of the queue: it may be exported as it was written."""
    _hold(text)
    _take_off(text)
    _note(text, "surveys.read_text", by)


@transaction.atomic
def redact_text(*, text: Text, words: str, by: User) -> int:
    """Put ``words`` in the place of ``text`` in every response that holds it; the original is gone.

    Return how many responses held it.

    Raises:
        ValidationError: nothing was taken out, or something was changed or added and not only taken out.
    """
    if not _only_takes_out(text.words, words):
        raise ValidationError(
            f"Put {REDACTED} in the place of what you take out, and leave everything else as it was written.",
            code="redaction",
        )
    wave = _hold(text)
    changed = list(wave.responses.filter(**{f"answers__{text.key}": text.words}))
    for response in changed:
        response.answers[text.key] = words
    wave.responses.bulk_update(changed, ["answers"])
    _take_off(text)
    _note(text, "surveys.redact_text", by)
    return len(changed)


def follow_guide(*, text: Text, by: User) -> None:
    """Record that ``by`` followed the guide because somebody seems at risk; the record does not hold the words."""
    _note(text, "surveys.follow_guide", by)


def _hold(text: Text) -> Wave:
    """Lock the wave of ``text``, so that no response with the same words comes in or is rewritten meanwhile."""
    return Wave.objects.select_for_update(of=("self",)).get(pk=text.wave_id)


def _take_off(text: Text) -> None:
    """Take the words out of the queue by what they are: shuffling may have given their row another key meanwhile."""
    Text.objects.filter(digest=text.digest).delete()


def _note(text: Text, action: str, by: User) -> None:
    log(instance=text.wave, action=action, user=by, data={"question": text.key})


def _only_takes_out(original: str, redacted: str) -> bool:
    """Tell whether ``redacted`` is ``original`` with marks in the place of some of its words."""
    first, *rest = (kept.strip() for kept in redacted.split(REDACTED))
    whole = original.strip()
    if not rest or not whole.startswith(first):
        return False
    *between, last = rest
    place = len(first)
    for kept in between:
        found = whole.find(kept, place)
        if found < 0:
            return False
        place = found + len(kept)
    return whole.endswith(last) and place + len(last) <= len(whole)
