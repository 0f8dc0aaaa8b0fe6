"""Words are shaped as HarfBuzz shapes them, cut into runs by fonts, and stand in the order in which they are read."""

import json
from pathlib import Path

import bidi
import pytest
from PIL import ImageFont

from campaigns.artwork.bidi import in_sight
from campaigns.artwork.fonts import BOLD, REGULAR, is_right_to_left, opened, script_of
from campaigns.artwork.lines import broken, tidy
from campaigns.artwork.runs import Setting
from tests.campaigns.artwork.designs import WORDS
from tests.campaigns.artwork.oracle import shaped

pytestmark = pytest.mark.alike

STRINGS = json.loads((Path(__file__).parents[2] / "data" / "artwork" / "strings.json").read_text(encoding="utf-8"))
SIZES = (24, 57.3, 160)


def setting(language, weight=REGULAR):
    return Setting(language, weight, is_right_to_left(language))


def in_order_of_sight(line, language):
    return [run.text for run in in_sight(setting(language).runs(line), lambda run: run.level)]


@pytest.mark.parametrize("language", STRINGS)
def test_advance_widths_are_those_of_harfbuzz(language):
    for text, weight in zip(STRINGS[language], (REGULAR, BOLD) * 5, strict=True):
        for run in setting(language, weight).runs(text):
            for size in SIZES:
                width = opened(run.face, size).getlength(run.text, direction=run.direction, language=language)
                assert abs(width * 64 - shaped(run.text, run.face, size, run.direction, language).advance) <= 1


@pytest.mark.parametrize("language", sorted(STRINGS.keys() - {"en", "pl"}))
def test_scripts_whose_letters_join_are_not_set_by_the_basic_engine(language):
    differ = 0
    for text in STRINGS[language]:
        [run] = setting(language).runs(text)
        basic = ImageFont.truetype(run.face.path, 57, layout_engine=ImageFont.Layout.BASIC)
        differ += basic.getlength(text) != opened(run.face, 57).getlength(
            text, direction=run.direction, language=language
        )
    assert differ >= 8


@pytest.mark.parametrize("language", WORDS)
def test_a_language_s_own_words_are_set_in_its_own_face(language):
    for text in WORDS[language].values():
        for word in text.split():
            if word.isalpha() and not word.isascii():
                assert {run.face.letters for run in setting(language).runs(word)} <= {
                    {"nastaliq": "arabic"}.get(script_of(language), script_of(language)),
                    "latin-ext",
                }


def test_names_and_numbers_in_urdu_keep_their_own_direction():
    line = "ہیلپ لائن (Stop Hate UK) 12% تک"
    found = in_order_of_sight(line, "ur")
    assert "".join(found).count("Stop Hate UK") == 1
    assert [part.strip() for part in found if part.strip()] == ["تک", "12%", ")", "Stop Hate UK", "(", "ہیلپ لائن"]


@pytest.mark.parametrize(
    "line",
    [
        "کونسل Kirklees Council کی طرف سے",
        "(Kirklees Council) کونسل",
        "2026 میں، 15 نومبر",
        "abc کرکلیز def",
        "۱۲۳ اور 456",
        "ملاقات: 10:30 - 12:00",
    ],
)
def test_the_order_is_that_of_unicode_s_algorithm_by_another_hand(line):
    runs = in_sight(setting("ur").runs(line), lambda run: run.level)
    seen = "".join(run.text[::-1] if run.level % 2 else run.text for run in runs)
    assert seen == bidi.get_display(line, base_dir="R")


def test_a_telephone_number_after_arabic_letters_keeps_the_order_of_its_groups():
    for number in ("0800 138 1625", "+44 113 496 0000", "0113-496-0000", "116 123"):
        found = in_order_of_sight(f"کال کریں {number}", "ur")
        assert "".join(found).startswith(number), found


def test_a_telephone_number_is_not_broken():
    lines = broken(tidy("Call us on 0800 138 1625 today"), setting("en"), 8)
    assert any("0800\u00a0138\u00a01625" in line for line in lines)


def test_lines_are_measured_as_they_are_set_and_no_word_is_left_alone():
    text = tidy(WORDS["en"]["text"])
    for width in (9, 14, 22, 31):
        lines = broken(text, setting("en"), width, narrowest=0.5)
        assert " ".join(lines) == text
        assert all(setting("en").width(line) <= width for line in lines)
        assert len(lines[-1].split()) > 1


@pytest.mark.parametrize("language", WORDS)
def test_ink_stays_inside_the_height_that_its_line_is_given(language):
    for role, text in WORDS[language].items():
        line = tidy(text)
        reach = setting(language, BOLD if role == "headline" else REGULAR).reach(line)
        for run in setting(language).runs(line):
            box = opened(run.face, 100).getbbox(run.text, direction=run.direction, language=language, anchor="ls")
            assert -box[1] <= reach.above * 100 + 2
            assert box[3] <= reach.below * 100 + 2
    if language == "ur":
        assert reach.above + reach.below >= 2.2
