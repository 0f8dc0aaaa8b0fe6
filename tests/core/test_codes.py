"""Sayable codes: read however they were typed, told at once where a digit slipped, never stored."""

from itertools import pairwise

import pytest

from core.codes import LengthError, SlipError, digest_of, in_threes, new_code, read_code


@pytest.fixture(scope="module")
def code():
    return new_code()


def test_a_new_code_is_read_back_however_it_is_typed(code):
    for typed in (
        code,
        in_threes(code),
        f"  {code[:6]}-{code[6:9]}\u2013{code[9:]}\n",
        code.translate(dict(zip(map(ord, "0123456789"), "٠١٢٣٤٥٦٧٨٩", strict=True))),
        code.translate(dict(zip(map(ord, "0123456789"), "۰۱۲۳۴۵۶۷۸۹", strict=True))),
        code.translate(dict(zip(map(ord, "0123456789"), "૦૧૨૩૪૫૬૭૮૯", strict=True))),
        f"\u202a{in_threes(code)}\u202c",
        f"Code: {in_threes(code)}.",
    ):
        assert read_code(typed) == code


def test_a_code_is_said_in_threes():
    assert in_threes("123456789012") == "123 456 789 012"


def test_every_wrong_digit_and_every_swap_of_neighbours_is_told():
    for code in (new_code() for _ in range(20)):
        for place, digit in enumerate(code):
            for wrong in set("0123456789") - {digit}:
                assert not _reads(code[:place] + wrong + code[place + 1 :])
        for first, (one, other) in enumerate(pairwise(code)):
            assert one == other or not _reads(code[:first] + other + one + code[first + 2 :])


def _reads(typed):
    try:
        return bool(read_code(typed))
    except SlipError:
        return False


@pytest.mark.parametrize(("typed", "digits"), [("", 0), ("123 456", 6), ("1" * 13, 13), ("½²Ⅳ", 0), ("no code", 0)])
def test_another_number_of_digits_is_told(typed, digits):
    with pytest.raises(LengthError) as refused:
        read_code(typed)
    assert refused.value.digits == digits


def test_new_codes_differ():
    assert len({new_code() for _ in range(1000)}) == 1000


def test_what_is_stored_hangs_on_the_purpose_and_on_the_secret_key(settings, code):
    stored = digest_of(code, purpose="one")
    assert code not in stored
    assert stored == digest_of(code, purpose="one")
    assert stored != digest_of(code, purpose="other")
    settings.SECRET_KEY = "another"
    assert stored != digest_of(code, purpose="one")
