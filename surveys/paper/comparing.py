"""Two typings of one paper, compared."""

from surveys.runner import Answers


def differences(first: Answers, second: Answers) -> list[str]:
    """Return the keys whose answers differ, in alphabetical order; the order of several codes does not matter."""
    keys = sorted({*first, *second})
    return [key for key in keys if _told(first.get(key)) != _told(second.get(key))]


def _told(answer: object) -> object:
    if isinstance(answer, list):
        return sorted(answer) or None
    return " ".join(answer.split()) or None if isinstance(answer, str) else answer
