"""Taking the answers of a closed wave out: one fixed column a code, a codebook, and a record with a reason."""

import csv
import hashlib
import io
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys import actions
from surveys.models import Export, Instrument, Option, Response, Section, Text, Wave
from surveys.runner import digest
from tests.factories.surveys import (
    make_draft,
    make_open_wave,
    make_questionnaire,
    make_response,
    make_wave,
    make_wording,
)
from tests.surveys.browsing import ANSWERS, text
from tests.surveys.instruments import body as make_body
from tests.surveys.instruments import option, question, when
from tests.surveys.test_corrections import correct, reword

pytestmark = pytest.mark.django_db

REASON = "To check the weights of the yearly report; only the two of us will have it."


@pytest.fixture
def analyst(make_user, client):
    user = make_user("analyst", "Survey analysts")
    client.force_login(user)
    return user


def taken(client, wave, reason=REASON):
    """Take the answers out in the admin, and return the file's bytes."""
    sent = client.post(reverse("survey_export", args=[wave.pk]), {"reason": reason})
    assert sent["Content-Type"] == "application/zip", text(sent)
    return b"".join(sent.streaming_content)


def table(file, name="answers.csv"):
    """Return a table of the file as a list of rows by column."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")))


def close(wave):
    """Close ``wave`` and let every text count as read."""
    Text.objects.all().delete()
    return actions.close_wave(wave=wave)


def wave_asking(*items, **section):
    """Return an open wave that asks ``items`` as an instrument has them."""
    wave = make_open_wave()
    made = make_body(*items, **section)
    wave.instrument = Instrument.objects.create(digest=digest(made), body=made)
    wave.save(update_fields=["instrument"])
    return wave


def test_each_response_is_a_row_with_one_fixed_column_a_code(client, analyst, wave):
    make_response(wave, **ANSWERS)
    close(wave)
    [row] = table(taken(client, wave))

    assert {name: row[name] for name in row if name not in {"instrument", "month"}} == {
        "survey": "local-voice",
        "wave": "1",
        "sample_data": "",
        "language": "en",
        "collector": "open-link",
        "kind": "open-link",
        "mode": "online",
        "sample_type": "open",
        "stratum": "",
        "base_weight": "",
        "not_comparable": "",
        "marks": "",
        "CNF01": "agree",
        "HC08__fear": "1",
        "HC08__language": "1",
        "HC08__nothing": "0",
        "CNF06": "2",
        "OPN01": "More lights",
    }
    assert row["month"] == f"{timezone.localdate():%Y-%m}"
    assert wave.asks.digest.startswith(row["instrument"])


def test_not_asked_left_out_and_prefer_not_to_say_are_three_things(client, analyst):
    wave = wave_asking(
        question(1, codes=("yes", "no", "prefer-not-to-say")),
        question(2, when=when("qu01", "is", "yes")),
        question(3, kind="multiple", when=when("qu01", "is", "yes")),
    )
    for answers in ({"qu01": "yes"}, {"qu01": "no"}, {"qu01": "prefer-not-to-say"}, {}):
        make_response(wave, **answers)
    close(wave)
    rows = {row["QU01"]: row for row in table(taken(client, wave))}

    assert set(rows) == {"yes", "no", "prefer-not-to-say", "[left out]"}
    for name in ("QU02", "QU03__yes", "QU03__no"):
        assert rows["yes"][name] == "[left out]"
        assert {rows[given][name] for given in ("no", "prefer-not-to-say", "[left out]")} == {"[not asked]"}


def test_equality_questions_count_as_asked_where_one_was_answered(client, analyst):
    wave = wave_asking(question(1), question(2), part="equality")
    make_response(wave, qu01="yes")
    make_response(wave)
    close(wave)

    assert sorted((row["QU01"], row["QU02"]) for row in table(taken(client, wave))) == [
        ("[not asked]", "[not asked]"),
        ("yes", "[left out]"),
    ]


def test_words_beside_an_option_stand_apart_from_the_option(client, analyst):
    options = [option("yes"), option("else", other=True)]
    wave = wave_asking(question(1, options=options), question(2, kind="multiple", options=options))
    make_response(wave, qu01="else", qu01_other="The bus", qu02=["yes", "else"], qu02_other="A friend")
    make_response(wave, qu01="yes", qu02=["else"])
    close(wave)
    first, second = sorted(table(taken(client, wave)), key=lambda row: row["QU01"])

    names = ("QU01", "QU01_other", "QU02__yes", "QU02__else", "QU02_other")
    assert [first[name] for name in names] == ["else", "The bus", "1", "1", "A friend"]
    assert [second[name] for name in names] == ["yes", "[not asked]", "0", "1", "[left out]"]


def test_text_that_nobody_has_read_is_withheld_and_a_redacted_one_is_given_as_redacted(client, analyst, wave):
    for number, words in enumerate(("Nobody read this", "By Ann Smith", "Fine as it is")):
        draft = make_draft(wave, number=number, answers=ANSWERS | {"opn01": words})
        actions.submit(wave=wave, token_digest=draft.token_digest, equality=True)
    actions.redact_text(text=Text.objects.get(words="By Ann Smith"), words="By [redacted]", by=analyst)
    actions.read_text(text=Text.objects.get(words="Fine as it is"), by=analyst)
    actions.close_wave(wave=wave)

    given = sorted(row["OPN01"] for row in table(taken(client, wave)))
    assert given == ["By [redacted]", "Fine as it is", "[not read yet]"]


@pytest.mark.parametrize("words", ["=1+1", "+44 1484", "-2", "@SUM(A1)", "\t=1"])
def test_no_cell_runs_in_a_spreadsheet(client, analyst, wave, words):
    make_response(wave, **ANSWERS | {"opn01": words})
    close(wave)

    assert [row["OPN01"] for row in table(taken(client, wave))] == [f"'{words}"]


def test_words_with_line_breaks_commas_quotes_and_other_scripts_come_out_as_they_were(client, analyst, wave):
    words = 'First, "second"\nروشنی; ગુજરાતી'
    make_response(wave, **ANSWERS | {"opn01": words})
    close(wave)

    assert [row["OPN01"] for row in table(taken(client, wave))] == [words]


def test_a_correction_inside_the_wave_keeps_every_column_in_its_place_and_adds_its_own_at_the_end(client, analyst):
    wave = wave_asking(question(1, kind="multiple", codes=("a", "b")), question(2))
    make_response(wave, qu01=["a"], qu02="yes")
    corrected = make_body(question(3), question(2), question(1, kind="multiple", codes=("c", "a")))
    wave.instrument = Instrument.objects.create(digest=digest(corrected), body=corrected)
    wave.save(update_fields=["instrument"])
    make_response(wave, qu01=["c"], qu02="no", qu03="yes")
    close(wave)

    before, after = sorted(table(taken(client, wave)), key=lambda row: row["QU02"], reverse=True)
    assert list(before)[-5:] == ["QU01__a", "QU01__b", "QU02", "QU03", "QU01__c"]
    assert list(before.values())[-5:] == ["1", "0", "yes", "[not asked]", "[not asked]"]
    assert list(after.values())[-5:] == ["0", "[not asked]", "no", "yes", "1"]


def test_codebook_says_what_every_code_in_every_column_means(client, analyst):
    wording = make_wording("HC08", text="What might stop you?", sensitive=True)
    Option.objects.filter(wording=wording, code="dont-know").update(other=True)
    several = make_wording("HC09", kind="multiple", options=(("bus", "The bus"), ("none", "None of these")))
    scale = make_wording("CNF06", kind="scale", options=(("1", "Badly"), ("2", "Well")))
    Option.objects.filter(wording=scale, code="2").update(score=2)
    words = make_wording("OPN01", kind="text", options=())
    wave = make_open_wave(
        questionnaire=make_questionnaire((wording, False), (several, True), (scale, True), (words, True))
    )
    make_response(wave, hc08="agree", hc09=["bus"], cnf06="2", opn01="Lights")
    close(wave)
    file = taken(client, wave)
    book = table(file, "codebook.csv")

    said = {(row["column"], row["code"]): row for row in book}
    assert said["HC08", "agree"]["label"] == "Agree"
    assert (said["HC08", "agree"]["text"], said["HC08", "agree"]["wording"]) == ("What might stop you?", "HC08.1")
    assert (said["HC08", "agree"]["sensitive"], said["OPN01", ""]["sensitive"]) == ("yes", "")
    assert said["HC08_other", ""]["label"] == "What was written beside: Don't know"
    assert said["HC09__bus", "1"]["label"] == "The bus"
    assert said["HC09__bus", "0"]["label"] == "Not: The bus"
    assert said["CNF06", "2"]["score"] == "2"
    assert {"[not asked]", "[left out]", "[not read yet]"} <= {row["code"] for row in book}
    assert set(table(file)[0]) <= {row["column"] for row in book}


def test_sample_data_says_so_in_the_files_name_and_in_each_row(client, analyst):
    wave = make_open_wave(is_sample=True)
    make_response(wave, cnf01="agree")
    close(wave)
    sent = client.post(reverse("survey_export", args=[wave.pk]), {"reason": REASON})

    assert sent["Content-Disposition"] == 'attachment; filename="local-voice-wave-1-sample-data.zip"'
    assert table(b"".join(sent.streaming_content))[0]["sample_data"] == "Sample data"


def test_each_export_is_recorded_with_its_reason_and_digest_and_shown_on_the_waves_page(client, analyst, wave):
    for answer in ("agree", "disagree"):
        make_response(wave, cnf01=answer)
    close(wave)
    file = taken(client, wave)

    record = Export.objects.get()
    assert (record.wave, record.by, record.reason, record.rows) == (wave, analyst, REASON, 2)
    assert record.digest == hashlib.sha256(file).hexdigest()
    page = text(client.get(reverse("survey_wave", args=[wave.pk])))
    for shown in (REASON, record.digest, "2 responses."):
        assert shown in page


def test_the_same_answers_make_the_same_file(client, analyst, wave):
    make_response(wave, cnf01="agree")
    close(wave)

    assert taken(client, wave) == taken(client, wave)


@pytest.mark.parametrize("reason", ["", "   ", "Needed it", "For my own work"])
def test_export_without_a_sentence_for_a_reason_is_refused_and_what_was_typed_stays(client, analyst, wave, reason):
    close(wave)
    refused = client.post(reverse("survey_export", args=[wave.pk]), {"reason": reason})

    assert refused.status_code == 200
    assert refused.context["form"].errors["reason"]
    assert refused.context["form"]["reason"].value() == reason
    assert not Export.objects.exists()


def test_answers_of_an_open_wave_cannot_be_taken_out(client, analyst, wave):
    make_response(wave, cnf01="agree", rewritten=True)
    address = reverse("survey_export", args=[wave.pk])
    for response in (client.get(address), client.post(address, {"reason": REASON})):
        assert "Answers can be taken out once the wave is closed and they are shuffled." in text(response)
    assert not Export.objects.exists()


def test_only_analysts_take_answers_out_or_see_who_did(client, make_user, wave):
    make_response(wave, cnf01="agree")
    close(wave)
    client.force_login(make_user("olive", "Communications officers"))

    client.post(reverse("survey_export", args=[wave.pk]), {"reason": REASON})
    assert not Export.objects.exists()


def test_record_of_an_export_can_be_neither_changed_nor_deleted(client, analyst, wave):
    close(wave)
    taken(client, wave)
    record = Export.objects.get()

    for change in (record.save, record.delete, Export.objects.all().delete, lambda: Export.objects.update(reason="x")):
        with pytest.raises(TypeError, match="never"):
            change()
    record.by.delete()
    assert Export.objects.get().by is None


def test_what_a_correction_made_not_comparable_is_named_in_each_row_and_in_the_codebook(client, analyst, wave):
    make_response(wave, **ANSWERS)
    before = wave.asks.digest[:8]
    reword(wave)
    day = wave.opens + timedelta(days=2)
    correct(wave, analyst, day=day, reason="It was unclear")
    make_response(Wave.objects.get(), **ANSWERS)
    wave = close(Wave.objects.get())
    file = taken(client, wave)

    rows = {row["instrument"]: row["not_comparable"] for row in table(file)}
    assert rows == {before: "CNF01", wave.asks.digest[:8]: ""}
    book = [row for row in table(file, "codebook.csv") if row["column"] == "instrument" and row["code"]]
    said = {row["code"]: row["label"] for row in book}
    assert said == {
        before: "Not comparable with later answers, so leave them out: CNF01",
        wave.asks.digest[:8]: f"Since the correction on {day:%-d %B %Y}: It was unclear",
    }


def test_number_of_queries_does_not_grow_with_the_answers(client, analyst, wave, django_assert_num_queries):
    make_response(wave, **ANSWERS)
    wave = close(wave)
    with django_assert_num_queries(11):
        actions.export_answers(wave=wave, reason=REASON, by=analyst, to=io.BytesIO())
    for _ in range(3):
        make_response(wave, rewritten=True, **ANSWERS)
    with django_assert_num_queries(11):
        actions.export_answers(wave=wave, reason=REASON, by=analyst, to=io.BytesIO())


def test_records_of_exports_outlive_the_answers(client, analyst, wave):
    make_response(wave, cnf01="agree")
    close(wave)
    taken(client, wave)

    Response.Privacy.purge(timezone.now() + timedelta(days=3 * 365 + 2))
    assert Export.objects.get().rows == 1


def test_deleting_a_wave_that_never_opened_leaves_nothing(db):
    wave = make_wave()
    wave.delete()

    assert not Text.objects.exists()
    assert not Export.objects.exists()
    assert Section.objects.exists()
