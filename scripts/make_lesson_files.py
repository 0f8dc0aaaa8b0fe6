"""Write the demonstration's lesson files (tagged PDF, and slides) and their checksums into schools/demo_files.

Run it after a change of scripts/lessons: ``python scripts/make_lesson_files.py``. The files are committed, so that
nobody needs these tools to load the demonstration.
"""

import hashlib
import json
import os
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")
os.environ["SOURCE_DATE_EPOCH"] = "1793491200"  # A fixed date in the fonts: the same words give the same PDF.

from lessons import being_an_upstander, sheets, what_is_prejudice, words_online
from lessons.deck import write_deck

from core.printing import pdf

FOLDER = Path(__file__).resolve().parents[1] / "schools" / "demo_files"
LESSONS = (what_is_prejudice.LESSON, being_an_upstander.LESSON, words_online.LESSON)
SHEETS = {
    "lesson-plan": (sheets.plan, sheets.UPRIGHT),
    "teacher-notes": (sheets.notes, sheets.UPRIGHT),
    "worksheet": (sheets.worksheet, sheets.UPRIGHT),
    "slides": (sheets.slides, sheets.WIDE),
}


def main() -> None:
    """Write every file and the manifest that load_demo checks them by."""
    FOLDER.mkdir(exist_ok=True)
    for lesson in LESSONS:
        for name, (words, style) in SHEETS.items():
            (FOLDER / f"{lesson.code}-{name}.pdf").write_bytes(pdf(words(lesson), stylesheet=style))
        write_deck(lesson, FOLDER / f"{lesson.code}-slides.pptx")
    sums = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(FOLDER.iterdir())
        if path.suffix in {".pdf", ".pptx"}
    }
    (FOLDER / "manifest.json").write_text(json.dumps(sums, indent=2) + "\n", encoding="utf-8")
    print(f"{len(sums)} files written to {FOLDER}")


if __name__ == "__main__":
    main()
