"""Codes that people read out, write down and type: twelve digits, said in threes, as "123 456 789 012".

Eleven digits are drawn at random and the last checks them, so that a slip of one digit or a swap of two neighbours is
told at once and is never somebody else's code. A code is shown once; only its digest is stored.
"""

import secrets
import unicodedata

from django.utils.crypto import salted_hmac

LENGTH = 12
# H. M. Damm's table: every wrong digit, and every swap of two neighbours, leaves something other than 0 at the end
# (Total anti-symmetrische Quasigruppen, Marburg 2004).
DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


class CodeError(ValueError):
    """What was typed is no code of ours."""


class LengthError(CodeError):
    """It has another number of digits; ``digits`` says how many."""

    def __init__(self, digits: int) -> None:
        """Keep how many there are."""
        super().__init__(f"A code has {LENGTH} digits, not {digits}.")
        self.digits = digits


class SlipError(CodeError):
    """A digit is wrong, or two stand the wrong way round."""


def new_code() -> str:
    """Return a new code, drawn at random: one of a hundred thousand million."""
    drawn = "".join(secrets.choice("0123456789") for _ in range(LENGTH - 1))
    return drawn + str(_carried(drawn))


def in_threes(code: str) -> str:
    """Return ``code`` as it is shown and said: four groups of three digits."""
    return " ".join(code[start : start + 3] for start in range(0, LENGTH, 3))


def read_code(typed: str) -> str:
    """Return the code that ``typed`` means: digits of any script, whatever stands between them.

    Raises:
        LengthError: it has more or fewer digits than a code.
        SlipError: its last digit does not fit the others.
    """
    digits = "".join(str(unicodedata.decimal(sign)) for sign in typed if unicodedata.decimal(sign, None) is not None)
    if len(digits) != LENGTH:
        raise LengthError(len(digits))
    if _carried(digits):
        raise SlipError("The last digit does not fit the others.")
    return digits


def digest_of(code: str, *, purpose: str) -> str:
    """Return what is stored of ``code``: codes for one ``purpose`` say nothing about those for another.

    All codes there are can be tried in minutes by whoever holds a copy of the database, so a plain hash would hide
    nothing. The digest is keyed with SECRET_KEY, which stands outside the database; another SECRET_KEY ends all codes.
    """
    return salted_hmac(f"core.codes.{purpose}", code, algorithm="sha256").hexdigest()


def _carried(digits: str) -> int:
    carried = 0
    for digit in digits:
        carried = DAMM[carried][int(digit)]
    return carried
