"""Forms in progress, and those that were sent a moment ago."""

from datetime import date

from django.core.cache import cache

from core.languages.trees import in_language
from surveys.models import Draft, SurveyPage, Wave


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


def elsewhere_key(token_digest: str) -> str:
    """Return the cache's key of the note that a form was taken up on another device."""
    return f"survey-elsewhere-{token_digest}"


def goes_on_elsewhere(*, token_digest: str) -> bool:
    """Tell whether the form that a device had open was taken up on another one today or yesterday."""
    return cache.get(elsewhere_key(token_digest)) is not None


def was_sent(*, token_digest: str) -> bool:
    """Tell whether a form that has no draft any more was sent a few minutes ago."""
    return cache.get(sent_key(token_digest)) is not None
