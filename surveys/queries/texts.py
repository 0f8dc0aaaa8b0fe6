"""What people wrote in boxes."""

from surveys import runner
from surveys.models import Text
from surveys.queries.asked import asked_by


def question_of(text: Text) -> str:
    """Return the question that ``text`` answers, as its wave asks it; its key where the wave asks it no longer."""
    item = asked_by(text.wave).item_of.get(text.key.removesuffix(runner.other_key("")))
    return item.body["text"] if item else text.key
