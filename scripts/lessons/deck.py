"""A lesson's slides for a program of slides, with what the teacher says in the notes under each."""

from datetime import datetime
from pathlib import Path

from pptx import Presentation
from pptx.util import Pt

from lessons.shapes import Lesson, Slide

WRITTEN = datetime(2026, 11, 1)  # noqa: DTZ001  (the file format's own dates have no zone)


def write_deck(lesson: Lesson, path: Path) -> None:
    """Write the slides: titles and lists in the program's own placeholders, so that screen readers follow."""
    deck = Presentation()
    deck.core_properties.title = lesson.title
    deck.core_properties.author = "Groundswell"
    deck.core_properties.language = "en-GB"
    deck.core_properties.created = deck.core_properties.modified = WRITTEN
    opening = deck.slides.add_slide(deck.slide_layouts[0])
    opening.shapes.title.text = lesson.title
    opening.placeholders[1].text = lesson.audience
    for slide in lesson.slides:
        _add(deck, slide)
    deck.save(str(path))


def _add(deck: Presentation, slide: Slide) -> None:
    added = deck.slides.add_slide(deck.slide_layouts[1])
    added.shapes.title.text = slide.title
    frame = added.placeholders[1].text_frame
    frame.text = slide.points[0]
    for point in slide.points[1:]:
        frame.add_paragraph().text = point
    for paragraph in frame.paragraphs:
        paragraph.font.size = Pt(28)
    added.notes_slide.notes_text_frame.text = slide.notes
