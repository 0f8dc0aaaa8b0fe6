"""Layouts are small files: a mistake in one is named with its place and mend, before the site starts."""

import json

import pytest
from django.core.checks import run_checks

from campaigns.artwork import SIZES, ArtworkError, check, compose, layouts, obstacle
from campaigns.artwork.layouts import FOLDER, LayoutFileError, read
from tests.campaigns.artwork.designs import design

pytestmark = pytest.mark.alike

BEYOND = (
    "at shapes / wide / words: the box reaches beyond the sheet. Left and width make 1 at most, as do top and height."
)
MISSING = (
    "This machine cannot draw words in every script, because FriBidi is missing. Install it (Debian: libfribidi0) and "
    "start the site again."
)


@pytest.fixture
def layout(tmp_path):
    """Return what writes a copy of a layout with something changed, and reads it."""
    body = json.loads((FOLDER / "picture-above-words.json").read_text())

    def changed(*path, to):
        file, place = tmp_path / "mine.json", body
        for step in path[:-1]:
            place = place[step]
        if to is None:
            del place[path[-1]]
        else:
            place[path[-1]] = to
        file.write_text(json.dumps(body))
        return file

    return changed


@pytest.mark.parametrize(
    ("path", "to", "sentence"),
    [
        (["ground"], "sand", "at ground: 'sand' is not one of ['paper', 'brand', 'picture']. Correct it there."),
        (["label"], None, ": 'label' is a required property. Correct it there."),
        (
            ["colour"],
            "red",
            ": Additional properties are not allowed ('colour' was unexpected). Correct it there.",
        ),
        (
            ["shapes", "wide", "words", 2],
            1.2,
            "at shapes / wide / words / 3: 1.2 is greater than the maximum of 1. Correct it there.",
        ),
        (
            ["shapes", "wide", "words", 0],
            0.7,
            BEYOND,
        ),
        (
            ["shapes", "tall", "words", 3],
            0,
            "at shapes / tall / words: the box is empty. Give it a width and a height.",
        ),
        (
            ["shapes", "tall", "picture"],
            None,
            "at shapes: some have a picture and some have none. Give all of them one, or none.",
        ),
        (["advised", "text"], 0, "at advised / text: 0 is less than the minimum of 1. Correct it there."),
    ],
)
def test_a_mistake_is_named_with_its_place_and_mend(layout, path, to, sentence):
    with pytest.raises(LayoutFileError) as found:
        read(layout(*path, to=to))
    assert str(found.value) == f"The layout file mine.json has a mistake{'' if sentence[0] == ':' else ' '}{sentence}"


def test_a_file_that_is_no_json_is_named(tmp_path):
    file = tmp_path / "mine.json"
    file.write_text("{")
    with pytest.raises(LayoutFileError, match=r"^The layout file mine\.json has a mistake: it is no JSON \(.+line 1"):
        read(file)


def test_words_on_a_picture_need_one(tmp_path):
    body = json.loads((FOLDER / "words-alone.json").read_text())
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(body | {"ground": "picture"}))
    with pytest.raises(LayoutFileError, match="words cannot stand on a picture that no shape has"):
        read(file)


def test_words_on_a_picture_lie_inside_it(layout):
    file = layout("ground", to="picture")
    with pytest.raises(
        LayoutFileError, match="at shapes / wide / words: they reach beyond the picture that they stand"
    ):
        read(file)


def test_a_mistake_stops_the_start(tmp_path, monkeypatch):
    (tmp_path / "mine.json").write_text("[]")
    monkeypatch.setitem(read.__globals__, "FOLDER", tmp_path)
    layouts.cache_clear()
    found = [message for message in run_checks(tags=["files"]) if message.id == "artwork.E001"]
    layouts.cache_clear()
    assert [message.msg for message in found] == [
        "The layout file mine.json has a mistake: [] is not of type 'object'. Correct it there."
    ]


def test_without_fribidi_the_start_warns_and_a_deployment_stops(monkeypatch):
    assert obstacle() == ""
    monkeypatch.setattr("campaigns.artwork.bidi._fribidi", lambda: None)
    assert obstacle() == MISSING
    with pytest.raises(ArtworkError) as refused:
        compose(design(), SIZES["square"])
    assert str(refused.value) == MISSING
    assert [str(error) for error in check(design())] == [MISSING]
    by_day, deploying = (
        {message.id: message.msg for message in run_checks(tags=["files"], include_deployment_checks=deploy)}
        for deploy in (False, True)
    )
    assert by_day == {"artwork.W001": MISSING}
    assert deploying == {"artwork.W001": MISSING, "artwork.E002": MISSING}


def test_without_the_fonts_the_start_warns_too(monkeypatch, tmp_path):
    monkeypatch.setattr("campaigns.artwork.fonts.PACKAGES", tmp_path)
    assert obstacle() == (
        "The letters of artwork are not installed (noto-sans-latin-400-normal.woff is missing). Run make install."
    )
