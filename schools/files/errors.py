"""What comes of a file that nobody gets."""


class RefusedFileError(Exception):
    """We do not pass this file on. The sentences say what is wrong with it, and how to mend it."""


class UncheckedFileError(Exception):
    """It could not be looked at to the end, so nobody gets it. The sentences say why, and what to do."""
