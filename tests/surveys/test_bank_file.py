"""The whole bank goes out as a CSV file and comes in the same, or not at all."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import Organisation
from surveys import actions
from surveys.actions.bank import SHIPPED
from surveys.bank_file import COLUMNS, bank_text
from surveys.content import version_of
from surveys.models import Option, Question, Wording, WordingTranslation
from tests.factories.surveys import check_in, make_open_wave, make_questionnaire, make_wording, write_in
from tests.surveys.browsing import text

pytestmark = pytest.mark.django_db

IN, OUT = "/admin/surveys/bank/bring-in/", "/admin/surveys/bank/file/"
ENGLISH = {
    "question": "SAF09", "theme": "safety", "sensitive": "no", "version": "1", "language": "en",
    "text": "How safe?", "hint": "", "kind": "single", "options": "safe = Safe\nunsafe = Unsafe", "strands": "",
    "status": "drafted", "confirmed": "no", "source": "", "licence": "",
    "translated_by": "", "checked_by": "", "checked_on": "",
}  # fmt: skip
URDU = ENGLISH | {
    "theme": "", "sensitive": "", "language": "ur", "text": "کتنا محفوظ؟", "kind": "", "status": "", "confirmed": "",
    "options": "safe = محفوظ\nunsafe = غیر محفوظ",
}  # fmt: skip


def file_of(*rows, encoding="utf-8"):
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode(encoding)


def bring_in(content, **more):
    return actions.import_bank_file(content=content, name="bank.csv", **more)


def empty_the_bank():
    Wording.objects.all().delete()
    Question.objects.all().delete()


@pytest.fixture
def analyst(client, make_user):
    client.force_login(make_user("analyst", "Survey analysts"))
    return client


def test_what_goes_out_comes_in_the_same_to_the_last_byte(make_user):
    actions.import_question_bank()
    speakers = Organisation.objects.create(code="speakers", name="Speakers, “and others”")
    awkward = make_wording("ODD01", text='Is it, "so"?\nYes?', hint=" A space before", licence="OGL", source="a\r\nb")
    Option.objects.create(wording=awkward, code="other", label="a = b [c] \\n\nd", score=-3, order=9, other=True)
    make_wording("ODD01", text="Is it so now?", version=2, strands=["race", "religion"], sensitive=False)
    Question.objects.create(code="ODD02", theme="nothing-yet")
    versions = [version_of(Wording.objects.get(question__code=code), "ur") for code in ("CNF03", "CNF06")]
    for version in versions:
        words = {name: f"{english} ({name})" for name, english in version.english.items()}
        actions.write_words(version=version, words=words, translated_by=speakers)
    kept = [WordingTranslation.objects.get(wording__question__code="CNF03")]
    checker = make_user("checker", "Language checkers")
    actions.record_words_check(versions=kept, digest=actions.digest_of(kept), organisation=speakers, by=checker)
    actions.write_words(version=version_of(awkward, "pl"), words={"option-other": "dwa\nwiersze"})
    out = bank_text()

    assert bring_in(out.encode()) == 0
    empty_the_bank()
    bring_in(out.encode("utf-8-sig"))
    assert bank_text() == out
    assert WordingTranslation.objects.get(wording__question__code="CNF03").is_checked


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "'=", "''@"])
def test_no_cell_of_the_file_is_a_formula_and_what_looked_like_one_comes_in_the_same(begins):
    said = f"{begins}HYPERLINK(1)"
    wording = make_wording("ODD01", text=said, hint=said, source=said, licence=said, options=())
    for place, code in enumerate(("-1", "0")):
        Option.objects.create(wording=wording, code=code, label=said, order=place)
    actions.write_words(version=version_of(wording, "ur"), words={"text": said})
    out = bank_text()

    cells = [cell for line in csv.DictReader(io.StringIO(out, newline="")) for cell in line.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert bring_in(out.encode()) == 0
    empty_the_bank()
    bring_in(out.encode())
    assert bank_text() == out
    again = Wording.objects.get()
    assert {again.text, again.hint, again.source, again.licence, again.options.get(code="-1").label} == {said}


def test_a_check_in_a_file_counts_only_where_who_brings_it_in_may_check(make_user):
    Organisation.objects.create(code="speakers", name="Speakers")
    checked = URDU | {"checked_by": "Speakers", "checked_on": "2026-03-01"}
    bring_in(file_of(ENGLISH, checked), by=make_user("analyst", "Survey analysts"))
    version = WordingTranslation.objects.get()
    assert version.words["text"] == "کتنا محفوظ؟"
    assert not version.is_checked

    bring_in(file_of(ENGLISH, checked), by=make_user("checker", "Language checkers"))
    assert WordingTranslation.objects.get().standing == "checked by a speaker from Speakers on 1 March 2026"


def test_words_that_an_opened_wave_asks_do_not_change_by_a_file_in_any_language():
    bring_in(file_of(ENGLISH))
    questionnaire = make_questionnaire((Wording.objects.get(), True))
    questionnaire.offered = ["ur"]
    questionnaire.save()
    write_in("ur", questionnaire)
    check_in("ur", questionnaire)
    make_open_wave(questionnaire=questionnaire)
    with pytest.raises(actions.BankError) as refused:
        bring_in(file_of(ENGLISH | {"text": "How unsafe?"}, URDU))
    assert refused.value.faults == [
        "Row 2: SAF09.1 stands in the bank with other words or options. Give these the next version.",
        (
            "Row 3: A wave with these words has opened, so they stay as they are in every language that it was asked "
            "in. Make a new version of the wording."
        ),
    ]
    assert (Wording.objects.get().text, WordingTranslation.objects.get().words["text"]) == (
        "How safe?",
        "How safe? (ur)",
    )


def test_status_and_source_of_a_wording_that_stands_become_the_file_s():
    bring_in(file_of(ENGLISH))
    assert bring_in(file_of(ENGLISH | {"status": "piloted", "source": "Ours", "theme": "streets"})) == 1
    wording = Wording.objects.get()
    assert (wording.status, wording.source, wording.question.theme) == ("piloted", "Ours", "streets")


FAULTS = [
    ({"question": "saf"}, "Row 3: “saf” is not a code. Use capital letters and then a number, such as COH01."),
    ({}, "Row 3: SAF09.1 in en stands on row 2 already. Say it once."),
    ({"version": "0"}, "Row 3: the version “0” is no whole number between 1 and 9,999."),
    ({"version": "2", "theme": "other"}, "Row 3: SAF09 is otherwise on row 2: another theme, or sensitive or not."),
    ({"version": "2", "language": "fr"}, "Row 3: the language “fr” is not one of en, ur, gu, pl."),
    ({"version": "2", "text": " "}, "Row 3: it has no text."),
    ({"version": "2", "text": "x" * 501}, "Row 3: the text has 501 characters. 500 is the most."),
    ({"version": "2", "kind": "grid"}, "Row 3: the kind “grid” is not one of single, multiple, scale, text."),
    ({"version": "2", "kind": "text"}, "Row 3: it is answered in words but has options."),
    ({"version": "2", "options": "a = A"}, "Row 3: it needs at least two options, one a line."),
    ({"version": "2", "options": "a = A\na = B"}, "Row 3: two options have the code a. Give each its own."),
    (
        {"version": "2", "options": "A and B"},
        "Row 3: the option “A and B” cannot be read. Write it so: agree [score 5] = Agree.",
    ),
    (
        {"version": "2", "options": "a [best] = A\nb = B"},
        "Row 3: between [ and ] stands “score 5”, “exclusive” or “other”, not “best”.",
    ),
    (
        {"version": "2", "options": "\n".join(f"o{number} = {number}" for number in range(10_000))},
        "Row 3: it has 10,000 options. 100 is the most.",
    ),
    (
        {"version": "2", "text": "a \x00 b"},
        "Row 3: it holds a character that cannot be kept, such as a NUL. Type it again.",
    ),
    (
        {"version": "2", "text": "a \u202e b"},
        "Row 3: it holds a hidden character that turns the writing around. Type it again.",
    ),
    ({"version": "2", "strands": "race, age"}, "Row 3: the strand “age” is not one of race, religion,"),
    ({"version": "2", "confirmed": "perhaps"}, "Row 3: the confirmed “perhaps” is not one of yes, no."),
    (
        {"version": "2", "checked_on": "2026-01-01"},
        "Row 3: it is English, and has something under checked_on. Take it out.",
    ),
    (URDU | {"version": "2"}, "Row 3: SAF09.2 in ur has no English before it, here or in the bank. Give it first."),
    (URDU | {"checked_by": "Them"}, "Row 3: the organisation “Them” is not known here. Ask a coordinator to add it."),
    (URDU | {"checked_on": "soon"}, "Row 3: “soon” is no day. Give one such as 2026-05-31."),
    (
        URDU | {"options": "later = ?"},
        "Row 3: SAF09.1 How safe?, in Urdu has words for option-later, which the English",
    ),
]


@pytest.mark.parametrize(("change", "sentence"), FAULTS, ids=[sentence[7:60] for _, sentence in FAULTS])
def test_a_row_that_is_wrong_is_named_and_nothing_is_taken_in(change, sentence):
    with pytest.raises(actions.BankError) as refused:
        bring_in(file_of(ENGLISH, ENGLISH | change))
    assert refused.value.faults[0].startswith(sentence)
    assert not Question.objects.exists()


def test_of_many_faults_the_first_twenty_are_told():
    with pytest.raises(actions.BankError) as refused:
        bring_in(file_of(*[ENGLISH | {"kind": "grid"}] * 50))
    assert len(refused.value.faults) == 21
    assert refused.value.faults[-1] == "There is more. It is told once these are mended."


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_a_file_in_another_encoding_is_refused_with_the_mend(encoding):
    with pytest.raises(actions.BankError, match="cannot be read as text in UTF-8"):
        bring_in(file_of(ENGLISH | {"text": "How safe is the café?"}, encoding=encoding))


# In the admin


def test_an_analyst_takes_the_bank_out_and_brings_it_in(analyst):
    make_wording("SAF09")
    response = analyst.get(OUT)
    assert response["Content-Disposition"] == 'attachment; filename="question-bank.csv"'
    empty_the_bank()
    page = analyst.post(IN, {"file": SimpleUploadedFile("bank.csv", response.content)}, follow=True)
    assert "The bank has taken the file in: 1 wording or language of one is new or changed." in text(page)
    assert Wording.objects.get().wording_id == "SAF09.1"


def test_the_shipped_list_of_questions_comes_in_by_the_same_way(analyst):
    page = analyst.post(IN, {"file": SimpleUploadedFile("bank.csv", SHIPPED.read_bytes())}, follow=True)
    assert "56 wordings or languages of them are new or changed." in text(page)


def test_faults_of_a_file_are_shown_and_nothing_comes_in(analyst):
    content = file_of(ENGLISH, ENGLISH)
    page = analyst.post(IN, {"file": SimpleUploadedFile("bank.csv", content)})
    assert page.status_code == 422
    assert "Nothing was brought in" in text(page)
    assert "SAF09.1 in en stands on row 2 already." in text(page)
    assert not Question.objects.exists()


def test_a_file_that_is_too_big_or_missing_is_refused_in_a_sentence(analyst):
    page = analyst.post(IN, {"file": SimpleUploadedFile("bank.csv", b"x" * 2_000_001)})
    assert "This file is too big to be a question bank." in text(page)
    assert analyst.post(IN, {}).status_code == 422


def test_only_analysts_take_the_bank_out_or_bring_it_in(client, make_user):
    client.force_login(make_user("checker", "Language checkers"))
    assert client.get(OUT).status_code == 302
    assert client.post(IN, {"file": SimpleUploadedFile("bank.csv", file_of(ENGLISH))}).status_code == 302
    assert not Question.objects.exists()
