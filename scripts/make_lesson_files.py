"""Write the demonstration's lesson files (PDF and slides) and their checksums into schools/demo_files.

Run it after a change of scripts/lesson_content.py: ``python scripts/make_lesson_files.py``. The files are committed,
so that nobody needs these tools to load the demonstration.
"""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.prefs import ViewerPreferences
from lesson_content import LESSONS, Lesson
from pptx import Presentation
from pptx.util import Pt

FOLDER = Path(__file__).resolve().parents[1] / "schools" / "demo_files"
WRITTEN = datetime(2026, 11, 1, tzinfo=UTC)  # A fixed date: the same words give the same PDF.
LICENCE = "Open Government Licence v3.0. You may copy, change and share this."


class Sheet(FPDF):
    """A4 in the fonts that every reader has, with title, language and bookmarks."""

    def __init__(self, title: str) -> None:
        """Open the first page under its title."""
        super().__init__(format="A4")
        self.set_title(title)
        self.set_author("Groundswell")
        self.set_lang("en-GB")
        self.set_creation_date(WRITTEN)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_margins(22, 20)
        self.set_auto_page_break(auto=True, margin=20)
        self.add_page()
        self.start_section(title)
        self.words(title, size=22, style="B", after=3)

    def words(self, text: str, *, size: int = 12, style: str = "", after: float = 1.5, indent: float = 0) -> None:
        """Write a paragraph."""
        self.set_font("Helvetica", style, size)
        self.set_x(self.l_margin + indent)
        self.multi_cell(0, size * 0.5, text, align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(after)

    def heading(self, text: str) -> None:
        """Write a heading and put it among the bookmarks."""
        self.start_section(text, level=1)
        self.ln(2)
        self.words(text, size=15, style="B")

    def points(self, points: tuple[str, ...]) -> None:
        """Write a list."""
        for point in points:
            self.words(f"- {point}", indent=3)


def write_plan(lesson: Lesson, path: Path) -> None:
    """Write the teacher's lesson plan."""
    sheet = Sheet(f"{lesson.title} Lesson plan")
    sheet.words(f"{lesson.audience} {sum(step.minutes for step in lesson.steps)} minutes.")
    sheet.heading("Pupils will be able to")
    sheet.points(lesson.learning)
    sheet.heading("Before the lesson")
    sheet.words(lesson.preparation)
    sheet.heading("The lesson")
    for step in lesson.steps:
        sheet.words(f"{step.title} ({step.minutes} minutes)", style="B", after=0.5)
        sheet.words(step.text)
    sheet.heading("Taking care")
    sheet.words(lesson.care)
    sheet.words(LICENCE, size=10)
    sheet.output(str(path))


def write_worksheet(lesson: Lesson, path: Path) -> None:
    """Write the pupils' worksheet, with room to answer."""
    sheet = Sheet(f"{lesson.title} Worksheet")
    for heading, items in lesson.worksheet:
        sheet.heading(heading)
        for item in items:
            sheet.words(item)
            if not item.startswith("___"):
                sheet.ln(14)
    sheet.words(LICENCE, size=10)
    sheet.output(str(path))


def write_slides(lesson: Lesson, path: Path) -> None:
    """Write the slides: titles and lists in the programme's own placeholders, so that screen readers follow."""
    deck = Presentation()
    deck.core_properties.title = lesson.title
    deck.core_properties.author = "Groundswell"
    deck.core_properties.language = "en-GB"
    deck.core_properties.created = deck.core_properties.modified = WRITTEN.replace(tzinfo=None)
    opening = deck.slides.add_slide(deck.slide_layouts[0])
    opening.shapes.title.text = lesson.title
    opening.placeholders[1].text = lesson.audience
    for title, points in lesson.slides:
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = title
        frame = slide.placeholders[1].text_frame
        frame.text = points[0]
        for point in points[1:]:
            frame.add_paragraph().text = point
        for paragraph in frame.paragraphs:
            paragraph.font.size = Pt(28)
    deck.save(str(path))


def main() -> None:
    """Write every file and the manifest that load_demo checks them by."""
    FOLDER.mkdir(exist_ok=True)
    for lesson in LESSONS:
        write_plan(lesson, FOLDER / f"{lesson.code}-lesson-plan.pdf")
        write_slides(lesson, FOLDER / f"{lesson.code}-slides.pptx")
        write_worksheet(lesson, FOLDER / f"{lesson.code}-worksheet.pdf")
    sums = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(FOLDER.iterdir())
        if path.suffix in {".pdf", ".pptx"}
    }
    (FOLDER / "manifest.json").write_text(json.dumps(sums, indent=2) + "\n", encoding="utf-8")
    print(f"{len(sums)} files written to {FOLDER}")


if __name__ == "__main__":
    main()
