"""Checks on an uploaded lesson file: its extension, its size, and that its content is what the extension says."""

from django.core.exceptions import ValidationError
from django.core.files import File

from core.uploads import is_locked, is_what_it_says
from schools.enums import Format

LARGEST = 50 * 1024 * 1024


def format_of(name: str) -> Format:
    """Return the format that a file's name claims.

    Raises:
        ValidationError: the extension is not one of ours.
    """
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    try:
        return Format(extension)
    except ValueError:
        allowed = ", ".join(f".{known}" for known in Format.values)
        raise ValidationError(
            f"This file is not of a kind we take. Save it as one of {allowed} and choose it again.", code="extension"
        ) from None


def check_lesson_file(file: File) -> None:
    """Refuse a new file that is empty, too large, of another format, or not what its extension says.

    What storage already holds was checked when it came, and is not opened again.

    Raises:
        ValidationError: one sentence that names what is wrong and how to mend it.
    """
    if getattr(file, "_committed", False):
        return
    claimed = format_of(file.name or "")
    if not file.size:
        raise ValidationError("This file is empty. Save it again and choose it again.", code="empty")
    if file.size > LARGEST:
        raise ValidationError(
            f"This file is larger than {LARGEST // 1024**2} MB. Make its pictures smaller or split it in two.",
            code="size",
        )
    try:
        locked = claimed != Format.PDF and is_locked(file.file or file)
        matches = is_what_it_says(claimed.value, file.file or file)
    finally:
        file.seek(0)
    if locked:
        raise ValidationError(
            f"This file is locked with a password, or in an old format. Save it without a password as .{claimed} and "
            "choose it again.",
            code="locked",
        )
    if not matches:
        raise ValidationError(
            f"This file is named .{claimed} but its content is not {claimed.label}. "
            f"Open it in the program it was made with and save it as .{claimed}.",
            code="content",
        )
