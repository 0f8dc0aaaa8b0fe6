"""One step of the pure runner: 200 items, 300 conditions, every question answered but the last."""

import statistics
import time
from typing import Any

from surveys import runner

ITEMS, CONDITIONS = 200, 300
LIMIT = 1_000  # microseconds
ROUNDS, TIMES = 7, 50


def measure() -> None:
    """Print the line `runner-step`: microseconds a step, the most it may take, and how often ours goes into that."""
    body = _instrument()
    found = runner.faults(body)
    if any("minutes" not in fault for fault in found):
        raise SystemExit(f"The instrument measured with has a fault: {found[0]}")
    instrument = runner.read(body)
    answers: runner.Answers = {item.key: "yes" for item in instrument.items[:-1]}
    key = instrument.items[-2].key

    def step() -> None:
        """Do what a post does: look at the answer, and for the next page."""
        here = instrument.item_of[key]
        if runner.problem(here, answers) or runner.next_page(instrument, answers, key) is None:
            raise SystemExit("The step did not lead on, so nothing was measured")

    step()
    microseconds = statistics.median(_time(step) for _ in range(ROUNDS))
    print(f"runner-step | {microseconds:.0f} µs/step | {LIMIT} µs/step | {LIMIT / microseconds:.2f}")


def _time(step: Any) -> float:
    start = time.perf_counter()
    for _ in range(TIMES):
        step()
    return (time.perf_counter() - start) / TIMES * 1_000_000


def _instrument() -> dict[str, Any]:
    """Make an instrument in which each item but the first 50 looks back at two earlier ones."""
    codes = ("yes", "no", "dont-know")
    options = [{"code": code, "label": code, "score": None, "exclusive": False} for code in codes]
    items = []
    for number in range(ITEMS):
        item = {"key": f"rn{number:03}", "question": f"RN{number:03}", "wording": f"RN{number:03}.1", "text": "Well?"}
        item |= {"hint": "", "kind": "single", "required": True, "sensitive": False, "strands": [], "options": options}
        if number >= ITEMS - CONDITIONS // 2:
            conditions = [
                {"item": f"rn{number - 50:03}", "operator": "is-any-of", "value": ["yes", "no"]},
                {"item": f"rn{number - 1:03}", "operator": "answered"},
            ]
            item["when"] = {"all": conditions}
        items.append(item)
    sections = [{"title": "All", "items": items}]
    return {"format": 2, "title": "Bench", "introduction": "", "sections": sections}
