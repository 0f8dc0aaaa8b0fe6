"""What people wrote in boxes."""

from surveys import runner
from surveys.models import Text
from surveys.queries.asked import asked_before, asked_by


def question_of(text: Text) -> str:
    """Return the question that ``text`` answers, as its wave asks it, or asked it before a correction took it out."""
    key, asked = text.key.removesuffix(runner.other_key("")), asked_by(text.wave)
    before = [] if key in asked.item_of else asked_before(text.wave)
    return next((one.item_of[key].body["text"] for one in (asked, *before) if key in one.item_of), text.key)
