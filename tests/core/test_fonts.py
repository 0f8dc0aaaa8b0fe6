"""Urdu and Gujarati pages bring their letters along; no other page asks for any."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template.loader import render_to_string
from django.utils import translation

from core.look.fonts import FONTS, SHEETS
from core.look.stylesheet import sheet


def head(language: str) -> str:
    with translation.override(language):
        return render_to_string("400.html").partition("</head>")[0]


@pytest.mark.parametrize("language", SHEETS)
def test_the_one_sheet_of_a_page_in_such_a_script_names_a_font_that_is_there(client, language):
    """No database is allowed in this test."""
    [address] = re.findall('<link rel="stylesheet" href="([^"]+)">', head(language))
    response = client.get(address)
    assert "immutable" in response["Cache-Control"]
    text = response.content.decode()
    [font] = re.findall(r'url\("/static/([^"]+)"\)', text)
    assert "font-display: optional" in text
    assert f":lang({language})" in text
    found = finders.find(font)
    assert found, "The font is missing. Run make install."
    assert Path(found).read_bytes()[:4] == b"wOF2"
    assert Path(found).stat().st_size < 170_000


@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_page_in_latin_letters_asks_for_no_font(client, language):
    [address] = re.findall('<link rel="stylesheet" href="([^"]+)">', head(language))
    assert "font-face" not in client.get(address).content.decode()


def test_what_is_no_font_is_not_found():
    finder = finders.get_finder("core.look.fonts.ScriptFonts")
    assert finder.find("fonts/noto-nastaliq-urdu/package.json") == []
    assert finder.find("css/base.css") == []


def test_collecting_for_production_takes_fonts_with_their_licence_and_knows_their_names(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["wagtail*", "ninja", "*.js"])
    for package, file in FONTS.items():
        assert (tmp_path / "fonts" / package / "LICENSE").read_text().count("SIL OPEN FONT LICENSE")
        assert (tmp_path / "fonts" / package / file).exists()
    fresh = sheet("#123456", "#ffffff", "ur")  # in colours that no other test wears: sheets are kept
    assert re.search(r'url\("/static/fonts/[^"]*-arabic-400-normal\.\w{12}\.woff2"\)', fresh.plain.decode())
