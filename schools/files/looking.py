"""All that is done to a lesson file when it comes: looked through, freed of personal details, drawn and read."""

from collections.abc import Iterable
from pathlib import Path

from schools.files import archives, drawing, office, opendocument, pdf, pdf_details, personal, words
from schools.files.errors import RefusedFileError
from schools.files.looked import CLEAN, Leaf, Looked

NOTES = (
    "It has notes for the speaker on {} of its slides. Teachers read them: see that they say nothing that is not for "
    "teachers."
)
COMMENTS = "It has {} comments in it. Teachers read them: take out those that are not for teachers."
MOST_LETTERS = 1_000_000  # a novel has half as many; they are read on one page
TOO_MANY = "This file holds more words than anybody reads for a lesson. Split it in parts and choose each as a file."
WITHOUT_WORDS = (
    "No page of this PDF has words that can be read aloud: it is made of pictures. Save it as a PDF from the program "
    "it was written with, so that everybody can read it."
)


def look(file: Path, kind: str, folder: Path) -> Looked:
    """Look through ``file``, which is what its name says by its beginning: "pdf", "pptx", "docx", "odp" or "odt".

    What teachers get is laid in ``folder`` as "clean", and the pictures of its pages as "1.webp" and so on.

    Raises:
        RefusedFileError: it is not to be passed on, or cannot be read, for whatever reason.
    """
    try:
        return _pdf(file, folder) if kind == "pdf" else _archive(file, kind, folder)
    except (RefusedFileError, MemoryError):
        raise
    except Exception as error:  # What no reader understands, nobody should open.
        raise RefusedFileError(archives.BROKEN) from error


def _bounded(leaves: Iterable[Leaf]) -> list[Leaf]:
    """Return the leaves, read one by one.

    Raises:
        RefusedFileError: together they hold more words than can be shown.
    """
    kept, letters = [], 0
    for leaf in leaves:
        letters += sum(len(words) for _, words in leaf.pieces)
        if letters > MOST_LETTERS:
            raise RefusedFileError(TOO_MANY)
        kept.append(leaf)
    return kept


def _pdf(file: Path, folder: Path) -> Looked:
    with pdf.opened(file) as opened:
        is_tagged = "/StructTreeRoot" in opened.Root
        found, comments = pdf_details.details(opened), pdf_details.comments_in(opened)
        pdf_details.take_out(opened, folder / CLEAN)
    leaves = _bounded(Leaf(pieces, size) for pieces, size in drawing.pages_of(folder / CLEAN, folder))
    noticed = [COMMENTS.format(comments)] if comments else []
    noticed += [] if any(leaf.pieces for leaf in leaves) else [WITHOUT_WORDS]
    return Looked(found, noticed, leaves, is_tagged)


def _archive(file: Path, kind: str, folder: Path) -> Looked:
    with archives.opened(file) as archive:
        (office if kind in office.MAIN_PARTS else opendocument).check(archive, kind)
        found, notes, comments = personal.details(archive), words.notes_in(archive, kind), words.comments_in(archive)
        leaves = _bounded(Leaf(pieces) for pieces in words.words_of(archive, kind))
        personal.take_out(archive, folder / CLEAN)
    noticed = ([NOTES.format(notes)] if notes else []) + ([COMMENTS.format(comments)] if comments else [])
    return Looked(found, noticed, leaves)
