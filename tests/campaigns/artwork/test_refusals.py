"""What cannot be drawn is refused in one sentence that names the part at fault and the mend."""

import re

import pytest

from campaigns.artwork import SIZES, ArtworkError, check, compose
from tests.campaigns.artwork.designs import WORDS, design

pytestmark = pytest.mark.alike

LONG = "Northkirkleesandsouthkirkleesmetropolitanboroughcouncil"


def refused(size="square", **changes):
    with pytest.raises(ArtworkError) as error:
        compose(design(**changes), SIZES[size])
    return str(error.value), error.value.field


def test_a_headline_of_four_hundred_characters_says_by_how_much_it_is_too_long():
    headline = ("Stand up to hate " * 24)[:400]
    sentence, field = refused(headline=headline)
    found = re.fullmatch(
        r"The headline is about (\d+) characters too long for the square post; shorten it or choose another layout\.",
        sentence,
    )
    assert field == "headline"
    shorter = headline[: 400 - int(found[1])]
    assert compose(design(headline=shorter), SIZES["square"])


def test_every_size_that_the_words_do_not_fit_is_named_at_once():
    found = [str(error) for error in check(design(text=WORDS["en"]["text"] * 40))]
    assert len(found) == len(SIZES)
    assert [re.search("too long for the (.+);", sentence)[1] for sentence in found] == [
        "link preview", "square post", "story", "screen", "A4 poster", "A3 poster",
    ]  # fmt: skip


def test_a_word_wider_than_the_layout_is_named_with_how_much_of_it_is_too_much():
    sentence, field = refused(headline="Kirklees " + "antidisestablishmentarian" * 3)
    assert re.fullmatch(
        r"In the headline, “(antidisestablishmentarian){3}” is about \d+ characters too long for a line of the square "
        r"post; divide it or choose a shorter word\.",
        sentence,
    )
    assert field == "headline"


@pytest.mark.parametrize("field", ["headline", "text", "action"])
def test_a_character_that_no_font_has_is_named(field):
    sentence, at = refused(**{field: "Stand up 🙂"})
    assert at == field
    assert sentence == (
        f"The {field} has “🙂” (U+1F642, slightly smiling face), which is in none of the fonts for the language “en”; "
        "write it in other letters or leave it out."
    )


def test_a_character_that_cannot_be_seen_is_named_by_its_number():
    sentence, _ = refused(headline="Stand\x07up")
    assert sentence.startswith("The headline has (U+0007, a character without a name), which")


def test_every_refusal_of_a_design_comes_at_once():
    found = {error.field for error in check(design(headline="🙂", picture=b"no picture"))}
    assert found == {"headline", "picture"}


@pytest.mark.parametrize(
    ("changes", "sentence", "field"),
    [
        ({"headline": " \n "}, "There is no headline; write one.", "headline"),
        (
            {"picture": None},
            "The layout “Words on the whole picture” shows a picture; choose one, or a layout without.",
            "picture",
        ),
        ({"layout": "upside-down"}, "There is no layout “upside-down”; choose another.", "layout"),
        (
            {"main_colour": "#55244f", "second_colour": "#602a5a"},
            "The council's two colours are too much alike; choose one that is much lighter than the other.",
            "colours",
        ),
        (
            {"main_colour": "aubergine"},
            "'aubergine' is no colour. Write # and six digits, such as #1d4f91.",
            "colours",
        ),
        (
            {"council": LONG},
            f"The council at the foot is too long for a line of the square post (“{LONG}”); choose a shorter one.",
            "",
        ),
    ],
)
def test_what_else_stops_a_design(changes, sentence, field):
    assert refused(**changes) == (sentence, field)


def test_no_words_are_smaller_than_can_be_read():
    for language in ("en", "ur", "bn"):
        for size in SIZES.values():
            composition = compose(design(language, text=WORDS[language]["text"] * 2), size)
            assert min(words.letters for words in composition.words) >= size.smallest
            top, bottom = size.safe * size.height, (1 - size.safe) * size.height
            for words in composition.words:
                assert top <= words.box.y
                assert words.box.bottom <= bottom


def test_sizes_are_readable_where_they_are_seen():
    assert SIZES["square"].smallest >= 24
    for key in ("a4", "a3"):
        assert SIZES[key].smallest / SIZES[key].dpi * 72 >= 10
