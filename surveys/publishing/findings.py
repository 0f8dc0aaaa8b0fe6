"""Key findings in words, drafted from what may be published, for a person to edit."""

import re
from collections.abc import Iterator

from surveys.publishing.protecting import ABOUT_PEOPLE, Public

MOST = 6


def draft(public: Public) -> str:
    """Return a sentence for each of the first questions that are not about the person, a line each."""
    found = (said for item in public["items"] if not item["question"].startswith(ABOUT_PEOPLE) for said in _say(item))
    whom = "An estimated " if public["is_random"] else "Of those who answered, "
    return "\n".join(whom + said for said, _ in zip(found, range(MOST), strict=False))


def without_changes_since(findings: str, *, wave: int) -> str:
    """Return ``findings`` without what `draft` said of the changes since the wave of this number."""
    return re.sub(rf" Since wave {wave}: [^.\n]*\.", "", findings)


def _say(item: Public) -> Iterator[str]:
    if item["mean"] and not item["top"]:
        mean = item["mean"]
        yield f"the mean answer was {mean['value']} ({mean['lower']} to {mean['upper']}) when asked: {item['text']}"
        return
    shown = [option for option in item["options"] if option["value"] is not None]
    best = item["top"] or max(shown, key=lambda option: option["value"], default=None)
    if best is None or best["value"] is None:
        return
    limits = f" ({best['lower']}% to {best['upper']}%)" if best["lower"] is not None else ""
    yield f"{best['value']}%{limits} said “{best['label']}” when asked: {item['text']}{_change(item, best)}"


def _change(item: Public, best: Public) -> str:
    for change in item["change"]:
        verdict = change["top"] if item["top"] else change["options"].get(best.get("code", ""), "")
        if verdict:
            return f" Since wave {change['since']}: {verdict}."
    return ""
