"""Instruments for tests: the gallery of tiny ones, one a feature, and parts to make others of."""

import json
from pathlib import Path

GALLERY = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parents[1] / "data" / "instruments").glob("*.json"))
}
WALKS = [(name, walk) for name, shown in GALLERY.items() for walk in shown["walks"]]
WALK_NAMES = [f"{name}: {walk['says']}" for name, walk in WALKS]


def body(*items, **section):
    """Return an instrument with one section of ``items``."""
    return {
        "format": 2,
        "title": "Made for a test",
        "introduction": "",
        "sections": [{"title": "All of it", **section, "items": list(items)}],
    }


def question(number, *, kind="single", codes=("yes", "no"), **more):
    """Return a question with the key q01, q02 and so on; the codes that are numbers have scores."""
    code = f"QU{number:02}"
    return {
        "key": code.lower(),
        "question": code,
        "wording": f"{code}.1",
        "text": "Do you?",
        "hint": "",
        "kind": kind,
        "required": False,
        "sensitive": False,
        "strands": [],
        "options": [option(code) for code in codes] if kind != "text" else [],
        **more,
    }


def option(code, **more):
    """Return an option; a code that is a number is its score."""
    score = int(code) if code.isdigit() else None
    return {"code": code, "label": code.title(), "score": score, "exclusive": False, **more}


def when(item, operator="answered", value=None, *, mode="all"):
    """Return what makes an item depend on one condition."""
    condition = {"item": item, "operator": operator} | ({} if value is None else {"value": value})
    return {mode: [condition]}
