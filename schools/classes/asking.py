"""What a class may be asked: a few choices about school from the bank's questions for pupils, and nothing else.

No question about who somebody is and no box to write in can come into what a class is asked: both are refused here,
where the questions are chosen and again where they are frozen.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from schools.enums import KeyStage
from surveys.content import FORMAT
from surveys.enums import Kind
from surveys.models import Wording

THEME = "pupil"  # the bank's questions for pupils
FEWEST, MOST = 3, 6  # questions a lesson
MOST_OPTIONS = 12
STAGES = (KeyStage.KS2, KeyStage.KS3, KeyStage.KS4, KeyStage.POST_16)

Item = Mapping[str, Any]


def faults_of_wording(wording: Wording) -> Iterator[str]:
    """Yield a sentence for each reason why no class can be asked ``wording``."""
    name, options = wording.wording_id, list(wording.options.all())
    if wording.question.theme != THEME:
        yield f"{name} is no question for pupils. Choose one of the bank's theme “{THEME}”."
    if wording.question.sensitive:
        yield f"{name} asks about the person. Pupils are never asked who they are: choose another."
    if wording.kind not in Kind.one_of:
        yield f"{name} is not answered by one choice. Pupils choose and never write: choose another."
    if any(option.other for option in options):
        yield f"{name} has a box to write in. Pupils choose and never write: choose another."
    if not 2 <= len(options) <= MOST_OPTIONS:
        yield f"{name} has {len(options)} options. A question for a class has 2 to {MOST_OPTIONS}."


def faults_of_hoped(wording: Wording, codes: Sequence[str]) -> Iterator[str]:
    """Yield a sentence for each reason why ``codes`` cannot be the answers that a lesson hopes for."""
    known = [option.code for option in wording.options.all()]
    unknown = [code for code in codes if code not in known]
    if unknown:
        yield f"{wording.wording_id} has no option {', '.join(unknown)}. Its options are {', '.join(known)}."
    elif not codes or len(set(codes)) == len(known):
        yield f"Name some of the options of {wording.wording_id}, and not all: {', '.join(known)}."


def body_of(title: str, wordings: Sequence[Wording], translations: Mapping[str, Any]) -> dict[str, Any]:
    """Return the instrument of a class: ``wordings`` in this order, each of which can be left out."""
    body: dict[str, Any] = {
        "format": FORMAT,
        "title": title,
        "introduction": "",
        "sections": [{"title": title[:100], "items": [_item(wording) for wording in wordings]}],
    }
    return body | ({"translations": dict(translations)} if translations else {})


def _item(wording: Wording) -> dict[str, Any]:
    return {
        "key": wording.question.code.lower(),
        "question": wording.question.code,
        "wording": wording.wording_id,
        "required": False,
        "text": wording.text,
        "hint": wording.hint,
        "kind": wording.kind,
        "sensitive": wording.question.sensitive,
        "strands": wording.strands,
        "options": [
            {"code": option.code, "label": option.label, "score": option.score, "exclusive": option.exclusive}
            for option in wording.options.all()
        ],
    }
