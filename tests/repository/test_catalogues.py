"""Every public word stands in every catalogue, whole: a new English sentence without its translations fails here.

For tests/repository/test_catalogues.py. `.venv/bin/python scripts/extract_messages.py` adds what is missing.
"""

import importlib.util
import re
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings

REPOSITORY = Path(__file__).resolve().parents[2]
CODES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd]")
TAG = re.compile(r"</?\w+[^>]*>")


def extractor():
    spec = importlib.util.spec_from_file_location("extract_messages", REPOSITORY / "scripts/extract_messages.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def wanted():
    return {(found.context, found.text): found for found in extractor().messages()}


@pytest.fixture(params=CODES)
def entries(request):
    path = REPOSITORY / "locale" / request.param / "LC_MESSAGES" / "django.po"
    return {(entry.msgctxt or "", entry.msgid): entry for entry in polib.pofile(str(path)) if not entry.obsolete}


def words(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_a_catalogue_holds_exactly_the_public_words(wanted, entries):
    assert sorted(set(wanted) - set(entries)) == []
    assert sorted(set(entries) - set(wanted)) == []


def test_every_word_is_translated_and_none_is_a_guess(entries):
    assert [entry.msgid for entry in entries.values() if not all(words(entry)) or entry.fuzzy] == []


def test_a_translation_keeps_what_is_filled_in(entries):
    wrong = []
    for entry in entries.values():
        allowed = [set(PLACEHOLDER.findall(text)) for text in (entry.msgid, entry.msgid_plural) if text]
        wrong += [entry.msgid for text in words(entry) if text and set(PLACEHOLDER.findall(text)) not in allowed]
    assert wrong == []


def test_a_translation_keeps_its_links(entries):
    wrong = []
    for entry in entries.values():
        allowed = [sorted(TAG.findall(text)) for text in (entry.msgid, entry.msgid_plural) if text]
        wrong += [entry.msgid for text in words(entry) if text and sorted(TAG.findall(text)) not in allowed]
    assert wrong == []
