"""What a pack needs before its page can be approved, and what whoever edits it should think about."""

from collections.abc import Iterator

from core.enums import Strand
from schools.enums import Audience, FileKind, FileState, Format
from schools.models import LessonFile, LessonPack

SENTENCES = {
    FileState.PENDING: "“{}” is still being checked. Come back in a minute or two.",
    FileState.REFUSED: "“{}” was refused, and the pack says why beside it. Choose another file there, or delete it.",
    FileState.UNCHECKED: "“{}” could not be checked, and the pack says why. Have it checked again there, or delete it.",
}
SOME_STRANDS = (
    "The pack names some strands of hate crime and not all five. Say in the pack which it leaves out and why, or tick "
    "all five."
)
NO_FILES = "The pack has no files. Add them to it first."
NO_OBJECTIVES = "The pack does not say what pupils will learn. Write it in the pack, one thing on each line."
NO_STAGE = "The pack does not say for whom it is. Tick its key stages in the pack."
NO_GUIDANCE = (
    "Nobody said whether teachers must be warned of anything. Write the content guidance in the pack, or tick “Nothing "
    "to warn of” there."
)
NOTHING_FOR_TEACHERS = "No file is for teachers. Add a lesson plan or teacher notes to the pack."
NOT_READ_ALOUD = (
    "“{}” is a PDF that cannot be read aloud: it has no tags. Export it as a tagged PDF, add the file that it was made "
    "from beside it as the same kind, or say in the pack why there is no alternative."
)
NO_NOTES = "The pack has no teacher notes, which say what to do if a pupil tells of something that happened."
NO_PDF = "“{}” has no PDF beside it, so teachers cannot look at its pages before they take it."
NOTICED = "“{}”: {}"


def stops(pack: LessonPack) -> Iterator[str]:
    """Say what keeps the page of ``pack`` from being approved, each with the way to mend it."""
    files = list(pack.files.all())
    if not pack.learning_points:
        yield NO_OBJECTIVES
    if not pack.key_stages:
        yield NO_STAGE
    if not (pack.content_guidance.strip() or pack.nothing_to_warn_of):
        yield NO_GUIDANCE
    if 0 < len(pack.strands) < len(Strand) and not pack.strands_left_out.strip():
        yield SOME_STRANDS
    if not files:
        yield NO_FILES
    elif not any(file.audience == Audience.TEACHER for file in files):
        yield NOTHING_FOR_TEACHERS
    for file in files:
        if sentence := SENTENCES.get(file.state):
            yield sentence.format(file.title)
        elif not _everybody_can_read(file, files):
            yield NOT_READ_ALOUD.format(file.title)


def warns(pack: LessonPack) -> Iterator[str]:
    """Say what does not keep the page of ``pack`` from being approved, but is better mended or looked at first."""
    files = list(pack.files.all())
    if files and not any(file.kind == FileKind.NOTES for file in files):
        yield NO_NOTES
    for file in files:
        if file.kind == FileKind.SLIDES and not _has_twin(file, files, in_pdf=True):
            yield NO_PDF.format(file.title)
        for sentence in file.noticed:
            yield NOTICED.format(file.title, sentence)


def _everybody_can_read(file: LessonFile, files: list[LessonFile]) -> bool:
    """Tell whether ``file`` can be read aloud, as far as anybody looked; or has a twin, or a reason to have none."""
    return file.is_tagged is not False or bool(file.why_no_alternative) or _has_twin(file, files, in_pdf=False)


def _has_twin(file: LessonFile, files: list[LessonFile], *, in_pdf: bool) -> bool:
    """Tell whether the pack holds ``file`` itself or another of its kind, for the same people, in such a format."""
    same = (twin for twin in files if (twin.kind, twin.audience, twin.language) == _purpose(file))
    if in_pdf:
        return any(twin.format == Format.PDF for twin in same)
    return any(twin.file and (twin.format != Format.PDF or twin.is_tagged) for twin in same)


def _purpose(file: LessonFile) -> tuple[str, str, str]:
    return file.kind, file.audience, file.language
