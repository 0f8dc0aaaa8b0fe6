"""Bring the catalogues under locale/ up to date with the public words in code and templates.

`.venv/bin/python scripts/extract_messages.py` keeps every translation whose English still stands, adds what is new
with an empty translation, and drops what is gone. A new language is a line in the settings: its file is made here.
"""

import ast
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib

REPOSITORY = Path(__file__).resolve().parents[1]
CODE = ("site", "campaigns", "events", "home", "indicators", "reach", "schools", "surveys")
ONE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
SEVERAL = {"ngettext", "ngettext_lazy"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
# How a language counts (the gettext manual's forms); two forms where nothing is said.
PLURALS = {"pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"}
TWO_FORMS = "nplurals=2; plural=(n != 1);"
STRING = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATE = re.compile(
    rf"(?<!\w)(?P<name>n?gettext|pgettext|_)\(\s*(?P<first>{STRING})\s*(?:,\s*(?P<second>{STRING}))?"
)


class Message(NamedTuple):
    """One English text; ``plural`` and ``context`` are empty where it has none."""

    text: str
    plural: str = ""
    context: str = ""


def in_templates() -> Iterator[tuple[str, Message]]:
    """Go through the messages of the templates, each with the file that it stands in."""
    from django.utils.translation.template import templatize

    for path in sorted([*REPOSITORY.glob("templates/**/*.html"), *REPOSITORY.glob("templates/**/*.txt")]):
        for found in IN_TEMPLATE.finditer(templatize(path.read_text())):
            first, second = (ast.literal_eval(found[part]) if found[part] else "" for part in ("first", "second"))
            several = found["name"] == "ngettext"
            yield _named(path), Message(first, second if several else "")


def in_code() -> Iterator[tuple[str, Message]]:
    """Go through the messages of the Python code."""
    for folder in CODE:
        for path in sorted((REPOSITORY / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                for node in ast.walk(ast.parse(path.read_text())):
                    message = _message(node)
                    if message:
                        yield _named(path), message


def _message(node: ast.AST) -> Message | None:
    if not isinstance(node, ast.Call):
        return None
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    words = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    if name in ONE and words:
        return Message(words[0])
    if name in SEVERAL and len(words) > 1:
        return Message(words[0], words[1])
    if name in IN_CONTEXT and len(words) > 1:
        return Message(words[1], context=words[0])
    return None


def in_declarations() -> Iterator[tuple[str, Message]]:
    """Go through what the privacy page reads from the declarations beside the models."""
    from home.statements import english_words

    for text in english_words():
        yield "home/statements.py", Message(text)


def _named(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def messages() -> dict[Message, list[str]]:
    """Return every public text with the files that it stands in. Django must be set up."""
    found: dict[Message, list[str]] = {}
    for source in (in_templates, in_code, in_declarations):
        for file, message in source():
            files = found.setdefault(message, [])
            if file not in files:
                files.append(file)
    return _joined(found)


def _joined(found: dict[Message, list[str]]) -> dict[Message, list[str]]:
    """Let a text that stands with and without a plural be one message, as gettext has it."""
    plural = {(message.text, message.context): message for message in found if message.plural}
    joined: dict[Message, list[str]] = {}
    for message, files in found.items():
        kept = plural.get((message.text, message.context), message)
        joined.setdefault(kept, []).extend(file for file in files if file not in joined.get(kept, []))
    return joined


def catalogue(code: str) -> Path:
    """Return where the catalogue of a language stands."""
    return REPOSITORY / "locale" / code / "LC_MESSAGES" / "django.po"


def renewed(code: str, found: dict[Message, list[str]]) -> polib.POFile:
    """Return the catalogue of ``code`` with exactly the messages ``found``, translations kept."""
    path = catalogue(code)
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    forms = PLURALS.get(code, TWO_FORMS)
    made = polib.POFile(wrapwidth=110)
    made.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": code, "Plural-Forms": forms}
    for message, files in sorted(found.items(), key=lambda pair: (pair[1][0], pair[0])):
        made.append(_entry(message, files, known.get((message.context, message.text)), forms))
    return made


def _entry(message: Message, files: list[str], before: polib.POEntry | None, forms: str) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.text, msgctxt=message.context or None)
    entry.occurrences = [(file, "") for file in files]
    if "%(" in message.text:
        entry.flags = ["python-format"]
    if message.plural:
        entry.msgid_plural = message.plural
        count = int(re.search(r"nplurals=(\d)", forms)[1])  # type: ignore[index]  # both kinds of forms have it
        old = before.msgstr_plural if before and before.msgid_plural == message.plural else {}
        entry.msgstr_plural = {form: old.get(form, "") for form in range(count)}
    elif before:
        entry.msgstr = before.msgstr
    return entry


def main() -> None:
    """Write the catalogue of each language but English."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "site")]
    import django
    from django.conf import settings

    django.setup()
    found = messages()
    for code, _ in settings.LANGUAGES:
        if code != settings.LANGUAGE_CODE:
            catalogue(code).parent.mkdir(parents=True, exist_ok=True)
            renewed(code, found).save(str(catalogue(code)))
    print(f"{len(found)} messages.")


if __name__ == "__main__":
    main()
